"""The engine DuckDB: the verdicts of the gate on pandas, and what belongs to an engine alone."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Lock
from typing import Any

import duckdb
import pytest
from fixture_package import artificial_rows, build_package
from packed_faults import packed

from scripts import mutate, validate
from scripts.catalogue import gather
from scripts.engine_options import Settings
from scripts.engines.engine import EngineError, NoMemoryError, each
from scripts.engines.running import check
from scripts.extent import Extent
from scripts.fates import broken, copied
from scripts.gate import check_package
from scripts.mutations import Mutation
from scripts.package import load_package
from scripts.problems import Problem

Gate = Callable[..., tuple[int, list[str], list[str]]]
COMPARED = {"keys", "values", "rows", "structure", "citations", "prose", "do no harm"}  # faults of tables, not of bytes
DUCKDB = Settings("duckdb", 10_000)
Verdict = tuple[str, str, str, str, str]  # path, row id, column, rule, message
SAMPLE = 10  # checks of a table that tell something of faults in as many tables or more


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


def test_each_kind_of_fault_is_told_and_rows_beyond_the_cap_are_counted(tmp_path: Path, gate: Gate) -> None:
    rows = artificial_rows()
    rows["acts"][0] |= {"act_type": "detentoin", "completion": "complete", "event_id": "E9999", "hours_max": "INF"}
    rows["acts"][1] |= {"assertion": ""}
    rows["persons"][0] |= {"age_as_printed": 150}
    rows["sources"][0] |= {"language": "english"}
    rows["places"].append(rows["places"][0])
    for number, row in enumerate(rows["citations"]):
        row["field"] = f"colour{number % 2}"
    code, lines, said = gate(build_package(tmp_path / "package", rows), "--most", "2")
    assert code == 1
    assert [line for line in lines if "cit" not in line] == [
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
    ofs = [line for line in lines if "citation-field-exists" in line]
    assert ofs[0].startswith("data/citations.csv:0:field  citation-field-exists  table persons has no column colour0")
    assert len(ofs) == 3
    assert ofs[2] == f"data/citations.csv:0:field  citation-field-exists  … and {len(rows['citations']) - 2} more"
    assert int(said[-1].split()[1]) >= len(rows["citations"])


def test_what_an_engine_cannot_or_may_not_run_is_refused_in_one_line(package: Path, gate: Gate) -> None:
    file = package / "validation" / "expectations" / "acts.json"
    suite = json.loads(file.read_text(encoding="utf-8"))
    suite["expectations"] = suite["expectations"][:2]
    suite["expectations"][0] |= {"type": "expect_column_kl_divergence_to_be_less_than"}
    suite["expectations"][1]["kwargs"]["mostly_so"] = 1
    file.write_text(json.dumps(suite), encoding="utf-8")
    rule = package / "validation" / "rules" / "note-fits-passage-kind.sql"
    head = rule.read_text(encoding="utf-8").splitlines()[:5]
    query = "SELECT 'acts' AS table_name, NULL AS row_id, '' AS column_name, content AS message"
    query += " FROM read_text('/etc/hostname')"
    rule.write_text("\n".join([*head, query]) + "\n", encoding="utf-8")
    code, lines, _ = gate(package)
    assert code == 1
    path = "validation/expectations/acts.json:0"
    told = "rule-error  the expectation cannot be run: this engine does not know the"
    assert lines[:2] == [
        f"{path}:act-dates-in-order  {told} type expect_column_kl_divergence_to_be_less_than",
        f"{path}:act-day-is-one-day  {told} keyword mostly_so of expect_column_pair_values_to_be_equal",
    ]
    told = "validation/rules/note-fits-passage-kind.sql:0:  rule-error  the rule cannot be run: Permission Error"
    assert lines[2].startswith(told)
    assert len(lines) == 3


def test_ids_of_a_wrong_form_are_told_wherever_they_stand(tmp_path: Path) -> None:
    rows = artificial_rows()
    for table in rows.values():
        for row in table:
            row |= {column: "E-0002" for column, cell in row.items() if cell == "E0002"}
    found = alike(build_package(tmp_path / "package", rows))
    assert {(path, column) for path, _, column, rule, _ in found if rule == "pattern"} >= {
        ("data/events.csv", "event_id"), ("data/acts.csv", "event_id"), ("data/penalties.csv", "event_id")
    }  # fmt: skip


def described(package: Path, change: Callable[[dict[str, dict[str, Any]]], None]) -> Path:
    """The package with a change of its resources by name."""
    file = package / "datapackage.json"
    descriptor = json.loads(file.read_text(encoding="utf-8"))
    change({resource["name"]: resource for resource in descriptor["resources"]})
    file.write_text(json.dumps(descriptor), encoding="utf-8")
    return package


def column(resource: dict[str, Any], name: str) -> dict[str, Any]:
    """The column of a resource by its name."""
    return next(field for field in resource["schema"]["fields"] if field["name"] == name)


def alike(root: Path) -> set[Verdict]:
    """What both engines find in a package."""
    package = load_package(root)
    own = own_checks(root / "validation")
    pandas = check_package(package, root, Extent(scope="model", parquet=False)).problems
    on_duckdb = verdicts(check(package, "model", DUCKDB)[0].problems, own)
    assert on_duckdb == verdicts(pandas, own)
    return on_duckdb


def test_cells_of_which_frictionless_judges_otherwise_are_told_alike(tmp_path: Path) -> None:
    rows = artificial_rows()
    rows["persons"][0] |= {"age_as_printed": "007", "surname": "Other"}
    rows["persons"][1] |= {"name": "Testo Möckson"}
    rows["places"][0] |= {"latitude": "INF", "longitude": "10", "name_2026": "Алматы ٣"}
    rows["provisions"][0] |= {"jurisdiction": "KZ and more"}

    def change(resources: dict[str, dict[str, Any]]) -> None:
        column(resources["persons"], "name")["constraints"]["pattern"] = r"[\w .]+"
        column(resources["places"], "name_2026")["constraints"] = {"pattern": r"\w+ \d"}
        keys = resources["acts"]["schema"]["foreignKeys"]
        keys.append({"fields": ["event_id"], "reference": {"resource": "cases", "fields": ["case_id"]}})

    found = {verdict[:4] for verdict in alike(described(build_package(tmp_path / "package", rows), change))}
    assert found == {
        ("data/acts.csv", "A0001", "event_id", "foreign-key"),
        ("data/acts.csv", "A0003", "event_id", "foreign-key"),
        ("data/persons.csv", "P0001", "age_as_printed", "cell-form"),
        ("data/persons.csv", "P0001", "age_as_printed", "minimum"),
        ("data/places.csv", "L0001", "latitude", "cell-form"),
        ("data/places.csv", "L0001", "latitude", "maximum"),
        ("data/provisions.csv", "B0001", "jurisdiction", "pattern"),
    }


MISFITS: list[tuple[str, str, dict[str, Any], str]] = [  # table, column, what it is given, what is told
    ("places", "geonames_id", {"constraints": {"pattern": "[0-9]+"}}, "a column of type integer has no pattern"),
    ("places", "name", {"constraints": {"maximum": "B"}}, "a column of type string has no maximum"),
    ("persons", "age_as_printed", {"constraints": {"minimum": "old"}},
     "the minimum old is not digits alone, such as 48100"),
    ("events", "date_end", {"constraints": {"minimum": "2018-02-30"}},
     "the minimum 2018-02-30 is not a day of the calendar as YYYY-MM-DD, such as 2018-05-10"),
    ("events", "date_start", {"format": "%H:%M"}, "a column of type time, and no other, has the format %H:%M"),
    ("acts", "held_until", {"example": "3:00"}, "the example 3:00 is not a time of day as HH:MM, such as 03:00"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "name", "given", "told"), MISFITS)
def test_what_does_not_fit_a_columns_type_is_told_by_each_engine(
    package: Path, table: str, name: str, given: dict[str, Any], told: str
) -> None:
    here = load_package(described(package, lambda resources: column(resources[table], name).update(given)))
    on_pandas = check_package(here, package, Extent(scope="model")).problems
    assert on_pandas == check(here, "model", DUCKDB)[0].problems
    assert [str(problem) for problem in on_pandas] == [f"datapackage.json:0:{table}.{name}  descriptor-value  {told}"]


def test_a_header_that_cannot_be_read_is_told(package: Path, gate: Gate) -> None:
    rights = package / "data" / "rights.csv"
    rights.write_text('"right_id,name\nG0001,Right to samples\n' + "x" * 140_000, encoding="utf-8")
    code, lines, _ = gate(package)
    assert code == 1
    assert "data/rights.csv:1:  cell-too-long  a cell may hold 20,000 characters: is a quotation mark missing?" in lines


def test_no_cell_forges_a_line_of_output(package: Path, gate: Gate) -> None:
    rights = package / "data" / "rights.csv"
    rights.write_text('right_id,name\n"G1\ndata/acts.csv:0:act_id  pattern  no",Right\n', encoding="utf-8")
    _, lines, _ = gate(package)
    forged = r"G1\ndata/acts.csv:0:act_id  pattern  no"
    told = f"pattern  “{forged}” has not the form G[0-9]{{4}}, such as G0001 (row {forged})"
    assert f"data/rights.csv:0:right_id  {told}" in lines
    assert not any(line.startswith("data/acts.csv:0:act_id") for line in lines)


def test_a_folder_that_reads_as_a_pattern_is_taken_by_its_name(tmp_path: Path, gate: Gate) -> None:
    other = artificial_rows()
    other["acts"][0] |= {"completion": "complete"}
    build_package(tmp_path / "copy 1", other)
    assert gate(build_package(tmp_path / "copy [1]")) == (0, [], [RAN, "validate: 0 errors, 0 warnings"])


class Narrow:
    """An engine with room for one query."""

    def __init__(self) -> None:
        self.at_once = 2
        self.room = Lock()

    def double(self, number: int) -> int:
        """Twice the number. Raises NoMemoryError while another query is under way, and EngineError of 13."""
        if not self.room.acquire(blocking=False):
            raise NoMemoryError("another query is under way")
        try:
            time.sleep(0.05)
            if number == 13:
                raise EngineError("13 cannot be run")
            return number * 2
        finally:
            self.room.release()


def test_what_lacks_memory_beside_another_query_is_done_again_alone() -> None:
    engine = Narrow()
    assert each(engine, engine.double, range(6)) == [0, 2, 4, 6, 8, 10]
    with pytest.raises(EngineError, match="13 cannot be run"):
        each(engine, engine.double, [1, 13, 2])


def test_too_little_memory_is_told_and_is_no_fault_of_the_files(package: Path, gate: Gate) -> None:
    code, lines, said = gate(package, "--memory", "2MB")
    assert (code, lines) == (2, [])
    assert said[-1].startswith("validate: could not run: duckdb: Out of Memory Error: ")


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
    options: list[str], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert validate.main(options) == 2
    assert capsys.readouterr().err.splitlines()[-1].startswith(f"validate: could not run: {why}")


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


def in_partitions(package: Path) -> None:
    """Write acts as Parquet by year, some columns typed."""
    typed = "* REPLACE (CAST(date_start AS DATE) AS date_start, CAST(hours_min AS DOUBLE) AS hours_min)"
    year = "coalesce(date_start[:4], 'unknown') AS year"
    to_parquet(package, "acts", f"{typed}, {year}", "data/acts/", ", PARTITION_BY (year)")


def test_a_clean_package_of_csv_and_partitions_passes_and_is_only_read(
    package: Path, gate: Gate, tmp_path: Path
) -> None:
    in_partitions(package)
    before = {path: path.read_bytes() for path in package.rglob("*") if path.is_file()}
    spill = tmp_path / "spill"
    spill.mkdir()
    assert gate(package, "--temp", str(spill)) == (0, [], [RAN, "validate: 0 errors, 0 warnings"])
    assert before == {path: path.read_bytes() for path in package.rglob("*") if path.is_file()}
    assert list(spill.iterdir()) == []


def test_what_a_partition_is_called_counts_as_a_change(package: Path, gate: Gate, tmp_path: Path) -> None:
    to_parquet(package, "acts", "*", "data/acts/", ", PARTITION_BY (completion)")
    state = str(tmp_path / "state.json")
    assert gate(package, "--state", state)[0] == 0
    (package / "data" / "acts" / "completion=attempted").rename(package / "data" / "acts" / "completion=tried")
    told = "data/acts/:0:completion  unknown-code  “tried” is none of: completed, attempted, threatened (row A0004)"
    assert gate(package, "--state", state)[1] == [told]


def test_two_rules_of_the_same_words_are_told_apart(package: Path, gate: Gate, tmp_path: Path) -> None:
    rules = package / "validation" / "rules"
    head = (rules / "act-coded-once.sql").read_text(encoding="utf-8").splitlines()[:5]
    query = "SELECT 'acts' AS table_name, 'A0001' AS row_id, '' AS column_name, 'odd' AS message"
    for rule in ("one", "other"):
        (rules / f"{rule}.sql").write_text("\n".join([*head, query]) + "\n", encoding="utf-8")
    told = [f"data/acts.csv:0:  {rule}  warning: odd (row A0001)" for rule in ("one", "other")]
    assert gate(package, "--state", str(tmp_path / "state.json"))[1] == told


def test_a_file_that_cannot_be_read_is_told_and_left_out(package: Path, gate: Gate) -> None:
    in_partitions(package)
    wrong = "* REPLACE (CAST(date_start AS TIMESTAMP) AS date_start, CAST(1 AS INTEGER) AS title)"
    to_parquet(package, "events", wrong, "data/events.parquet")
    data = package / "data"
    file = sorted((data / "acts").rglob("*.parquet"))[0]
    rows = f"read_parquet('{file}', hive_partitioning = false)"
    text_instead = f"SELECT * REPLACE (CAST(hours_min AS VARCHAR) AS hours_min) FROM {rows}"
    duckdb.sql(f"COPY ({text_instead}) TO '{file.with_name('other.parquet')}'")
    (data / "rights.csv").write_bytes(b"right_id,name\nG0001\n")
    (data / "places.csv").write_bytes((data / "places.csv").read_bytes().splitlines()[0] + b'\nL0001,"a\n')
    (data / "institutions.csv").write_bytes((data / "institutions.csv").read_bytes().replace(b",name,", b",nam,"))
    descriptor = package / "datapackage.json"
    text = descriptor.read_text(encoding="utf-8")
    descriptor.write_text(text.replace("data/sources.csv", "../sources.csv"), encoding="utf-8")
    code, lines, said = gate(package)
    assert code == 1
    quoted = "is a quotation mark missing or not doubled, or is this not UTF-8?"
    unlike = "the files of the table hold this column as different types: write them alike"
    assert lines == [
        f"data/acts/:0:hours_min  column-type  {unlike}",
        "data/events.parquet:0:date_start  column-type  the file holds TIMESTAMP, where the descriptor says date",
        "data/events.parquet:0:title  column-type  the file holds INTEGER, where the descriptor says string",
        "data/institutions.csv:1:nam  column-unknown  the descriptor declares no such column (did you mean name?)",
        "data/institutions.csv:1:name  column-missing  the descriptor declares this column, and the header lacks it",
        f"data/places.csv:2:  row-unreadable  the row cannot be read: {quoted}",
        "data/rights.csv:2:  row-ragged  the row has 1 cells and the header 2: is a comma missing, or a cell unquoted?",
        "datapackage.json:0:sources  descriptor-path  ../sources.csv: a path leads into the package, and not out of it",
    ]
    left_out = "cannot be read as a table: suites and rules leave it out"
    for path in ("data/rights.csv", "data/places.csv", "data/institutions.csv", "../sources.csv"):
        assert f"validate: {path} {left_out}" in said
    assert "validate: rule title-names-the-place is left out: it needs events, places" in said


def verdicts(problems: list[Problem], of: set[str]) -> set[Verdict]:
    """The problems of some checks without their line."""
    return {(p.path, p.row_id, p.column, p.rule, p.message) for p in problems if p.rule in of}


def own_checks(validation: Path) -> set[str]:
    """The ids of the checks that an engine runs."""
    of_files = {"scripts/cell_words.py", "scripts/schema_check.py", "datapackage.json"}
    checks = gather(validation)[0]
    own = {c.check_id for c in checks if c.kind in ("expectation", "rule") or c.home in of_files}
    return own | {"column-missing", "column-unknown", "column-order"}


def table_faults(package: Path) -> list[Mutation]:
    """The faults of tables of a package."""
    every = mutate.all_mutations(package, 1)
    return [m for m in every if m.kind in COMPARED and m.path.startswith("data/") and m.operator != "private data"]


def unlike(
    package: Path, copy: Path, groups: list[list[Mutation]], engines: tuple[Settings, ...] = (DUCKDB,)
) -> Iterator[tuple[str, list[str], set[Verdict]]]:
    """Each engine and group of faults, put into a copy together, of which it tells otherwise than pandas: what differs.

    AssertionError where pandas does not tell enough of a group of several faults.
    """
    root = copied(package, copy)
    own = own_checks(package / "validation")
    for faults in groups:
        with ExitStack() as stack:
            for fault in faults:
                stack.enter_context(broken(root, fault))
            here = load_package(root)
            pandas = verdicts(check_package(here, root, Extent(scope="model", parquet=False)).problems, own)
            for settings in engines:
                found = verdicts(check(here, "model", settings)[0].problems, own)
                if pandas ^ found:
                    yield settings.engine, [fault.words for fault in faults], pandas ^ found
        assert len(faults) == 1 or len({(path, rule) for path, _, _, rule, _ in pandas}) >= min(SAMPLE, len(faults))


def test_a_sample_of_faults_is_judged_as_on_pandas(package: Path, tmp_path: Path) -> None:
    by_table: dict[str, list[Mutation]] = {}
    for fault in table_faults(package):
        by_table.setdefault(fault.path, []).append(fault)
    chosen = [faults[number * 7 % len(faults)] for number, faults in enumerate(by_table.values())]
    assert list(unlike(package, tmp_path / "copy", [chosen])) == []


@pytest.mark.long
def test_every_fault_of_a_table_is_judged_as_on_pandas(package: Path, tmp_path: Path) -> None:
    groups = [group for of_kind in packed(package, table_faults(package)) for group in of_kind]
    assert list(unlike(package, tmp_path / "copy", groups)) == []
