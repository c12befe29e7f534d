"""`python -m scripts.verify`, `fingerprint` and `estimate_chance`, on a small invented report."""

import csv
import os
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from scripts import estimate_chance, fingerprint, segment, verify
from scripts.evidence import Evidence
from scripts.fingerprints import Prints, make_fingerprints
from scripts.package import ROOT
from tests.artificial import write_package

Row = dict[str, Any]
TEXT = """ 2.1. Gatherings of 3 March 2019

On 3 March 2019, officers took away, among others, these people:

 ● Oldtown: Alfa Examplov, Beta Samplova.
 ● Newtown: Gamma Testov, Delta Mocko-
 
va.

Sums were ordered to be paid:

 ● 12,000 tenge (30 euros) —  Alfa Examplov, Gamma Testov.
 ● 24,000 tenge (60 euros) —  Beta Samplova.

Those held were kept long: Alfa Examplov until 3:00 a. m., Beta Samplova until 10:00 p. m. Kappa Standin was there.

 ● The case of Alfa Examplov: investigators: K. Standin, L. Dummy; prosecutor: M. Placeholder, judge: Omega Fictive.
 ● The case of Beta Samplova: investigator: N. Nobody; judge: O. Noone.

Gamma Testov

 ● “Jaywalking” (part 2, Art. 174 of the CC).

He was given one-and-a-half years of restriction on 20 May 2019 by the Oldtown Court.
"""
DAY = {"date_start": "2019-03-03", "date_end": "2019-03-03", "date_precision": "day", "date_as_printed": "3 March 2019"}
LABELS = {"label_en": "X", "label_ru": "X", "label_kk": "X", "label_status": "draft"}
CODE = LABELS | {"definition": "X.", "counting_rule": "X."}
PERSON = {
    "relation": "affected", "person_type": "not_stated", "is_complainant": "false", "is_withheld": "false",
    "naming_basis": "named_in_source",
}  # fmt: skip
NAMES = {"P0001": "Alfa Examplov", "P0002": "Beta Samplova", "P0003": "Gamma Testov", "P0004": "Delta Mockova"}
OFFICIALS = {"O0001": "K. Standin", "O0002": "M. Placeholder", "O0003": "Omega Fictive", "O0004": "N. Nobody"}
PLACES = {"L0001": "Oldtown", "L0002": "Newtown"}
ROLE = {"participation": "acted", "basis": "case_file_listing"}
ACT = DAY | {"victim_scope": "person", "act_type": "detention", "completion": "completed", "assertion": "stated"}
FINE = {"penalty_type": "fine", "date_precision": "unknown", "status": "imposed", "relation_to_ban": "not_said"}


def at(passages: list[Row], line: int) -> str:
    """The id of the passage that holds a line."""
    return next(p["passage_id"] for p in passages if int(p["first_line"]) <= line <= int(p["last_line"]))


