"""The table of what contenders were measured at, and which aims that meets."""

from scripts.scaling import Measured, table

HEAD = ["| aim | measured | |", "| --- | --- | --- |"]


def line(
    acts: int, contender: str, seconds: str, peak: str = "100", faults: tuple[str, str, str] = ("", "", "")
) -> Measured:
    """A contender that ended after some seconds, or where there are none was stopped."""
    outcome = "measured" if seconds else "limit"
    return Measured(
        acts, acts * 4, contender, outcome, seconds, seconds, peak, *faults, "1 processor, limit 90 seconds"
    )


def aims(lines: list[Measured]) -> list[str]:
    """The lines of the table of aims."""
    told = table(lines).splitlines()
    return told[told.index(HEAD[0]) : told.index("", told.index(HEAD[0]))]


def test_aims_that_are_met() -> None:
    lines = [
        line(10**6, "sql", "10.0"), line(10**6, "duckdb", "20.0", faults=("200", "200", "0")),
        line(10**6, "schema", "4.0"), line(10**6, "frictionless", "1000.0"), line(10**7, "duckdb", "230.0", "1024"),
    ]  # fmt: skip
    assert aims(lines) == [
        *HEAD,
        "| at 1,000,000 acts `duckdb` takes at most twice as long as the floor | 2.00 times | met |",
        "| at 1,000,000 acts Frictionless takes fifty times as long as `schema`, which checks the same"
        " | 250.00 times | met |",
        "| at 1,000,000 acts Frictionless takes fifty times as long as `duckdb`, which checks more"
        " | 50.00 times | met |",
        "| at 10,000,000 acts `duckdb` has a peak of at most 1,024 MiB | 1,024 MiB | met |",
        "| all planted faults are found and none is invented | 200 of 200 found, 0 invented | met |",
    ]


def test_aims_that_are_not_met() -> None:
    lines = [
        line(10**4, "duckdb", "3.0", faults=("200", "200", "0")),
        line(10**4, "spark", "9.0", faults=("200", "200", "1")),
        line(10**6, "sql", "10.0"), line(10**6, "duckdb", "20.1"), line(10**6, "frictionless", ""),
        line(10**6, "schema", "4.0"), line(10**7, "duckdb", "230.0", "1025"),
    ]  # fmt: skip
    assert aims(lines) == [
        *HEAD,
        "| at 1,000,000 acts `duckdb` takes at most twice as long as the floor | 2.01 times | **not met** |",
        "| at 10,000,000 acts `duckdb` has a peak of at most 1,024 MiB | 1,025 MiB | **not met** |",
        "| all planted faults are found and none is invented | 400 of 400 found, 1 invented | **not met** |",
    ]
    assert "| 1,000,000 | 4,000,000 | frictionless | over 90 seconds |  | 100 |  |  |" in table(lines)
