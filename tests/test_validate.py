"""The gate through its front door: what it prints, and that it changes nothing."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fixture_package import artificial_rows, build_package

from scripts import trust, validate
from scripts.door import read_content
from scripts.package import ROOT, load_package

Gate = Callable[..., tuple[int, list[str], str]]


@pytest.fixture
def gate(capsys: pytest.CaptureFixture[str]) -> Gate:
    """Runs the gate in this process: (exit code, lines on stdout, stderr)."""

    def run(root: Path, *options: str) -> tuple[int, list[str], str]:
        capsys.readouterr()
        code = validate.main(["--root", str(root), "--scope", "model", *options])
        printed = capsys.readouterr()
        return code, printed.out.splitlines(), printed.err

    return run


def edit(file: Path, old: str, new: str) -> None:
    """Replace the one place where `old` stands in a text file."""
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8", newline="")


def snapshot(folder: Path) -> dict[str, str]:
    """Path and hash of every file of a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def test_clean_package_from_the_command_line_is_left_as_it_is(package: Path) -> None:
    before = snapshot(package)
    command = [sys.executable, "-m", "scripts.validate", "--root", str(package), "--scope", "model"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "validate: 0 errors, 0 warnings\n")
    assert snapshot(package) == before


CELLS: list[tuple[str, int, dict[str, Any], str]] = [  # table, row, changes, the line
    ("acts", 0, {"act_type": "detentoin"},
     "data/acts.csv:2:act_type  unknown-code  data/act_types.csv has no code “detentoin” (did you mean detention?)"
     " (cell K2)"),
    ("acts", 1, {"completion": "complete"},
     "data/acts.csv:3:completion  unknown-code  “complete” is none of: completed, attempted, threatened"
     " (did you mean completed?) (cell L3)"),
    ("cases", 0, {"place_id": "L0099"},
     "data/cases.csv:2:place_id  foreign-key  data/places.csv has no row L0099 (cell D2)"),
    ("events", 1, {"parent_event_id": "E0099"},
     "data/events.csv:3:parent_event_id  foreign-key  data/events.csv has no row E0099 (cell I3)"),
    ("recommendations", 0, {"recommendation_id": "M1"},
     "data/recommendations.csv:2:recommendation_id  pattern  “M1” has not the form M[0-9]{4}, such as M0001 (cell A2)"),
    ("provisions", 0, {"instrument": ""},
     "data/provisions.csv:2:instrument  required  the cell is empty: this column is always filled (cell B2)"),
    ("persons", 0, {"age_as_printed": "12"},
     "data/persons.csv:2:age_as_printed  minimum  12 is less than 18 (cell F2)"),
    ("places", 0, {"latitude": "91"},
     "data/places.csv:2:latitude  maximum  91 is more than 90 (cell G2)"),
    ("events", 0, {"date_start": "2018-02-30"},
     "data/events.csv:2:date_start  cell-type  “2018-02-30” is not a day of the calendar as YYYY-MM-DD,"
     " such as 2018-05-10 (cell D2)"),
    ("acts", 3, {"quantity": "INF"},
     "data/acts.csv:5:quantity  cell-form  “INF” is not digits with a point, such as 43.65 (cell X5)"),
    ("acts", 0, {"held_until": "3:00"},
     "data/acts.csv:2:held_until  spreadsheet-value  “3:00” looks like a time as a spreadsheet writes it: 03:00"
     " (cell U2)"),
    ("persons", 0, {"is_complainant": "yes"},
     "data/persons.csv:2:is_complainant  cell-type  “yes” is not true or false (cell J2)"),
    ("charges", 0, {"years_sought": "four"},
     "data/charges.csv:2:years_sought  cell-type  “four” is not digits with a point, such as 43.65 (cell G2)"),
    ("rights", 0, {"right_id": ""},
     "data/rights.csv:2:right_id  required  the cell is empty: this column is always filled (cell A2)"),
]  # fmt: skip
SCHEMA_RULES = {"cell-form", "cell-type", "foreign-key", "maximum", "minimum", "pattern", "required",
                "spreadsheet-value", "unknown-code"}  # fmt: skip