def rows_over(passages: list[Row]) -> dict[str, list[Row]]:
    """True rows about the invented report."""
    lines = {"heading": 1, "lead": 3, "old": 5, "new": 6, "low": 12, "high": 13, "kept": 15, "alfa": 17, "beta": 18}
    lines |= {"gamma": 20, "charge": 22, "sentence": 24}
    x = {name: at(passages, line) for name, line in lines.items()}
    cited = [
        *[("persons", p, x[w], "") for p, w in zip(NAMES, ("old", "old", "new", "new"), strict=True)],
        ("events", "E0001", x["lead"], ""), ("events", "E0001", x["old"], ""),
        ("events", "E0002", x["lead"], ""), ("events", "E0002", x["new"], ""),
        ("acts", "A0001", x["old"], ""), ("acts", "A0001", x["kept"], ""), ("acts", "A0002", x["old"], ""),
        ("acts", "A0003", x["new"], ""), ("acts", "A0004", x["new"], ""),
        ("penalties", "N0001", x["low"], ""), ("penalties", "N0002", x["high"], ""),
        ("penalties", "N0003", x["sentence"], ""),
        ("cases", "K0001", x["alfa"], ""), ("cases", "K0002", x["beta"], ""), ("cases", "K0003", x["gamma"], ""),
        ("charges", "C0001", x["gamma"], ""), ("charges", "C0001", x["charge"], ""),
        *[("officials", o, x["beta" if o == "O0004" else "alfa"], "") for o in OFFICIALS],
        *[("official_roles", f"Q000{n}", x["beta" if n == 4 else "alfa"], "") for n in (1, 2, 3, 4)],
    ]  # fmt: skip
    return {
        "act_types": [CODE | {"code": "detention"}],
        "event_types": [CODE | {"code": "mass_detention"}],
        "penalty_types": [CODE | {"code": "fine"}, CODE | {"code": "restriction"}],
        "person_types": [CODE | {"code": "not_stated"}],
        "places": [
            {"place_id": i, "name": n, "place_type": "settlement", "geo_precision": "settlement", "country_code": "ZZ"}
            for i, n in PLACES.items()
        ],
        "persons": [
            PERSON | {"person_id": i, "name": n, "given_name": n.split()[0], "surname": n.split()[1]}
            for i, n in NAMES.items()
        ],
        "person_names": [
            {"person_id": i, "name_as_printed": n, "passage_id": x[w], "match_basis": "same"}
            for i, n, w in (
                *[(i, n, "old" if i in ("P0001", "P0002") else "new") for i, n in NAMES.items()],
                ("P0001", NAMES["P0001"], "low"), ("P0001", NAMES["P0001"], "kept"), ("P0001", NAMES["P0001"], "alfa"),
                ("P0002", NAMES["P0002"], "high"), ("P0002", NAMES["P0002"], "kept"), ("P0002", NAMES["P0002"], "beta"),
                ("P0003", NAMES["P0003"], "low"), ("P0003", NAMES["P0003"], "gamma"),
            )
        ],
        "officials": [
            {"official_id": i, "name_as_reported": n, "surname": n.split()[1], "name_is_partial": "true"}
            | {"country_code": "ZZ"}
            for i, n in OFFICIALS.items()
        ],
        "official_names": [
            {"official_id": i, "name_as_printed": n, "passage_id": x["beta" if i == "O0004" else "alfa"]}
            | {"match_basis": "same"}
            for i, n in OFFICIALS.items()
        ],
        "official_roles": [
            ROLE | {"official_role_id": "Q0001", "official_id": "O0001", "case_id": "K0001", "role": "investigator"},
            ROLE | {"official_role_id": "Q0002", "official_id": "O0002", "case_id": "K0001", "role": "prosecutor"},
            ROLE | {"official_role_id": "Q0003", "official_id": "O0003", "case_id": "K0001", "role": "judge"},
            ROLE | {"official_role_id": "Q0004", "official_id": "O0004", "case_id": "K0002", "role": "investigator"},
        ],
        "cases": [
            {"case_id": f"K000{n}", "title": f"Case {n}", "case_type": "criminal", "relation_to_ban": "not_said"}
            | {"status_as_last_reported": "not_said"}
            for n in (1, 2, 3)
        ],
        "case_persons": [
            {"case_id": f"K000{n}", "person_id": f"P000{n}", "procedural_status": "accused"} for n in (1, 2, 3)
        ],
        "provisions": [
            {"provision_id": "B0001", "instrument": "Code", "article": "174", "part": "2", "jurisdiction": "ZZ"},
            {"provision_id": "B0002", "instrument": "Code", "article": "174", "part": "1", "jurisdiction": "ZZ"},
        ],
        "charges": [
            {"charge_id": "C0001", "case_id": "K0003", "person_id": "P0003", "provision_id": "B0001"}
            | {"label": "Jaywalking", "status": "charged"},
        ],
        "events": [
            DAY | {"event_id": "E0001", "event_type": "mass_detention", "title": "Old", "place_id": "L0001"},
            DAY | {"event_id": "E0002", "event_type": "mass_detention", "title": "New", "place_id": "L0002"},
        ],
        "acts": [
            ACT | {"act_id": "A0001", "person_id": "P0001", "event_id": "E0001", "event_basis": "stated"}
            | {"held_until": "03:00", "held_until_kind": "released"},
            ACT | {"act_id": "A0002", "person_id": "P0002", "event_id": "E0001", "event_basis": "stated"},
            ACT | {"act_id": "A0003", "person_id": "P0003", "event_id": "E0002", "event_basis": "stated"},
            ACT | {"act_id": "A0004", "person_id": "P0004", "event_id": "E0002", "event_basis": "stated"},
        ],
        "penalties": [
            FINE | {"penalty_id": "N0001", "person_id": "P0001", "amount_kzt": 12000, "amount_eur_as_printed": 30},
            FINE | {"penalty_id": "N0002", "person_id": "P0002", "amount_kzt": 24000, "amount_eur_as_printed": 60},
            FINE | {"penalty_id": "N0003", "person_id": "P0003", "penalty_type": "restriction"}
            | {"duration_value": 1.5, "duration_unit": "years", "duration_kind": "restriction", "case_id": "K0003"}
            | {"date_start": "2019-05-20", "date_end": "2019-05-20", "date_precision": "day"}
            | {"date_as_printed": "20 May 2019", "court": "Oldtown Court"},
        ],
        "citations": [
            {"citation_id": f"Z{n:05}", "table_name": t, "row_id": r, "passage_id": p, "field": f}
            for n, (t, r, p, f) in enumerate(cited, 1)
        ],
        "sources": [{"source_id": "S0001", "source_type": "report", "title": "Invented report"}],
        "passages": passages,
    }  # fmt: skip


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A package over the invented report; the report's text lies beside it as report.txt."""
    source = tmp_path / "report.txt"
    source.write_text(TEXT, encoding="utf-8")
    root = tmp_path / "package"
    root.mkdir()
    assert segment.main(["--source", str(source), "--root", str(root), "--any-text"]) == 0
    with (root / "data" / "passages.csv").open(encoding="utf-8", newline="") as file:
        passages = list(csv.DictReader(file))
    (root / "data" / "passages.csv").unlink()
    (root / "data").rmdir()
    write_package(root, rows_over(passages))
    rules = root / "validation" / "rules"
    rules.mkdir(parents=True)
    (rules / f"{verify.LEDGER_RULE}.sql").write_bytes(
        (ROOT / "validation" / "rules" / f"{verify.LEDGER_RULE}.sql").read_bytes()
    )
    assert fingerprint.main(["--source", str(source), "--root", str(root)]) == 0
    return root


