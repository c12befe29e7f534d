"""`python -m scripts.agreement` and `measure`, on two small invented codings and on this repository's."""

import csv
from pathlib import Path

import pytest

from scripts import agreement, measure
from scripts.marked import with_block
from scripts.matching import match
from scripts.package import ROOT
from scripts.second_coding import FOLDER, KEYS, read_rows

PASSAGES = """passage_id,section,first_line,last_line
X0001,2.1,1,3
X0002,3.1 A,5,6
X0003,5,8,9
"""
HEADS = {
    "acts": "unit,person,victim_scope,act_type,completion,assertion,date_start,date_precision,held_until,hours_min,"
    "quantity,actor_kind,target_person,lines",
    "penalties": "unit,person,penalty_type,duration_value,duration_unit,amount_kzt,date_start,date_precision,status,"
    "is_suspended,relation_to_ban,lines",
    "charges": "unit,person,article,part,status,years_sought,max_years_stated,lines",
    "official_roles": "unit,official,role,participation,basis,date_start,place,case,lines",
}
ROWS = {
    ("first", "acts"): [
        "A1,P1,person,detention,completed,stated,2019-03-03,day,,,,unnamed_state_agent,,X0001",
        "A2,P1,person,threat,threatened,alleged,,,,,,,,X0002",
        "A3,P2,person,detention,completed,stated,2019-03-03,day,,5,,,,X0001",
        "A4,,unnamed_group,detention,completed,stated,,,,,,,,X0003",
        "A5,,unnamed_person,search,completed,stated,,,,,,,,X0002",
    ],
    ("second", "acts"): [
        "b1,P1,person,detention,completed,stated,2019-03-03,day,,,,unnamed_state_agent,,2",
        "b2,P1,person,prosecution,threatened,alleged,,,,,,,,5",
        "b3,P2,person,detention,completed,stated,2019-03-03,day,,5.0,,,,1 6",
        "b4,P3,person,detention,completed,stated,,,,,,,,5",
    ],
    ("first", "penalties"): ["N1,P1,fine,,,1000,,unknown,imposed,,not_said,X0001"],
    ("second", "penalties"): ["p1,P1,fine,,,1000.0,,unknown,imposed,true,not_said,2"],
    ("first", "charges"): ["C1,P1,12,1,charged,,9,X0001"],
    ("second", "charges"): ["c1,P1,12,1,charged,,9,6"],
    ("first", "official_roles"): ["Q1,K. Standin,judge,acted,case_file_listing,,,Alfa Example,X0001"],
    ("second", "official_roles"): ["r1,Standin K.,judge,acted,case_file_listing,,,Alfa Example,2"],
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with two codings and the marks of a methodology."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "passages.csv").write_text(PASSAGES)
    for (coder, table), rows in ROWS.items():
        folder = tmp_path / "validation" / "double_coding" / "round-3" / coder
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{table}.csv").write_text("\n".join([HEADS[table], *rows]) + "\n")
    (tmp_path / "metadata").mkdir()
    (tmp_path / "metadata" / "methodology.md").write_text("<!-- agreement:begin -->\n<!-- agreement:end -->\n")
    return tmp_path


def test_units_are_matched_and_compared(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert agreement.main(["--root", str(root)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[2:6] == [
        "| `acts` | 4 | 4 | 3 | 1 | 1 | 60.0 % |",
        "| `penalties` | 1 | 1 | 1 | 0 | 0 | 100.0 % |",
        "| `charges` | 1 | 1 | 1 | 0 | 0 | 100.0 % |",
        "| `official_roles` | 1 | 1 | 1 | 0 | 0 | 100.0 % |",
    ]
    assert "| `acts.act_type` | 3 | 2 | 0.444 |" in lines  # 1 - (2 / 6) / (1 - 4 * 3 / 30)
    assert "| `acts.hours_min` | 3 | 3 | 1.000 |" in lines
    assert "| `acts.quantity` | 3 | 3 | one value only |" in lines
    assert "| `penalties.is_suspended` | 1 | 0 | 0.000 |" in lines


def test_units_that_differ_are_listed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert agreement.main(["--root", str(root), "--units"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "acts A2 b2 act_type: “threat” / “prosecution”",
        "acts A5 only first",
        "acts b4 only second",
        "penalties N1 p1 is_suspended: “” / “true”",
    ]


def test_a_missing_coding_stops_with_one_line(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "validation" / "double_coding" / "round-3" / "second" / "charges.csv").unlink()
    assert agreement.main(["--root", str(root)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_most_alike_are_paired_first() -> None:
    acts = [
        dict(zip(HEADS["acts"].split(","), row.split(","), strict=True))
        for row in (
            "A1,P1,person,threat,threatened,alleged,,,,,,,,X0001",
            "A2,P1,person,detention,completed,stated,2019-03-03,day,,,,,,X0001",
        )
    ]
    found = match("acts", acts, [acts[1] | {"unit": "b1"}], lambda unit: {unit["lines"]})
    assert [(a["unit"], b["unit"]) for a, b in found.pairs] == [("A2", "b1")]
    assert [unit["unit"] for unit in found.only_first] == ["A1"]


def test_measure_writes_a_block_and_notices_when_it_is_stale(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert measure.main(["--root", str(root), "--only", "agreement", "--check"]) == 1
    assert capsys.readouterr().out == (
        "metadata/methodology.md:0:  stale-document  its measured tables are not current: run make measure\n"
    )
    assert measure.main(["--root", str(root), "--only", "agreement"]) == 0
    assert "| `acts` | 4 | 4 | 3 | 1 | 1 | 60.0 % |" in (root / "metadata" / "methodology.md").read_text()
    assert measure.main(["--root", str(root), "--only", "agreement", "--check"]) == 0
    assert measure.main(["--root", str(root)]) == 2


def test_marks_amiss_are_named() -> None:
    with pytest.raises(ValueError, match=r"a\.md needs <!-- x:begin --> and <!-- x:end -->, once each"):
        with_block("<!-- x:end --><!-- x:begin -->", Path("a.md"), "x", "")


@pytest.mark.parametrize("number", agreement.ROUNDS)
def test_every_difference_of_the_two_codings_is_adjudicated(number: int) -> None:
    path = ROOT / "validation" / "double_coding" / f"round-{number}" / "adjudications.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    decided = {(row["table_name"], row["first_unit"], row["second_unit"], row["variable"]) for row in rows}
    found = set()
    for line in agreement.differences(agreement.matchings(ROOT, number)):
        table, first, *rest = line.split()
        if rest[0] == "only":
            found.add((table, *((first, "") if rest[1] == "first" else ("", first)), "unit"))
        else:
            found.add((table, first, rest[0], rest[1].rstrip(":")))
    about_rows = {
        (row["table_name"], row["first_unit"], row["second_unit"], row["variable"]) for row in rows if row.get("row_id")
    }  # round 3 also has where both coders differ from the rows
    assert found <= decided
    assert decided - found <= about_rows | {key for key in decided if key[3] == "unit" and key[2]}
    assert all(row["decision"] in ("first", "second", "both", "neither") and row["reason"] for row in rows)


def test_every_unit_of_the_second_coder_is_a_row_or_decided_not_to_be() -> None:
    folder = ROOT / FOLDER
    paired = {(row["table_name"], row["second_unit"]) for row in read_rows(folder / "pairs.csv")}
    absent = {
        (row["table_name"], row["second_unit"])
        for row in read_rows(folder / "adjudications.csv")
        if row["variable"] == "unit" and row["decided_value"] == "absent"
    }
    units = {(table, row["unit"]) for table in KEYS for row in read_rows(folder / "second" / f"{table}.csv")}
    assert paired <= units
    assert units - paired <= absent
    assert not paired & absent


@pytest.mark.parametrize("table", ["first-round", "second-round", "agreement", "attack"])
def test_the_measured_tables_are_current(table: str) -> None:
    assert measure.main(["--check", "--only", table]) == 0


@pytest.mark.long
def test_the_measured_chances_are_current() -> None:
    assert measure.main(["--check"]) == 0