def test_wrong_cells(tmp_path: Path, gate: Gate) -> None:
    rows = artificial_rows()
    rows["right_provisions"] = []
    for table, row, changes, _ in CELLS:
        rows[table][row] |= changes
    package = build_package(tmp_path / "package", rows)
    before = snapshot(package)
    code, lines, err = gate(package)
    assert code == 1
    assert [line for line in lines if line.split("  ")[1] in SCHEMA_RULES] == sorted(line for *_, line in CELLS)
    assert [line for line in err.splitlines() if "cannot be read" in line] == [
        f"validate: data/{table}.csv cannot be read as a table: suites, rules and citations leave it out"
        for table in ("acts", "charges", "events", "persons", "rights")
    ]
    assert snapshot(package) == before


def test_repeated_id(tmp_path: Path, gate: Gate) -> None:
    rows = artificial_rows()
    rows["rights"].append({"right_id": "G0001", "name": "Rights to samples"})
    code, lines, err = gate(build_package(tmp_path / "package", rows))
    assert (code, lines) == (
        1,
        ["data/rights.csv:3:right_id  primary-key  G0001 stands in more than one row: each id stands once (cell A3)"],
    )
    rules = [
        "citation-row-exists", "every-row-is-cited", "reference-row-exists", "retired-id-fits-its-table",
        "retired-ids-not-alive",
    ]  # fmt: skip
    assert err.splitlines()[-9:] == [
        "validate: data/rights.csv cannot be read as a table: suites, rules and citations leave it out",
        *(f"validate: rule {rule} is left out: it needs rights" for rule in rules),
        "validate: citations are not checked before every table can be read and every key leads to a row",
        "validate: counting rules and Parquet are not checked before files and schema are in order",
        "validate: 1 errors, 0 warnings",
    ]


FILES: list[tuple[str, Callable[[bytes], bytes], list[str]]] = [  # table, change of its file, what the gate says of it
    ("acts", lambda b: b"\xef\xbb\xbf" + b,
     ["1:  file-bom  the file starts with a byte order mark: run make format"]),
    ("act_types", lambda b: b.replace(b"\n", b"\r\n"),
     ["1:  file-line-ends  the line does not end in LF alone: run make format"]),
    ("recommendations", lambda b: b.replace(b"Ask why", b"Ask wh\xff"),
     ["2:  file-not-utf-8  byte 62 (0xFF) is not UTF-8 and looks like Windows-1252: save the file as UTF-8"]),
    ("anomalies", lambda b: b.replace(b"Kept", b"Ke\0pt"),
     ["2:  file-nul  the line holds a NUL byte, which no text has"]),
    ("rights", lambda b: b.replace(b"Right to", "Right\u200b to".encode()),
     ["2:name  hidden-character  the cell holds the invisible character U+200B ZERO WIDTH SPACE: take it out"
      " (cell B2)"]),
    ("involvements", lambda b: b.replace(b"officer,", b"officer"),
     ["2:  row-ragged  the row has 6 cells and the header 7: is a comma missing, or a cell unquoted?"]),
    ("cases", lambda b: b.replace(b"Case of Testo Mockson", b'"Case of\nTesto Mockson"'),
     ["2:title  cell-line-break  a cell may not hold a line break: write one line (cell B2)"]),
    ("charges", lambda b: b.replace(b"Sampling", b'"Sampling'),
     ["2:  row-unreadable  the row cannot be read (unexpected end of data):"
      " is a quotation mark missing or not doubled?"]),
    ("responses", lambda b: b.replace(b"S0001", b"S" * 20_001),
     ["2:source_id  cell-too-long  a cell may hold 20,000 characters, and this one holds 20,001 (cell M2)"]),
    ("sources", lambda b: b + b"\n",
     ["4:  row-blank  the line is blank: take it out"]),
    ("places", lambda b: b + b" " * 20_000_000,
     ["0:  file-too-large  the file is larger than 20,000,000 bytes"]),
    ("provisions", lambda b: b.replace(b",title", b""),
     ["1:title  column-missing  the descriptor declares this column, and the header lacks it",
      "2:  row-ragged  the row has 6 cells and the header 5: is a comma missing, or a cell unquoted?"]),
    ("institutions", lambda b: b.replace(b",name", b",naem"),
     ["1:naem  column-unknown  the descriptor declares no such column (did you mean name?)",
      "1:name  column-missing  the descriptor declares this column, and the header lacks it"]),
    ("case_persons", lambda b: b.replace(b"case_id,person_id", b"person_id,case_id"),
     ["1:  column-order  the columns are in another order than: case_id, person_id, procedural_status"]),
    ("person_names", lambda b: b.replace(b"match_basis", b"person_id"),
     ["1:match_basis  column-missing  the descriptor declares this column, and the header lacks it",
      "1:person_id  column-repeated  the header has this column 2 times"]),
    ("total_events", lambda b: b"",
     ["1:event_id  column-missing  the descriptor declares this column, and the header lacks it",
      "1:total_id  column-missing  the descriptor declares this column, and the header lacks it"]),
    ("person_types", lambda b: b.replace(b"not_stated,A,", b'not_stated,"A",'),
     ["2:  canonical-form  from this line on the file is not in canonical form: run make format"]),
]  # fmt: skip


