"""What the gate prints and reports: total, spreadsheet's cell, JSON, page and annotations; never a traceback."""

import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fixture_package import artificial_rows, build_package

from scripts import gate, validate
from scripts.annotations import annotation
from scripts.catalogue import Check
from scripts.cells import cells_of, letters
from scripts.outcome import EVERYTHING, Outcome, Result, results
from scripts.package import ROOT, Package
from scripts.problems import Problem, finish
from scripts.report_page import page

PACKAGE = Package(
    Path(),
    {
        "resources": [
            {
                "name": name,
                "path": f"data/{name}.csv",
                "format": "csv",
                "schema": {"fields": [{"name": c} for c in columns]},
            }
            for name, columns in {"wide": [f"c{n}" for n in range(30)], "narrow": ["a", "b"]}.items()
        ]
    },
)


def problem(
    path: str = "data/narrow.csv", line: int = 2, column: str = "b", rule: str = "minimum", **more: str
) -> Problem:
    """A problem with the message that 1 is less than 2."""
    values = {"row_id": "A1", "severity": "error", "message": "1 is less than 2"} | more
    return Problem(path, line, column, values["row_id"], rule, values["severity"], values["message"])


def test_letters_over_columns() -> None:
    assert [letters(n) for n in (0, 1, 25, 26, 27, 51, 52, 701, 702)] == [
        "A", "B", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA"
    ]  # fmt: skip


def test_cells_where_line_and_column_are_known() -> None:
    known = problem("data/wide.csv", 31, "c26")
    others = [
        problem(line=0),
        problem(column=""),
        problem(column="unknown"),
        problem("metadata/other.csv"),
    ]
    assert cells_of([known, problem(), *others], PACKAGE) == {known: "AA31", problem(): "B2"}
    header = problem(line=1, column="a", rule="column-missing")
    assert cells_of([known, problem(), header], PACKAGE) == {known: "AA31"}


def test_the_total_comes_first_and_files_stand_together(capfd: pytest.CaptureFixture[str]) -> None:
    found = [problem("data/wide.csv", 3, "c1"), problem(), problem("data/wide.csv", 2, "c1", severity="warning")]
    assert finish([*found, problem()], "validate", cells_of(found, PACKAGE)) == 1
    out, err = capfd.readouterr()
    assert err == "validate: 2 errors, 1 warnings\n"
    assert out.splitlines() == [
        "data/narrow.csv:2:b  minimum  1 is less than 2 (cell B2)",
        "data/wide.csv:2:c1  minimum  warning: 1 is less than 2 (cell B2)",
        "data/wide.csv:3:c1  minimum  1 is less than 2 (cell B3)",
    ]


def test_a_hundred_faults_are_a_hundred_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = artificial_rows()
    person = rows["persons"][1]
    rows["persons"] += [person | {"person_id": f"P{n}", "age_as_printed": "12"} for n in range(2000, 2100)]
    root = build_package(tmp_path / "package", rows)
    assert validate.main(["--root", str(root), "--scope", "model", "--only", "persons"]) == 1
    lines = [line for line in capsys.readouterr().out.splitlines() if "  minimum  " in line]
    assert lines == [
        f"data/persons.csv:{n}:age_as_printed  minimum  12 is less than 18 (cell F{n})" for n in range(5, 105)
    ]


ANNOTATIONS = [
    (annotation(problem(), "B2"), "::error file=data/narrow.csv,line=2,title=minimum::b, cell B2: 1 is less than 2"),
    (annotation(problem(line=0, column="", severity="warning")),
     "::warning file=data/narrow.csv,title=minimum::1 is less than 2"),
    (annotation(problem("data/a:b,c%.csv", 3, message="100 %\r\n::error::x"), remedy="Look: here, now."),
     "::error file=data/a%3Ab%2Cc%25.csv,line=3,title=minimum::b: 100 %25%0D%0A::error::x"
     "%0AWhat to do: Look: here, now."),
]  # fmt: skip


@pytest.mark.parametrize(("made", "expected"), ANNOTATIONS)
def test_annotations_are_escaped(made: str, expected: str) -> None:
    assert made == expected