def edit(root: Path, table: str, row_id: str, **cells: str) -> None:
    """Change cells of one row of a table."""
    path = root / "data" / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        columns, rows = list(reader.fieldnames or []), list(reader)
    for row in rows:
        if row[columns[0]] == row_id:
            row.update(cells)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def test_true_rows_pass_without_the_text(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert verify.main(["--root", str(report)]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "names found: 22 in full, 0 by a surname that only one person has, 1 by the heading of the section",
        "values found: 31; printed dates found: 7; words without a name, number or month, not checkable: 0",
        "cited by source alone, not machine-verified: 0 citations, 1 rows",
        "passages and fingerprints were not made anew: that needs the text (--source)",
        "verify: 0 errors, 0 warnings",
    ]


WRONG: list[tuple[str, str, dict[str, str], str]] = [
    ("acts", "A0003", {"person_id": "P0001"},
     "data/acts.csv:4:  name-in-passage  no spelling of P0001 (Alfa Examplov) stands in X0004"),
    ("acts", "A0001", {"held_until": "22:00"},
     "data/acts.csv:2:held_until  value-in-passage  “22:00” stands in, but is not tied to that name by, X0003, X0008"
     " (cell U2)"),
    ("acts", "A0002", {"date_as_printed": "4 March 2019"},
     "data/acts.csv:3:date_as_printed  value-in-passage  “4 March 2019” does not stand in X0003 (cell R3)"),
    ("acts", "A0002", {"date_start": "2018-03-03"},
     "data/acts.csv:3:date_start  date-as-printed  date_start is 2018-03-03, the printed words give 2019-03-03"
     " (“3 March 2019”), and no anomaly of kind date explains it (cell O3)"),
    ("acts", "A0002", {"event_id": "E0002"},
     "data/acts.csv:3:place_id  value-in-passage  “newtown” does not stand in X0003"),
    ("penalties", "N0001", {"amount_kzt": "24000"},
     "data/penalties.csv:2:amount_kzt  value-in-passage  “24000” does not stand in X0006 (cell K2)"),
    ("penalties", "N0002", {"amount_eur_as_printed": "30"},
     "data/penalties.csv:3:amount_eur_as_printed  value-in-passage  “30” does not stand in X0007 (cell L3)"),
    ("penalties", "N0003", {"duration_value": "1"},
     "data/penalties.csv:4:duration_value  value-in-passage  “1 year” does not stand in X0013 (cell H4)"),
    ("penalties", "N0003", {"court": "Newtown Court"},
     "data/penalties.csv:4:court  value-in-passage  “newtown court” does not stand in X0013 (cell Q4)"),
    ("charges", "C0001", {"provision_id": "B0002"},
     "data/charges.csv:2:provision_id  value-in-passage  “part 1” does not stand in X0011, X0012 (cell D2)"),
    ("charges", "C0001", {"max_years_stated": "9"},
     "data/charges.csv:2:max_years_stated  value-in-passage  “9” does not stand in X0011, X0012 (cell H2)"),
    ("official_roles", "Q0001", {"role": "judge"},
     "data/official_roles.csv:2:role  value-in-passage  the role “judge” stands in, but is not tied to that name by,"
     " X0009 (cell F2)"),
    ("official_roles", "Q0004", {"role": "prosecutor"},
     "data/official_roles.csv:5:role  value-in-passage  the role “prosecutor” does not stand in X0010 (cell F5)"),
    ("persons", "P0004", {"name": "Delta Mackova", "surname": "Mackova"},
     "data/persons.csv:5:surname  value-in-passage  “mackova” does not stand in X0004 (cell C5)"),
    ("official_roles", "Q0003", {"case_id": "K0002"},
     "data/official_roles.csv:4:case_id  name-in-passage  X0009 does not name P0002, of K0002 (cell D4)"),
    ("events", "E0001", {"place_id": "L0002"},
     "data/events.csv:2:place_id  value-in-passage  “newtown” does not stand in X0002, X0003 (cell H2)"),
    ("persons", "P0001", {"patronymic": "Betovich"},
     "data/persons.csv:2:patronymic  value-in-passage  “betovich” does not stand in X0003 (cell E2)"),
    ("persons", "P0002", {"age_as_printed": "60"},
     "data/persons.csv:3:age_as_printed  value-in-passage  “60” does not stand in X0003 (cell F3)"),
    ("officials", "O0004", {"given_name": "Nemo"},
     "data/officials.csv:5:given_name  value-in-passage  “nemo” does not stand in X0010 (cell C5)"),
    ("person_names", "P0004", {"name_as_printed": "Delta Mackova"},
     "data/person_names.csv:5:name_as_printed  name-in-passage  the name “Delta Mackova” does not stand in X0004"
     " (cell B5)"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "row_id", "cells", "line"), WRONG, ids=[f"{w[1]}-{next(iter(w[2]))}" for w in WRONG])
def test_wrong_value_is_named_with_its_place(
    report: Path, capsys: pytest.CaptureFixture[str], table: str, row_id: str, cells: dict[str, str], line: str
) -> None:
    edit(report, table, row_id, **cells)
    capsys.readouterr()
    assert verify.main(["--root", str(report)]) == 1
    assert line in capsys.readouterr().out.splitlines()


def test_an_anomaly_explains_a_date_that_differs(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(report, "acts", "A0002", date_start="2018-03-03")
    path = report / "data" / "anomalies.csv"
    path.write_text(path.read_text() + "D0001,date,acts,A0002,Two years are printed.,Coded as 2018.\n")
    assert verify.main(["--root", str(report)]) == 0


def test_the_text_is_made_anew_and_compared(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = report.parent / "report.txt"
    capsys.readouterr()
    assert verify.main(["--root", str(report), "--source", str(source)]) == 1
    ledger = "  passage-accounted-for  "
    assert [line.split(ledger)[0] for line in capsys.readouterr().out.splitlines()] == [
        "data/passages.csv:2:passage_id", "data/passages.csv:6:passage_id"
    ]  # fmt: skip
    notes = report / "data" / "passage_notes.csv"
    notes.write_text(notes.read_text() + "X0001,context,A heading.\nX0005,context,A lead-in.\n")
    assert verify.main(["--root", str(report), "--source", str(source)]) == 1  # what is not coded has no fingerprint
    assert fingerprint.main(["--source", str(source), "--root", str(report)]) == 0
    assert verify.main(["--root", str(report), "--source", str(source)]) == 0
    edit(report, "passages", "X0003", sha256="0" * 64)
    capsys.readouterr()
    assert verify.main(["--root", str(report), "--source", str(source)]) == 1
    assert capsys.readouterr().out.startswith("data/passages.csv:4:sha256  passage-differs  X0003 has '000")


def test_another_text_is_refused(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(report, "sources", "S0001", sha256="1" * 64)
    capsys.readouterr()
    assert verify.main(["--root", str(report), "--source", str(report.parent / "report.txt")]) == 2
    assert f"data/sources.csv records {'1' * 64} for S0001" in capsys.readouterr().err


def test_changed_fingerprints_are_named(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = report / "data" / "parquet" / "fingerprints.parquet"
    table = parquet.read_table(path)
    rows = table.to_pylist()
    rows[3]["grams"] = rows[2]["grams"]
    parquet.write_table(pa.Table.from_pylist(rows, schema=table.schema), path)
    source = report.parent / "report.txt"
    assert fingerprint.main(["--source", str(source), "--root", str(report), "--check"]) == 1
    capsys.readouterr()
    assert verify.main(["--root", str(report), "--source", str(source)]) == 1
    assert [line for line in capsys.readouterr().out.splitlines() if "fingerprint-of-text" in line] == [
        "data/parquet/fingerprints.parquet:0:  fingerprint-of-text  the fingerprint of X0004 is not the text's: run"
        " python -m scripts.fingerprint"
    ]


def test_unreadable_table_stops_with_one_line(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(report, "penalties", "N0001", amount_kzt="twelve")
    capsys.readouterr()
    assert verify.main(["--root", str(report)]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
    assert "scripts.validate says where" in err


def test_chance_counts_wrong_rows_that_pass(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert estimate_chance.main(["--root", str(report)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "| changed to | in table | wrong rows tried | passed | share |"
    assert "| another amount in tenge | `penalties` | 2 | 0 | 0.0 % |" in lines
    assert "| another role | `official_roles` | 8 | 0 | 0.0 % |" in lines
    assert "| another person | `acts` | 10 | 1 | 10.0 % |" in lines  # Beta held in Oldtown, turned into Alfa: true too


@pytest.fixture
def text() -> Path:
    """The report's text, where it is at hand."""
    given = os.environ.get("KZ2018_SOURCE")
    if not given:
        pytest.skip("the report's text is not at hand (KZ2018_SOURCE): passages and fingerprints are not made anew")
    return Path(given)


def test_the_dataset_passes_by_fingerprint(capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert verify.main([]) == 0
    assert capsys.readouterr().out == ""


def test_the_dataset_passes_against_the_text(text: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert verify.main(["--source", str(text)]) == 0
    assert capsys.readouterr().out == ""


def test_a_surname_alone_passes_only_where_nobody_else_has_it() -> None:
    prints = Prints.of(make_fingerprints({"X0001": "Gamma Testov", "X0002": "Testov was fined.", "X0003": "He went."}))
    one = Evidence(prints, parents={"X0003": ["X0001"]}, names={"P1": ["Gamma Testov"]})
    one.owners = {"gamma": {"P1"}, "testov": {"P1"}}
    assert [one.find_name("P1", [p]) for p in ("X0001", "X0002", "X0003")] == ["named", "surname", "heading"]
    two = Evidence(prints, parents={}, names={"P1": ["Gamma Testov"], "P2": ["Delta Testov"]})
    two.owners = {"gamma": {"P1"}, "delta": {"P2"}, "testov": {"P1", "P2"}}
    assert [two.find_name("P1", [p]) for p in ("X0001", "X0002", "X0003")] == ["named", None, None]


def test_a_lead_in_gives_a_role_only_where_the_passages_give_none() -> None:
    texts = {"X0001": "Judges of a town", "X0002": "A. Bcdov and C. Defov.", "X0003": "prosecutor: A. Bcdov; C. Defov"}
    prints = Prints.of(make_fingerprints(texts))
    evidence = Evidence(prints, parents={"X0002": ["X0001"], "X0003": ["X0001"]}, names={"O1": ["A. Bcdov"]})
    found = {
        (passage, above): evidence.find_value(["judge"], [passage], {"O1"}, above=above)
        for passage in ("X0002", "X0003")
        for above in (True, False)
    }
    assert found == {
        ("X0002", True): None, ("X0002", False): "does not stand in",
        ("X0003", True): None, ("X0003", False): "does not stand in",
    }  # fmt: skip


def test_another_text_makes_no_fingerprints(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = report.parent / "other.txt"
    other.write_text("Another text.\n", encoding="utf-8")
    before = (report / "data" / "parquet" / "fingerprints.parquet").read_bytes()
    assert fingerprint.main(["--source", str(other), "--root", str(report)]) == 2
    assert "its passages are not those of data/passages.csv" in capsys.readouterr().err
    assert (report / "data" / "parquet" / "fingerprints.parquet").read_bytes() == before