def test_unreadable_files(package: Path, gate: Gate) -> None:
    for table, change, _ in FILES:
        file = package / "data" / f"{table}.csv"
        assert change(file.read_bytes()) != file.read_bytes()
        file.write_bytes(change(file.read_bytes()))
    before = snapshot(package)
    code, lines, _ = gate(package)
    assert code == 1
    assert lines == sorted(f"data/{table}.csv:{text}" for table, _, texts in FILES for text in texts)
    assert snapshot(package) == before


def test_very_many_blank_lines_are_told_in_brief(package: Path, gate: Gate) -> None:
    file = package / "data" / "rights.csv"
    file.write_bytes(file.read_bytes() + b"\n" * 40_000)
    rows, problems = read_content((package / "data/rights.csv").read_bytes(), "data/rights.csv", ["right_id", "name"])
    assert len(rows) == 1 + 101
    assert [str(problem) for problem in problems] == [
        *(f"data/rights.csv:{n}:  row-blank  the line is blank: take it out" for n in range(3, 103)),
        "data/rights.csv:0:  file-too-many-problems  and more: mend these first",
    ]
    assert gate(package)[1] == sorted(map(str, problems), key=lambda line: int(line.split(":")[1]))


@pytest.mark.parametrize("name", ["c", "right_id"])
def test_a_header_far_too_wide_is_not_compared(package: Path, gate: Gate, name: str) -> None:
    (package / "data" / "rights.csv").write_text(",".join([name] * 20_000) + "\n", encoding="utf-8")
    message = "the header has 20,000 columns, and the descriptor declares 2"
    code, lines, _ = gate(package)
    assert (code, lines) == (1, [f"data/rights.csv:1:  header-too-wide  {message}"])


def test_a_long_name_of_a_column_is_shortened(package: Path, gate: Gate) -> None:
    edit(package / "data" / "rights.csv", "right_id,name", "right_id,name," + "c" * 5_000)
    unknown = f"data/rights.csv:1:{'c' * 80}…  column-unknown  the descriptor declares no such column"
    assert unknown in gate(package)[1]


def test_missing_and_undeclared_files(package: Path, gate: Gate) -> None:
    (package / "data" / "rights.csv").rename(package / "data" / "right.csv")
    (package / "data" / "parquet" / "fingerprints.parquet").unlink()
    missing = "the descriptor declares this file, and it is not there"
    code, lines, _ = gate(package)
    assert (code, lines) == (
        1,
        [
            f"data/parquet/fingerprints.parquet:0:  file-missing  {missing}",
            "data/right.csv:0:  file-undeclared  no table of datapackage.json (did you mean rights?)",
            f"data/rights.csv:0:  file-missing  {missing}",
        ],
    )