def test_annotations_stand_beside_the_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = artificial_rows()
    rows["events"][1]["place_id"] = "L0099"
    root = build_package(tmp_path / "package", rows)
    assert validate.main(["--root", str(root), "--scope", "model", "--github"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "data/events.csv:3:place_id  foreign-key  data/places.csv has no row L0099 (cell H3)",
        "::error file=data/events.csv,line=3,title=foreign-key::place_id, cell H3: data/places.csv has no row L0099"
        "%0AWhat to do: Correct the id, or add the row it should lead to.",
    ]


def check(check_id: str, kind: str, home: str, scope: str = "model") -> Check:
    """A check of the catalogue."""
    return Check(check_id, kind, f"Of {check_id}.", "error", scope, home, "So.", f"Mend {check_id}.", "1")


RULE = "validation/rules/b-c.sql"
SUITE = "validation/expectations/narrow.json"
CATALOGUE = [
    check("a-suite", "expectation", SUITE),
    check("b-c", "rule", RULE),
    check("descriptor-key", "program", "scripts/descriptor.py"),
    check("here", "rule", "validation/rules/here.sql", "edition"),
    check("minimum", "schema", "datapackage.json"),
    check("pattern", "schema", "datapackage.json"),
    check("stale-document", "program", "scripts/document.py"),
]


def statuses(outcome: Outcome, scope: str = "all") -> list[tuple[str, str]]:
    """Status and reason of each check of CATALOGUE."""
    return [(result.status, result.why) for result in results(CATALOGUE, outcome, scope)]


def test_results_of_checks() -> None:
    elsewhere = ("left out", "python -m scripts.document --check runs it")
    passed = ("passed", "")
    assert statuses(Outcome([])) == [passed] * 6 + [elsewhere]
    found = [problem(), problem(line=3), problem(), problem(rule="pattern", severity="warning")]
    unread = "data/wide.csv cannot be read as a table"
    left_out = {"data/wide.csv": unread, SUITE: unread, RULE: "it needs wide"}
    assert statuses(Outcome(found, left_out), "model") == [
        ("left out", unread),
        ("left out", "it needs wide"),
        passed,
        ("left out", "it holds for this edition alone, and --scope model leaves such checks out"),
        ("failed", "2 times"),
        ("warned", "once"),
        elsewhere,
    ]
    assert statuses(Outcome([], {"data/wide.csv": unread}))[4] == ("passed", "not in data/wide.csv")
    nothing = Outcome([problem(rule="descriptor-key")], {EVERYTHING: "the descriptor cannot be relied on"})
    unreliable = ("left out", "the descriptor cannot be relied on")
    assert statuses(nothing) == [unreliable] * 2 + [("failed", "once")] + [unreliable] * 3 + [elsewhere]
    broken = [problem(RULE, 0, "", "rule-error"), problem(SUITE, 0, "a-suite", "rule-error")]
    assert statuses(Outcome(broken))[:2] == [("left out", "it cannot be run: see rule-error")] * 2


class Reader(HTMLParser):
    """Reads a page: its text in pieces, its elements, and whether each that was opened is closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open[-1] != "style":
            self.text.append(data)


def read(html: str) -> Reader:
    """The page, read whole; every element is closed."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


def test_the_page() -> None:
    found = [problem(message="<b>1</b> & “2”"), problem(rule="unlisted", row_id="", severity="warning")]
    html = page(CATALOGUE, Outcome(found), cells_of(found, PACKAGE), "model", "narrow")
    reader = read(html)
    assert reader.text == [
        "Validation: 1 errors, 1 warnings",
        "What the gate found", "1 errors, 1 warnings",
        "Only what concerns the table narrow is told; elsewhere a check that is called passed may fail."
        " What holds for this edition alone was left out.",
        "Problems, by file", "data/narrow.csv", ": 1 errors, 1 warnings",
        "minimum", "Of minimum. ", "What to do:", " Mend minimum.",
        "Line", "Column", "Cell", "Row", "What is wrong", "2", "b", "B2", "A1", "<b>1</b> & “2”",
        "unlisted",
        "Line", "Column", "Cell", "Row", "What is wrong", "2", "b", "B2", "warning: 1 is less than 2",
        "Every check", "7 checks: 1 failed, 0 warned, 4 passed, 2 left out.",
        "Files, citations and what is made from the tables", "Check", "What must hold", "Result",
        "descriptor-key", "Of descriptor-key.", "passed",
        "stale-document", "Of stale-document.", "left out", ": python -m scripts.document --check runs it",
        "Cells and keys, by the descriptor", "Check", "What must hold", "Result",
        "minimum", "Of minimum.", "failed", ": once", "pattern", "Of pattern.", "passed",
        "One table as a whole", "Check", "What must hold", "Result", "a-suite", "Of a-suite.", "passed",
        "Several tables together", "Check", "What must hold", "Result", "b-c", "Of b-c.", "passed",
        "here", "Of here.", "left out", ": it holds for this edition alone, and --scope model leaves such checks out",
    ]  # fmt: skip


def test_the_page_needs_nothing_else() -> None:
    html = page(CATALOGUE, Outcome([problem()]), {}, "all", None)
    reader = read(html)
    assert {tag for tag, _ in reader.tags} & {"script", "link", "img", "iframe", "object", "a", "form"} == set()
    assert not re.search(r"https?:|url\(|@import|src=|href=", html)
    assert ("html", {"lang": "en"}) in reader.tags
    policy = {"http-equiv": "Content-Security-Policy", "content": "default-src 'none'; style-src 'unsafe-inline'"}
    assert ("meta", policy) in reader.tags
    for query in ("prefers-color-scheme: dark", "@media print"):
        assert query in html
    assert "None." in read(page(CATALOGUE, Outcome([]), {}, "all", None)).text


def test_several_reports(tmp_path: Path, package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [tmp_path / "a.json", tmp_path / "b.html", tmp_path / "c.json"]
    reports = [option for file in files for option in ("--report", str(file))]
    (package / "data" / "rights.csv").write_text("right_id,name\nG0001,Right to other samples\n", encoding="utf-8")
    assert validate.main(["--root", str(package), "--scope", "model", *reports]) == 0
    row = {
        "path": "data/parquet/rights.parquet", "line": 0, "column": "", "row_id": "", "rule": "stale-parquet",
        "severity": "warning",
        "message": "differs from data/rights.csv or from its description in datapackage.json: run make build",
    }  # fmt: skip
    assert [json.loads(files[n].read_text(encoding="utf-8")) for n in (0, 2)] == [[row], [row]]
    text = read(files[1].read_text(encoding="utf-8")).text
    assert text[2] == "0 errors, 1 warnings"


@pytest.mark.parametrize("name", ["report.txt", "report", "report.HTML"])
def test_report_with_another_ending(package: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    capsys.readouterr()
    assert validate.main(["--root", str(package), "--report", "a.json", "--report", name]) == 2
    assert capsys.readouterr() == (
        "",
        f"validate: could not run: a report is called FILE.json or FILE.html, not {name}\n",
    )


def test_report_that_cannot_be_written(package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    file = tmp_path / "nowhere" / "report.json"
    assert validate.main(["--root", str(package), "--scope", "model", "--report", str(file)]) == 2
    assert capsys.readouterr().err.splitlines()[1:] == [
        f"validate: could not run: [Errno 2] No such file or directory: '{file}'"
    ]


FAULTS = [
    (KeyError("rights"), r"a fault of this program, KeyError in test_report\.py:\d+ \('rights'\): please report it"),
    (RecursionError("too\ndeep"), r"a fault of this program, RecursionError in .* \(too deep\): please report it"),
    (MemoryError(), r"a fault of this program, MemoryError in .*: please report it"),
    (KeyboardInterrupt(), "it was stopped"),
    (PermissionError(13, "Permission denied"), r"\[Errno 13\] Permission denied"),
]


@pytest.mark.parametrize(("error", "message"), FAULTS, ids=[type(error).__name__ for error, _ in FAULTS])
def test_no_traceback_reaches_anybody(
    package: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    error: BaseException,
    message: str,
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(gate, "check_files", fail)
    capsys.readouterr()
    assert validate.main(["--root", str(package)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert re.fullmatch(f"validate: could not run: {message}\n", err)


def test_nobody_reads_what_is_printed(package: Path) -> None:
    (package / "data" / "rights.csv").write_text("right_id,name\nG1,Right to samples\n", encoding="utf-8")
    command = [sys.executable, "-m", "scripts.validate", "--root", str(package), "--scope", "model"]
    read_end, write_end = os.pipe()
    os.close(read_end)
    with os.fdopen(write_end, "w") as nobody:
        done = subprocess.run(command, cwd=ROOT, stdout=nobody, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == "validate: could not run: nobody reads what it prints"
    assert "Traceback" not in done.stderr and "Exception" not in done.stderr


def test_a_result_says_of_what() -> None:
    assert results(CATALOGUE[:1], Outcome([]), "all") == [Result(CATALOGUE[0], "passed", "")]
