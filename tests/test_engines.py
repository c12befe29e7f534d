"""The engine DuckDB: the verdicts of the gate on pandas, and what belongs to an engine alone."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
from fixture_package import artificial_rows, build_package

from scripts import mutate, suites, validate
from scripts.catalogue import gather
from scripts.engine_options import Settings
from scripts.engines.running import check
from scripts.extent import Extent
from scripts.fates import broken, copied
from scripts.gate import check_package
from scripts.memo import Memo
from scripts.mutations import Mutation
from scripts.package import load_package
from scripts.problems import Problem

Gate = Callable[..., tuple[int, list[str], list[str]]]
COMPARED = {"keys", "values", "rows", "structure", "citations", "prose", "do no harm"}  # faults of tables, not of bytes
SAMPLE = 5


@pytest.fixture
def gate(capsys: pytest.CaptureFixture[str]) -> Gate:
    """Runs the gate on DuckDB: (exit code, lines on stdout, lines on stderr)."""

    def run(root: Path, *options: str) -> tuple[int, list[str], list[str]]:
        capsys.readouterr()
        code = validate.main(["--root", str(root), "--engine", "duckdb", "--scope", "model", *options])
        printed = capsys.readouterr()
        return code, printed.out.splitlines(), printed.err.splitlines()

    return run


RAN = "validate: duckdb ran schema, suites and rules; the other checks are left to the engine pandas"


def test_a_clean_package_passes_and_what_was_not_run_is_said(package: Path, gate: Gate) -> None:
    assert gate(package) == (0, [], [RAN, "validate: 0 errors, 0 warnings"])


def test_each_kind_of_fault_is_told_as_on_pandas_but_for_the_line(tmp_path: Path, gate: Gate) -> None:
    rows = artificial_rows()
    rows["acts"][0] |= {"act_type": "detentoin", "completion": "complete", "event_id": "E9999", "hours_max": "INF"}
    rows["acts"][1] |= {"assertion": ""}
    rows["persons"][0] |= {"age_as_printed": 150}
    rows["sources"][0] |= {"language": "english"}
    rows["places"].append(rows["places"][0])
    code, lines, _ = gate(build_package(tmp_path / "package", rows))
    assert code == 1
    assert [line for line in lines if "cited" not in line] == [
        "data/acts.csv:0:act_type  unknown-code  data/act_types.csv has no code “detentoin” (did you mean detention?)"
        " (row A0001)",
        "data/acts.csv:0:assertion  required  the cell is empty: this column is always filled (row A0002)",
        "data/acts.csv:0:completion  unknown-code  “complete” is none of: completed, attempted, threatened"
        " (did you mean completed?) (row A0001)",
        "data/acts.csv:0:event_id  foreign-key  data/events.csv has no row E9999 (row A0001)",
        "data/acts.csv:0:hours_max  cell-form  “INF” is not digits with a point, such as 43.65 (row A0001)",
        "data/persons.csv:0:age_as_printed  maximum  150 is more than 120 (row P0001)",
        "data/places.csv:0:place_id  primary-key  L0001 stands in more than one row: each id stands once (row L0001)",
        "data/sources.csv:0:language  pattern  “english” has not the form [a-z]{2}, such as en (row S0001)",
    ]


def test_rows_beyond_the_cap_are_counted_in_a_last_line(tmp_path: Path, gate: Gate) -> None:
    rows = artificial_rows()
    for number, row in enumerate(rows["citations"]):
        row["field"] = f"colour{number % 2}"
    code, lines, said = gate(build_package(tmp_path / "package", rows), "--most", "2")
    assert code == 1
    ofs = [line for line in lines if "citation-field-exists" in line]
    assert ofs[0].startswith("data/citations.csv:0:field  citation-field-exists  table persons has no column colour0")
    assert len(ofs) == 3
    assert ofs[2] == f"data/citations.csv:0:field  citation-field-exists  … and {len(rows['citations']) - 2} more"
    assert int(said[-1].split()[1]) >= len(rows["citations"])


def test_an_expectation_without_sql_is_refused_in_one_line(package: Path, gate: Gate) -> None:
    file = package / "validation" / "expectations" / "acts.json"
    suite = json.loads(file.read_text(encoding="utf-8"))
    suite["expectations"] = suite["expectations"][:2]
    suite["expectations"][0] |= {"type": "expect_column_kl_divergence_to_be_less_than"}
    suite["expectations"][1]["kwargs"]["mostly_so"] = 1
    file.write_text(json.dumps(suite), encoding="utf-8")
    code, lines, _ = gate(package)
    assert code == 1
    path = "validation/expectations/acts.json:0"
    told = "rule-error  the expectation cannot be run: this engine does not know the"
    assert lines == [
        f"{path}:act-dates-in-order  {told} type expect_column_kl_divergence_to_be_less_than",
        f"{path}:act-day-is-one-day  {told} keyword mostly_so of expect_column_pair_values_to_be_equal",
    ]


OPTIONS: list[tuple[list[str], str]] = [
    (["--engine", "pandas", "--most", "5"], "--most says nothing to the engine pandas"),
    (["--engine", "spark", "--memory", "1GB"], "--memory says nothing to the engine spark"),
    (["--engine", "duckdb", "--only", "acts"], "--only is for the engine pandas alone"),
    (["--engine", "duckdb", "--most", "0"], "--most is 1 or more"),
    (["--engine", "duckdb", "--temp", "/nowhere"], "/nowhere is no folder"),
    (["--engine", "duckdb", "--memory", "much"], "duckdb: Parser Error: "),
]


@pytest.mark.parametrize(("options", "why"), OPTIONS)
def test_options_that_do_not_go_together_are_refused(
    package: Path, options: list[str], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert validate.main(["--root", str(package), *options]) == 2
    assert capsys.readouterr().err.splitlines()[-1].startswith(f"validate: could not run: {why}")


def test_a_rule_reads_no_file_of_this_machine(package: Path, gate: Gate) -> None:
    file = package / "validation" / "rules" / "note-fits-passage-kind.sql"
    head = file.read_text(encoding="utf-8").splitlines()[:5]
    query = "SELECT 'acts' AS table_name, NULL AS row_id, '' AS column_name, content AS message"
    query += " FROM read_text('/etc/hostname')"
    file.write_text("\n".join([*head, query]) + "\n", encoding="utf-8")
    code, lines, _ = gate(package)
    assert code == 1
    assert len(lines) == 1
    told = "validation/rules/note-fits-passage-kind.sql:0:  rule-error  the rule cannot be run: Permission Error"
    assert lines[0].startswith(told)


def to_parquet(package: Path, table: str, select: str, path: str, more: str = "") -> None:
    """Write a table of a package as Parquet instead of CSV, and declare it so."""
    source = package / "data" / f"{table}.csv"
    into = package / path
    into.parent.mkdir(parents=True, exist_ok=True)
    rows = f"read_csv('{source}', nullstr = '', all_varchar = true)"
    duckdb.sql(f"COPY (SELECT {select} FROM {rows}) TO '{into}' (FORMAT parquet{more})")
    source.unlink()
    file = package / "datapackage.json"
    descriptor = json.loads(file.read_text(encoding="utf-8"))
    resource = next(r for r in descriptor["resources"] if r["name"] == table)
    resource |= {"path": path, "format": "parquet"}
    file.write_text(json.dumps(descriptor), encoding="utf-8")


def test_parquet_in_partitions_is_read_and_its_types_are_checked(package: Path, gate: Gate) -> None:
    typed = "* REPLACE (CAST(date_start AS DATE) AS date_start, CAST(hours_min AS DOUBLE) AS hours_min)"
    year = "coalesce(date_start[:4], 'unknown') AS year"
    to_parquet(package, "acts", f"{typed}, {year}", "data/acts/", ", PARTITION_BY (year)")
    assert gate(package) == (0, [], [RAN, "validate: 0 errors, 0 warnings"])
    wrong = "* REPLACE (CAST(date_start AS TIMESTAMP) AS date_start, CAST(1 AS INTEGER) AS title)"
    to_parquet(package, "events", wrong, "data/events.parquet")
    code, lines, _ = gate(package)
    assert code == 1
    assert [line for line in lines if "column-type" in line] == [
        "data/events.parquet:0:date_start  column-type  the file holds TIMESTAMP, where the descriptor says date",
        "data/events.parquet:0:title  column-type  the file holds INTEGER, where the descriptor says string",
    ]


def test_files_of_one_table_with_unlike_types_are_refused(package: Path, gate: Gate) -> None:
    to_parquet(package, "acts", "* REPLACE (CAST(hours_min AS DOUBLE) AS hours_min)", "data/acts/one.parquet")
    file = package / "data" / "acts" / "one.parquet"
    other = file.with_name("two.parquet")
    rows = f"read_parquet('{file}')"
    duckdb.sql(f"COPY (SELECT * REPLACE (CAST(hours_min AS VARCHAR) AS hours_min) FROM {rows}) TO '{other}'")
    descriptor = package / "datapackage.json"
    descriptor.write_text(descriptor.read_text(encoding="utf-8").replace("data/acts/one.parquet", "data/acts/"))
    code, lines, _ = gate(package)
    assert code == 1
    told = "data/acts/:0:hours_min  column-type  the files of the table hold this column as different types"
    assert lines[0] == f"{told}: write them alike"


FILES: list[tuple[str, bytes, str]] = [
    ("ragged", b"right_id,name\nG0001\n", "data/rights.csv:2:  row-ragged  the row has 1 cells and the header 2: "),
    ("quote", b'right_id,name\nG0001,"a\n', "data/rights.csv:2:  row-unreadable  the row cannot be read: "),
    ("header", b"right_id,nam\nG0001,a\n", "data/rights.csv:1:nam  column-unknown  the descriptor declares no such"),
]


@pytest.mark.parametrize(("content", "line"), [case[1:] for case in FILES], ids=[case[0] for case in FILES])
def test_a_file_that_cannot_be_read_is_told_and_left_out(package: Path, gate: Gate, content: bytes, line: str) -> None:
    (package / "data" / "rights.csv").write_bytes(content)
    code, lines, said = gate(package)
    assert code == 1
    assert any(told.startswith(line) for told in lines), lines
    assert "validate: data/rights.csv cannot be read as a table: suites and rules leave it out" in said


def test_a_path_that_leads_out_of_the_package_is_refused(package: Path, gate: Gate) -> None:
    file = package / "datapackage.json"
    file.write_text(file.read_text(encoding="utf-8").replace("data/rights.csv", "../rights.csv"), encoding="utf-8")
    assert gate(package)[1][0] == (
        "datapackage.json:0:rights  descriptor-path  ../rights.csv: a path leads into the package, and not out of it"
    )


Verdict = tuple[str, str, str, str, str]  # path, row id, column, rule, message


def verdicts(problems: list[Problem], of: set[str]) -> set[Verdict]:
    """The problems of some checks without their line."""
    return {(p.path, p.row_id, p.column, p.rule, p.message) for p in problems if p.rule in of}


def own_checks(validation: Path) -> set[str]:
    """The ids of the checks that an engine runs."""
    of_files = {"scripts/schema_check.py", "datapackage.json"}
    checks = gather(validation)[0]
    own = {c.check_id for c in checks if c.kind in ("expectation", "rule") or c.home in of_files}
    return own | {"column-missing", "column-unknown", "column-order"}


def table_faults(package: Path) -> list[Mutation]:
    """The faults of tables of a package."""
    every = mutate.all_mutations(package, 1)
    return [m for m in every if m.kind in COMPARED and m.path.startswith("data/") and m.operator != "private data"]


def different(package: Path, copy: Path, faults: list[Mutation], engine: str) -> Iterator[tuple[str, set[Verdict]]]:
    """Each fault of which pandas and an engine tell otherwise, with what only one of them tells."""
    memo, root = Memo(), copied(package, copy)
    own = own_checks(package / "validation")
    for fault in faults:
        with broken(root, fault):
            here = load_package(root)
            pandas = check_package(here, root, Extent(scope="model", parquet=False), memo).problems
            found = check(here, "model", Settings(engine, 10_000))[0].problems
            unlike = verdicts(pandas, own) ^ verdicts(found, own)
            if unlike:
                yield fault.words, unlike


def test_a_sample_of_faults_is_judged_as_on_pandas(package: Path, tmp_path: Path) -> None:
    faults = table_faults(package)
    chosen = [faults[i * len(faults) // SAMPLE] for i in range(SAMPLE)]
    try:
        assert list(different(package, tmp_path / "copy", chosen, "duckdb")) == []
    finally:
        suites.worker().shutdown()
        suites.worker.cache_clear()


@pytest.mark.long
def test_every_fault_of_a_table_is_judged_as_on_pandas(package: Path, tmp_path: Path) -> None:
    try:
        assert list(different(package, tmp_path / "copy", table_faults(package), "duckdb")) == []
    finally:
        suites.worker().shutdown()
        suites.worker.cache_clear()


def test_a_package_is_only_read(package: Path, gate: Gate, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in package.rglob("*") if path.is_file()}
    assert gate(package, "--temp", str(tmp_path))[0] == 0
    assert before == {path: path.read_bytes() for path in package.rglob("*") if path.is_file()}
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("kz2018-")] == []