DESCRIPTORS: list[tuple[str, str, list[str]]] = [  # text of datapackage.json, its replacement, lines
    ('"path": "data/rights.csv"', '"path": "https://example.org/rights.csv"',
     ["datapackage.json:0:rights.path  descriptor-path  'https://example.org/rights.csv' is not a file of this package:"
      " write data/<name>.csv"]),
    ('"path": "data/rights.csv"', '"path": "data/../../rights.csv"',
     ["datapackage.json:0:rights.path  descriptor-path  'data/../../rights.csv' is not a file of this package:"
      " write data/<name>.csv"]),
    ('"path": "data/rights.csv"', '"path": "data/persons.csv"',
     ["datapackage.json:0:rights.path  descriptor-path  the file of table rights is called rights.csv"]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), DESCRIPTORS)
def test_wrong_descriptor(package: Path, gate: Gate, old: str, new: str, expected: list[str]) -> None:
    edit(package / "datapackage.json", old, new)
    code, lines, err = gate(package)
    assert (code, lines) == (1, expected)
    assert "nothing else is checked" in err


def change_field(package: Path, changes: dict[str, Any]) -> None:
    """Change the first column of the first table in the descriptor."""
    file = package / "datapackage.json"
    descriptor = json.loads(file.read_text(encoding="utf-8"))
    descriptor["resources"][0]["schema"]["fields"][0] |= changes
    file.write_text(json.dumps(descriptor), encoding="utf-8")


@pytest.mark.parametrize(
    ("key", "meant"),
    [("constrains", " (did you mean constraints?)"), ("categories", ""), ("tittle", " (did you mean title?)")],
)
def test_key_that_nothing_reads(package: Path, gate: Gate, key: str, meant: str) -> None:
    change_field(package, {key: {"required": True}})
    code, lines, _ = gate(package)
    expected = f"datapackage.json:0:persons.person_id  descriptor-key  no program here reads the key {key}{meant}"
    assert (code, lines) == (1, [expected])


def test_key_to_a_column_that_is_not_declared(package: Path, gate: Gate) -> None:
    change_field(package, {"name": "person_code"})
    code, lines, _ = gate(package)
    assert code == 1
    assert lines[0] == (
        "datapackage.json:0:acts.person_id  descriptor-name  "
        "the key person_id → persons.person_id names a table or column that is not declared"
    )


