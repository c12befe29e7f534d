"""Measuring contenders: what is written, what is kept, and a contender that is stopped or fails. Needs psutil."""

import csv
import math
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import bench_scale, synthesize

pytestmark = pytest.mark.scale
DOCUMENT = "# Sizes\n\n<!-- scaling:begin -->\nnothing yet\n<!-- scaling:end -->\n\nThe end.\n"


def lines(folder: Path) -> list[dict[str, str]]:
    """The lines of scaling.csv."""
    with (folder / "scaling.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def bench(folder: Path, rows: int, *contenders: str) -> None:
    """Measure contenders at one size."""
    only = [word for contender in contenders for word in ("--only", contender)]
    assert bench_scale.main(["--rows", str(rows), "--limit", "300", "--out", str(folder), *only]) == 0


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with three contenders at one size, then two of them at another, then one measured again."""
    folder = tmp_path_factory.mktemp("measured")
    (folder / "scaling.md").write_text(DOCUMENT, encoding="utf-8")
    bench(folder, 8000, "duckdb", "schema", "sql", "pandera")
    first = lines(folder)
    bench(folder, 4000, "duckdb", "sql")
    bench(folder, 8000, "duckdb")
    kept = [line for line in lines(folder) if line["acts"] == "8000" and line["contender"] != "duckdb"]
    assert kept == [line for line in first if line["contender"] != "duckdb"]
    yield folder


def test_lines_are_merged_in_order_and_faults_counted(measured: Path) -> None:
    found = lines(measured)
    assert [(line["acts"], line["contender"], line["outcome"]) for line in found] == [
        ("4000", "sql", "measured"), ("4000", "duckdb", "measured"),
        ("8000", "sql", "measured"), ("8000", "duckdb", "measured"), ("8000", "schema", "measured"),
        ("8000", "pandera", "measured"),
    ]  # fmt: skip
    assert {line["contender"]: (line["planted"], line["found"], line["invented"]) for line in found} == {
        "sql": ("", "", ""), "duckdb": ("200", "200", "0"), "schema": ("", "", ""), "pandera": ("", "", ""),
    }  # fmt: skip
    assert all(float(line["seconds"]) > 0 and float(line["cpu_seconds"]) > 0 for line in found)
    assert all(20 < int(line["peak_mib"]) < 4000 for line in found)
    assert all(line["measured_on"].endswith("limit 300 seconds") for line in found)


def test_the_document_has_the_ratios_of_the_lines(measured: Path) -> None:
    by = {(line["acts"], line["contender"]): line for line in lines(measured)}
    text = (measured / "scaling.md").read_text(encoding="utf-8")
    assert text.startswith("# Sizes\n\n<!-- scaling:begin -->\n| acts |")
    assert text.endswith("<!-- scaling:end -->\n\nThe end.\n")
    smaller, larger = by["4000", "duckdb"], by["8000", "duckdb"]

    def quotient(one: dict[str, str], other: dict[str, str]) -> list[float]:
        return [float(one[column]) / float(other[column]) for column in ("seconds", "cpu_seconds")]

    grown = math.log(int(larger["rows"]) / int(smaller["rows"]))
    wall, processor = (math.log(ratio) / grown for ratio in quotient(larger, smaller))
    rows = re.findall(r"^\| ([48],000) \| (\S+ \(\S+\)) \|  \|  \|  \| (.*) \|$", text, re.MULTILINE)
    assert rows == [
        ("4,000", "{:.1f} ({:.1f})".format(*quotient(smaller, by["4000", "sql"])), ""),
        ("8,000", "{:.1f} ({:.1f})".format(*quotient(larger, by["8000", "sql"])), f"{wall:.2f} ({processor:.2f})"),
    ]
    aim = "| all planted faults are found and none is invented | 400 of 400 found, 0 invented | met |"
    assert text.count("| aim |") == text.count(aim) == 1
    assert (measured / "pictures" / "scaling.svg").read_text(encoding="utf-8").count("peak MiB") == 1


def test_a_contender_stopped_at_the_limit_is_said_to_be(tmp_path: Path) -> None:
    (tmp_path / "scaling.md").write_text(DOCUMENT, encoding="utf-8")
    options = ["--rows", "4000", "--rows", "5000", "--only", "duckdb", "--limit", "0.3", "--out", str(tmp_path)]
    assert bench_scale.main(options) == 0
    assert [(line["acts"], line["outcome"], line["seconds"]) for line in lines(tmp_path)] == [("4000", "limit", "")]
    assert "| duckdb | over 0.3 seconds |  |" in (tmp_path / "scaling.md").read_text(encoding="utf-8")


def test_a_contender_that_fails_has_no_seconds(tmp_path: Path) -> None:
    root = tmp_path / "made"
    assert synthesize.main(["--rows", "600", "--out", str(root), "--format", "csv"]) == 0
    shutil.rmtree(root / "validation" / "rules")
    found = bench_scale.measured("duckdb", root, 600, 300)
    assert (found.outcome, found.seconds, found.cpu_seconds) == ("failed", "", "")


def test_results_of_another_form_are_not_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "scaling.csv").write_text("acts,seconds\n600,1\n", encoding="utf-8")
    assert bench_scale.main(["--rows", "600", "--only", "sql", "--out", str(tmp_path)]) == 2
    told = "scaling.csv is of another form: take it away, or write with --out elsewhere"
    assert capsys.readouterr().err == f"bench_scale: could not run: {tmp_path}/{told}\n"
    assert (tmp_path / "scaling.csv").read_text(encoding="utf-8") == "acts,seconds\n600,1\n"