@pytest.mark.parametrize("text", ["{", "[]", "", '{"resources": 7}', "\udcff"])
def test_descriptor_that_is_none(package: Path, gate: Gate, text: str) -> None:
    (package / "datapackage.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    code, _, err = gate(package)
    assert code == 2
    assert err.startswith("validate: could not run: ")
    assert err.count("\n") == 1


def test_could_not_run(tmp_path: Path, package: Path, gate: Gate) -> None:
    for root, options in [(tmp_path / "nowhere", []), (package, ["--only", "nothing"])]:
        code, lines, err = gate(root, *options)
        assert (code, lines) == (2, [])
        assert err.startswith("validate: could not run: ")


def test_report_is_the_same_as_json(tmp_path: Path, gate: Gate) -> None:
    rows = artificial_rows()
    rows["events"][1]["place_id"] = "L0099"
    package = build_package(tmp_path / "package", rows)
    assert gate(package, "--report", str(tmp_path / "report.json"))[0] == 1
    assert json.loads((tmp_path / "report.json").read_text(encoding="utf-8")) == [
        {
            "path": "data/events.csv",
            "line": 3,
            "column": "place_id",
            "row_id": "E0002",
            "rule": "foreign-key",
            "severity": "error",
            "message": "data/places.csv has no row L0099",
        }
    ]


def test_only_one_table(tmp_path: Path, gate: Gate) -> None:
    rows = artificial_rows()
    rows["events"][1]["place_id"] = "L0099"
    rows["persons"][0]["age_as_printed"] = 12
    package = build_package(tmp_path / "package", rows)
    assert gate(package, "--only", "persons")[:2] == (
        1,
        ["data/persons.csv:2:age_as_printed  minimum  12 is less than 18 (cell F2)"],
    )


def test_stale_parquet_is_a_warning(package: Path, gate: Gate) -> None:
    edit(package / "data" / "rights.csv", "Right to samples", "Right to some samples")
    code, lines, _ = gate(package)
    assert code == 0
    assert lines == [
        "data/parquet/rights.parquet:0:  stale-parquet  warning: "
        "differs from data/rights.csv or from its description in datapackage.json: run make build"
    ]


def test_name_that_is_not_in_the_passage(tmp_path: Path, gate: Gate) -> None:
    rows = artificial_rows()
    rows["penalties"][0]["person_id"] = "P0002"
    code, lines, _ = gate(build_package(tmp_path / "package", rows))
    assert code == 1
    assert "data/penalties.csv:2:  name-in-passage  no spelling of P0002 (Testo Mockson) stands in X0005" in lines


def test_counting_rule_that_does_not_count(tmp_path: Path, gate: Gate) -> None:
    rows = artificial_rows()
    rows["reported_totals"][0]["counting_rule"] = "DROP TABLE persons"
    code, lines, _ = gate(build_package(tmp_path / "package", rows))
    expected = "data/reported_totals.csv:2:counting_rule  counting-rule  F0001: failed: not authorized (cell I2)"
    assert (code, lines) == (1, [expected])


def test_place_without_a_name_keeps_citations_unchecked(tmp_path: Path, gate: Gate) -> None:
    rows = artificial_rows()
    rows["places"][0]["name"] = ""
    code, lines, err = gate(build_package(tmp_path / "package", rows))
    assert code == 1
    assert "data/places.csv:2:name  required  the cell is empty: this column is always filled (cell B2)" in lines
    assert "citations are not checked" in err


def test_empty_cell_elsewhere_leaves_citations_checked(tmp_path: Path, gate: Gate) -> None:
    rows = artificial_rows()
    rows["provisions"][0]["instrument"] = ""
    rows["penalties"][0]["person_id"] = "P0002"
    code, lines, err = gate(build_package(tmp_path / "package", rows))
    assert code == 1
    assert "data/penalties.csv:2:  name-in-passage  no spelling of P0002 (Testo Mockson) stands in X0005" in lines
    empty = "data/provisions.csv:2:instrument  required  the cell is empty: this column is always filled (cell B2)"
    assert empty in lines
    assert "citations are not checked" not in err


RULE_HEAD = [
    "-- A rule.",
    "-- severity: error  scope: model",
    "-- why: A reason.",
    "-- do: Look.",
    "-- example: A rule.",
]
EMPTY = "'' AS column_name, '' AS message"
BROKEN_RULES = {
    "SELEC": "the rule cannot be run: Parser Error",
    "SELECT 1 AS table_name": "a rule returns the columns table_name, row_id, column_name, message",
    "SELECT 1; SELECT 2": "the rule cannot be run: Invalid Input Error: Expected a single statement",
    "CREATE TABLE t (i INTEGER)": "a rule is one SELECT",
    "SELECT * FROM read_text('/etc/hostname')": "the rule cannot be run: Permission Error",
    "SET enable_external_access = true": "a rule is one SELECT",
    f"SELECT 'acts' AS table_name, 'A99' AS row_id, {EMPTY}": "the rule selects A99 of acts, and there is no such row",
    f"SELECT 'atcs' AS table_name, NULL AS row_id, {EMPTY}": "the rule selects None of atcs, and there is no such row",
    f"SELECT 'acts' AS table_name, ['A0001'] AS row_id, {EMPTY}": "a rule returns text alone, not (['A0001'], '', '')",
}


def test_rules_that_cannot_be_run(package: Path, gate: Gate) -> None:
    for number, sql in enumerate(BROKEN_RULES):
        text = "\n".join([*RULE_HEAD, sql, ""])
        (package / "validation" / "rules" / f"bad-{number}.sql").write_text(text, encoding="utf-8")
    code, lines, _ = gate(package)
    assert code == 1
    assert [line.split("  ")[0] for line in lines] == [
        f"validation/rules/bad-{number}.sql:0:" for number in range(len(BROKEN_RULES))
    ]
    for line, message in zip(lines, BROKEN_RULES.values(), strict=False):
        assert message in line


HEADS = [  # a line of the head, its replacement, what the gate says of it
    (0, "", "1:  rule-error  line 1 of a rule reads “-- <sentence>”"),
    (1, "-- severity: fatal  scope: model",
     "2:  rule-error  line 2 of a rule reads “-- severity: error|warning  scope: model|edition”"),
    (2, "-- because: it matters", "3:  rule-error  line 3 of a rule reads “-- why: …”"),
    (3, "-- do:", "4:  rule-error  line 4 of a rule reads “-- do: …”"),
    (4, "SELECT 1", "5:  rule-error  line 5 of a rule reads “-- example: …”"),
]  # fmt: skip


def test_rules_without_their_head(package: Path, gate: Gate) -> None:
    for number, text, _ in HEADS:
        lines = [*RULE_HEAD[:number], text, *RULE_HEAD[number + 1 :]]
        (package / "validation" / "rules" / f"bad-{number}.sql").write_text("\n".join(lines), encoding="utf-8")
    (package / "validation" / "rules" / "empty.sql").write_text("", encoding="utf-8")
    (package / "validation" / "rules" / "Bad_Name.sql").write_text("\n".join(RULE_HEAD), encoding="utf-8")
    name = "the file of a rule is called by its id: small letters, digits and hyphens"
    code, lines, _ = gate(package)
    assert (code, lines) == (
        1,
        [
            f"validation/rules/Bad_Name.sql:0:  rule-error  {name}",
            *(f"validation/rules/bad-{number}.sql:{line}" for number, _, line in HEADS),
            f"validation/rules/empty.sql:{HEADS[0][2]}",
        ],
    )


def described(name: str, **changes: str | None) -> dict[str, Any]:
    """The meta of an expectation; None takes a key out."""
    meta = {"id": name, "sentence": "A sentence", "why": "A reason.", "do": "Look.", "example": "A sentence: here 1"}
    meta |= {"severity": "error", "scope": "model"}
    return {key: value for key, value in (meta | changes).items() if value is not None}


def expectation(kind: str, kwargs: dict[str, Any], meta: Any) -> dict[str, Any]:
    """An expectation."""
    return {"type": kind, "kwargs": kwargs, "meta": meta}


NULL = "expect_column_values_to_be_null"
REGEX = "expect_column_values_to_match_regex"
BROKEN_SUITES: dict[str, tuple[Any, str]] = {  # table: its expectations, what the gate says of them
    "act_types": ([], "0:  rule-error  a suite of table act_types holds expectations; this one none"),
    "anomalies": ([7], "0:  rule-error  a suite of table anomalies holds expectations; this one none"),
    "case_persons": ([expectation(NULL, {}, described("a-1", do=None, example=" "))],
                     "0:a-1  rule-error  the check says nothing under: do, example"),
    "cases": ([expectation(NULL, {}, described("a-2", whyy="A reason."))],
              "0:a-2  rule-error  no program reads a check's whyy"),
    "charges": ([expectation(NULL, {}, described("A 3"))],
                "0:A 3  rule-error  “A 3” is no id: small letters, digits and hyphens, such as fine-has-amount"),
    "events": ([expectation(NULL, {}, described("a-4", severity="fatal"))],
               "0:a-4  rule-error  severity is error or warning, not “fatal”"),
    "event_types": ([{"type": "x", "kwargs": {}}],
                    "0:  rule-error  an expectation has the keys type, kwargs, meta, and no other"),
    "institutions": ([expectation(NULL, {}, described("a-5", scope="ours"))],
                     "0:a-5  rule-error  scope is model or edition, not “ours”"),
    "involvements": ([expectation(NULL, {}, "none")],
                     "0:  rule-error  a check is an object with the keys id, sentence, why, do, example, severity,"
                     " scope"),
    "nothing": ([expectation(NULL, {}, described("a-0"))],
                "0:  rule-error  datapackage.json declares no table nothing"),
    "passage_notes": ([expectation("expect_nothing", {}, described("a-6"))],
                      "0:a-6  rule-error  the expectation cannot be run: there is no expectation expect_nothing"),
    "penalty_types": ([expectation(NULL, {"colum": "code"}, described("a-7"))],
                      "0:a-7  rule-error  the expectation cannot be run: "),
    "person_types": ([expectation(NULL, {"column": "colour"}, described("a-8"))],
                     "0:a-8  rule-error  the expectation cannot be run: "),
    "rights": ([expectation(REGEX, {"column": "name", "regex": "("}, described("a-9"))],
               "0:a-9  rule-error  the expectation cannot be run: "),
    "right_provisions": ([expectation(NULL, {"column": "colour"}, described("every-row-is-cited"))],
                         "0:every-row-is-cited  rule-error  the expectation cannot be run: "),
}  # fmt: skip


def test_suites_that_cannot_be_run(package: Path, gate: Gate) -> None:
    folder = package / "validation" / "expectations"
    for file in folder.glob("*.json"):
        file.unlink()
    for table, (expectations, _) in BROKEN_SUITES.items():
        suite = {"table": table, "expectations": expectations}
        (folder / f"{table}.json").write_text(json.dumps(suite), encoding="utf-8")
    (folder / "citations.json").write_text(json.dumps({"table": "persons", "expectations": [{}]}), encoding="utf-8")
    (folder / "sources.json").write_text("{", encoding="utf-8")
    code, lines, _ = gate(package)
    assert code == 1
    expected = {table: text for table, (_, text) in BROKEN_SUITES.items()} | {
        "citations": "0:  rule-error  a suite of table citations holds expectations; this one none",
        "sources": "0:  rule-error  the suite is not JSON: Expecting property name",
    }
    starts = [f"validation/expectations/{table}.json:{text}" for table, text in expected.items()]
    twice = "the id every-row-is-cited stands in validation/expectations/right_provisions.json already: give it another"
    starts.append(f"validation/rules/every-row-is-cited.sql:0:every-row-is-cited  rule-error  {twice}")
    for line, start in zip(lines, sorted(starts), strict=True):
        assert line.startswith(start)


CHECKS: list[tuple[str, list[str]]] = [  # validation/checks.json, what the gate says of it
    ("[", ["  rule-error  the file is not JSON: Expecting value: line 1 column 2 (char 1)"]),
    ("{}", ["  rule-error  the file is a list of checks; this one holds none"]),
    (json.dumps([7, described("b-1"), described("b-2", home="tests/x.py"), described("c", home="scripts/c.py"),
                 described("a", home="scripts/a.py"), described("every-row-is-cited", home="datapackage.json")]),
     ["  rule-error  a check is an object with the keys id, sentence, why, do, example, severity, scope, home",
      "a  rule-error  the checks are sorted by id, and a stands after c",
      "b-1  rule-error  the check says nothing under: home",
      "b-2  rule-error  its home is datapackage.json or scripts/<name>.py, not tests/x.py"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CHECKS)
def test_list_of_checks_that_is_none(package: Path, gate: Gate, text: str, expected: list[str]) -> None:
    (package / "validation" / "checks.json").write_text(text, encoding="utf-8")
    code, lines, _ = gate(package)
    assert code == 1
    assert [line for line in lines if "checks.json:" in line.split("  ")[0]] == [
        f"validation/checks.json:0:{line}" for line in expected
    ]
    assert len(lines) == len(expected) + ("every-row-is-cited" in text)


def test_list_of_checks_that_is_missing(package: Path, gate: Gate) -> None:
    (package / "validation" / "checks.json").unlink()
    missing = "validation/checks.json:0:  rule-error  the file is missing: it says what the programs check"
    assert gate(package)[:2] == (1, [missing])


def test_plain_frictionless_takes_the_package(package: Path) -> None:
    command = [str(Path(sys.executable).parent / "frictionless"), "validate", "datapackage.json"]
    done = subprocess.run(command, cwd=package, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert "fingerprints" in done.stdout


@pytest.fixture
def stranger(tmp_path: Path) -> Path:
    """A package whose files beside the rows are poisoned: a missing column, an open rule, other passages."""
    root = build_package(tmp_path / "stranger")
    (root / "datapackage.json").write_text("{}", encoding="utf-8")
    for file in (root / "validation").rglob("*.*"):
        file.write_text("poison", encoding="utf-8")
    (root / "data" / "passages.csv").write_text("poison\n", encoding="utf-8")
    (root / "data" / "parquet" / "fingerprints.parquet").write_bytes(b"poison")
    return root


def test_trusted_takes_only_rows(package: Path, stranger: Path, gate: Gate) -> None:
    assert gate(stranger, "--trusted", str(package))[:2] == (0, [])
    edit(stranger / "data" / "rights.csv", "G0001", "G1")
    before = snapshot(stranger)
    code, lines, _ = gate(stranger, "--trusted", str(package))
    assert (code, lines) == (
        1,
        [
            "data/right_provisions.csv:2:right_id  foreign-key  data/rights.csv has no row G0001 (cell A2)",
            "data/rights.csv:2:right_id  pattern  “G1” has not the form G[0-9]{4}, such as G0001 (cell A2)",
        ],
    )
    assert snapshot(stranger) == before


def test_trusted_refuses_what_is_no_plain_file(package: Path, stranger: Path, gate: Gate) -> None:
    (stranger / "data" / "rights.csv").unlink()
    (stranger / "data" / "rights.csv").symlink_to(package / "data" / "rights.csv")
    (stranger / "metadata" / "corrections").mkdir(parents=True)
    os.mkfifo(stranger / "metadata" / "corrections" / "0001.yaml")
    (stranger / "data" / "zzz.csv").write_text("a\n", encoding="utf-8")
    code, lines, _ = gate(stranger, "--trusted", str(package))
    assert (code, lines) == (
        1,
        [
            "data/rights.csv:0:  file-odd  this is a link: only plain files are taken",
            "data/zzz.csv:0:  file-undeclared  no table of datapackage.json",
            "metadata/corrections/0001.yaml:0:  file-odd  this is no file: only plain files are taken",
        ],
    )


def test_trusted_takes_no_more_than_fits(
    package: Path, stranger: Path, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = [file for file in (stranger / "data").glob("*.csv") if file.name != "passages.csv"]
    size = sum(file.stat().st_size for file in (stranger / "data").glob("*.csv"))
    monkeypatch.setattr(trust, "MAX_BYTES", size - 1)
    (stranger / "metadata" / "corrections").mkdir(parents=True)
    for number in range(trust.MAX_PATHS):
        (stranger / "metadata" / "corrections" / f"{number}.yaml").touch()
    last = max(file.name for file in tables)
    code, lines, _ = gate(stranger, "--trusted", str(package))
    assert (code, lines) == (
        1,
        [
            f"data/{last}:0:  package-too-large  with this file the tables and corrections are larger than"
            f" {size - 1:,} bytes",
            "metadata/corrections:0:  folder-too-full  the folder holds more than 2,000 files and folders:"
            " none of them is taken",
        ],
    )


def test_trusted_copies_declared_tables_alone(package: Path, stranger: Path, tmp_path: Path) -> None:
    (stranger / "data" / "more").mkdir()
    for name in ("zzz.csv", "more/rights.csv", "rights.CSV"):
        (stranger / "data" / name).write_text("a\n", encoding="utf-8")
    copied, problems = trust.assemble(stranger, load_package(package), tmp_path / "into")
    files = sorted(path for path in (copied.root / "data").rglob("*") if path.name.lower().endswith(".csv"))
    assert files == sorted(copied.csv_path(resource["name"]) for resource in copied.csv_resources)
    assert sorted((problem.path, problem.rule) for problem in problems) == [
        (f"data/{name}", "file-undeclared") for name in ("more/rights.csv", "rights.CSV", "zzz.csv")
    ]


def test_trusted_refuses_a_linked_folder(package: Path, stranger: Path, gate: Gate) -> None:
    (stranger / "data").rename(stranger / "elsewhere")
    (stranger / "data").symlink_to(stranger / "elsewhere")
    code, lines, _ = gate(stranger, "--trusted", str(package))
    assert code == 1
    assert "data:0:  file-odd  this is a link: only plain files are taken" in lines
