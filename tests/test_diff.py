"""`python -m scripts.diff`: what changed between two versions, and the version that it calls for."""

import copy
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fixture_package import Tables, artificial_rows, write_csvs
from hypothesis import given
from hypothesis import strategies as st

from scripts.change_comment import as_markdown, inert
from scripts.change_texts import as_json, as_text, dotted
from scripts.changes import compare
from scripts.diff import main
from scripts.differences import Changes, Version
from scripts.differences import Tables as Texts
from scripts.package import ROOT, foreign_keys, load_package
from scripts.versions import read_version

Change = Callable[[Tables], None]
FORMATS = ("text", "markdown", "json")


def write(folder: Path, rows: Tables, descriptor: dict[str, Any] | None = None) -> Path:
    """A folder with a descriptor and these rows, which need not pass the gate."""
    described = descriptor or load_package(ROOT).descriptor
    (folder / "data").mkdir(parents=True)
    (folder / "datapackage.json").write_text(json.dumps(described), encoding="utf-8")
    write_csvs(folder, described, rows)
    return folder


def between(folder: Path, change: Change, first: Change | None = None) -> Changes:
    """What a change of the artificial rows comes to; `first` changes the old version too."""
    before = artificial_rows()
    if first:
        first(before)
    after = copy.deepcopy(before)
    change(after)
    old, new = write(folder / "old", before), write(folder / "new", after)
    return compare(read_version(str(old)), read_version(str(new)))


def row(rows: Tables, table: str, row_id: str) -> dict[str, Any]:
    """The row with an id in its first column."""
    return next(r for r in rows[table] if next(iter(r.values())) == row_id)


def retire(rows: Tables, table: str, row_id: str, reason: str, successor: str = "") -> None:
    """Take a row out and leave its id in retired_ids."""
    rows[table].remove(row(rows, table, row_id))
    rows["retired_ids"].append(
        {"table_name": table, "row_id": row_id, "reason_code": reason, "successor_id": successor, "version": "0.2.0"}
    )


def described(change: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    """A changed copy of the descriptor."""
    descriptor = copy.deepcopy(load_package(ROOT).descriptor)
    change({r["name"]: r for r in descriptor["resources"]} | {"": descriptor})
    return descriptor


def field(tables: dict[str, Any], table: str, column: str) -> dict[str, Any]:
    """A column's description."""
    return next(f for f in tables[table]["schema"]["fields"] if f["name"] == column)


def test_the_same_inputs_change_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = str(write(tmp_path / "same", artificial_rows()))
    assert main([place, place]) == 0
    assert capsys.readouterr().out == "nothing changed\n"
    assert main([place, place, "--format", "markdown"]) == 0
    assert capsys.readouterr().out.startswith("### Nothing changed\n")
    assert main([place, place, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {key: found[key] for key in found.keys() - {"old", "new"}} == {
        "bump": "none", "version": "0.1.0", "rows": [], "columns": [], "figures": [], "reasons": [], "notes": [],
    }  # fmt: skip


def test_rows_cells_figures_and_the_version(tmp_path: Path) -> None:
    def change(rows: Tables) -> None:
        row(rows, "penalties", "N0001").update(amount_kzt=48100, amount_eur_as_printed="")
        row(rows, "acts", "A0003")["victims_max"] = 4
        rows["rights"].append({"right_id": "G0002", "name": "Right to mock"})
        rows["right_provisions"] = []
        rows["other_values"] = []
        row(rows, "reported_totals", "F0001")["counting_rule"] = "SELECT count(*) FROM acts"

    assert as_text(between(tmp_path, change)) == (
        "Rows\n"
        "  acts A0003  victims_max: 3 → 4\n"
        "  other_values W0001  removed\n"
        "  penalties N0001  amount_kzt: 24050 → 48100\n"
        "  penalties N0001  amount_eur_as_printed: 56 → (empty)\n"
        "  reported_totals F0001  counting_rule: SELECT count(*) FROM persons → SELECT count(*) FROM acts\n"
        "  right_provisions G0001/B0001  removed\n"
        "  rights G0002  added: right_id=G0002, name=Right to mock\n"
        "\n"
        "Published figures\n"
        "  acts_by_type detention/completed unnamed_persons_max: 3 → 4\n"
        "  detentions_by_event E0002 unnamed_persons_max: 3 → 4\n"
        "  fines_by_amount administrative_fine/24050 fines: 1 → none\n"
        "  fines_by_amount administrative_fine/24050 persons: 1 → none\n"
        "  fines_by_amount administrative_fine/48100 fines: none → 1\n"
        "  fines_by_amount administrative_fine/48100 persons: none → 1\n"
        "  stated_vs_counted F0001 counted_value: 3 → 4\n"
        "\n"
        "Version\n"
        "  these changes call for: major, 0.1.0 → 1.0.0; the new version says 0.1.0\n"
        "  major  other_values: 1 id removed\n"
        "  minor  rights: 1 row added\n"
        "  patch  acts: 1 cell changed\n"
        "  patch  penalties: 2 cells changed\n"
        "  patch  reported_totals: 1 cell changed\n"
        "  patch  right_provisions: 1 row without an id of its own taken out\n"
    )


def test_merged_and_withdrawn_rows_lead_on(tmp_path: Path) -> None:
    def change(rows: Tables) -> None:
        row(rows, "involvements", "V0002")["actor_as_reported"] = "the police"
        retire(rows, "attestations", "T0001", "merged", "T0002")
        retire(rows, "anomalies", "D0001", "withdrawn")
        rows["retired_ids"].append(
            {"table_name": "acts", "row_id": "A0099", "reason_code": "withdrawn", "version": "0.2.0"}
        )

    assert as_text(between(tmp_path, change)) == (
        "Rows\n"
        "  anomalies D0001  withdrawn\n"
        "  attestations T0001  merged into T0002\n"
        "  involvements V0002  actor_as_reported: police → the police\n"
        "  retired_ids A0099  added: table_name=acts, row_id=A0099, reason_code=withdrawn, version=0.2.0\n"
        "\n"
        "Version\n"
        "  these changes call for: major, 0.1.0 → 1.0.0; the new version says 0.1.0\n"
        "  major  anomalies: 1 id withdrawn\n"
        "  major  attestations: 1 id merged into others\n"
        "  minor  retired_ids: 1 row added\n"
        "  patch  involvements: 1 cell changed\n"
    )


def set_label(rows: Tables) -> None:
    row(rows, "act_types", "seizure")["label_ru"] = "Б"


def set_definition(rows: Tables) -> None:
    row(rows, "act_types", "seizure")["definition"] = "Another case."


def add_code(rows: Tables) -> None:
    rows["person_types"].append(row(rows, "person_types", "not_stated") | {"code": "journalist"})


def drop_code(rows: Tables) -> None:
    rows["act_types"].remove(row(rows, "act_types", "seizure"))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (set_label, "patch  act_types: 1 cell changed"),
        (set_definition, "major  act_types: 1 cell changed that say what a code means"),
        (add_code, "minor  person_types: 1 row added"),
        (drop_code, "major  act_types: 1 code removed"),
    ],
)
def test_codes_keep_their_meaning_or_the_version_says_so(tmp_path: Path, change: Change, reason: str) -> None:
    changes = between(tmp_path, change)
    assert [f"{r.bump}  {r.why}" for r in changes.reasons] == [reason]


CASES: list[tuple[str, Callable[[dict[str, Any]], None], list[str]]] = [
    ("title", lambda t: t[""].update(title="Another"), ["patch  package: the package's title changed"]),
    ("description", lambda t: field(t, "acts", "quantity").update(description="Other words."),
     ["patch  acts.quantity: its title, description or example changed"]),
    ("type", lambda t: field(t, "acts", "date_end").update(type="string"),
     ["major  acts.date_end: its type was date and is string"]),
    ("unit", lambda t: field(t, "persons", "age_as_printed").update(unit="months"),
     ["major  persons.age_as_printed: its unit was years and is months"]),
    ("enum less", lambda t: field(t, "responses", "response")["constraints"]["enum"].remove("updates"),
     ["major  responses.response: values removed: updates"]),
    ("enum more", lambda t: field(t, "responses", "response")["constraints"]["enum"].append("regrets"),
     ["minor  responses.response: values added: regrets"]),
    ("required", lambda t: field(t, "rights", "name")["constraints"].update(required=False),
     ["minor  rights.name: it may be empty now"]),
    ("limits", lambda t: field(t, "persons", "age_as_printed")["constraints"].update(maximum=130),
     ["patch  persons.age_as_printed: its pattern or limits changed"]),
    ("key", lambda t: t["retired_ids"]["schema"].update(primaryKey=["table_name", "row_id"]),
     ["major  retired_ids: the primary key changed: its rows have other ids"]),
    ("order", lambda t: t["rights"]["schema"]["fields"].reverse(),
     ["patch  rights: its columns stand in another order"]),
    ("pointer", lambda t: t["charges"]["schema"]["foreignKeys"].pop(),
     ["major  charges.provision_id: it points to other rows than before"]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "reasons"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_a_changed_descriptor_calls_for(
    tmp_path: Path, change: Callable[[dict[str, Any]], None], reasons: list[str]
) -> None:
    old = write(tmp_path / "old", artificial_rows())
    new = write(tmp_path / "new", artificial_rows(), described(change))
    changes = compare(read_version(str(old)), read_version(str(new)))
    told = [f"{c.bump}  {dotted(c.table, c.column)}: {c.what}" for c in changes.columns]
    assert told == reasons
    assert changes.bump == reasons[0].split()[0]


def test_columns_and_tables_added_removed_and_renamed(tmp_path: Path) -> None:
    def change(tables: dict[str, Any]) -> None:
        field(tables, "recommendations", "summary")["name"] = "request"
        fields = tables["rights"]["schema"]["fields"]
        fields.append({"name": "note", "type": "string", "title": "Note", "description": "A note."})
        fields = tables["anomalies"]["schema"]["fields"]
        fields.remove(field(tables, "anomalies", "resolution"))
        tables[""]["resources"].remove(tables["right_provisions"])
        extra = copy.deepcopy(tables["rights"]) | {"name": "extras", "path": "data/extras.csv"}
        tables[""]["resources"].append(extra)

    rows = artificial_rows()
    rows["extras"] = copy.deepcopy(rows["rights"])
    old = write(tmp_path / "old", artificial_rows())
    rows["recommendations"] = [{"recommendation_id": "M0001", "addressee": "Mock Senate", "request": "Ask why."}]
    rows["anomalies"] = [{k: v for k, v in r.items() if k != "resolution"} for r in rows["anomalies"]]
    new = write(tmp_path / "new", rows, described(change))
    assert as_text(compare(read_version(str(old)), read_version(str(new)))) == (
        "Rows\n"
        "  recommendations M0001  addressee: Mock Assembly → Mock Senate\n"
        "\n"
        "Tables and columns\n"
        "  anomalies.resolution: the column was removed\n"
        "  extras: the table was added, with 1 rows\n"
        "  recommendations.request: the column was renamed: it was summary\n"
        "  right_provisions: the table was removed, with 1 rows\n"
        "  rights.note: the column was added\n"
        "\n"
        "Version\n"
        "  these changes call for: major, 0.1.0 → 1.0.0; the new version says 0.1.0\n"
        "  major  anomalies.resolution: the column was removed\n"
        "  major  recommendations.request: the column was renamed: it was summary\n"
        "  major  right_provisions: the table was removed, with 1 rows\n"
        "  minor  extras: the table was added, with 1 rows\n"
        "  minor  rights.note: the column was added\n"
        "  patch  recommendations: 1 cell changed\n"
    )


WITHHELD = {
    "text": "Rows\n  persons: row withheld\n\nVersion\n  these changes call for: patch, 0.1.0 → 0.1.1; the new version "
    "says 0.1.0\n  patch  a row was withheld\n",
    "json": {
        "bump": "patch", "version": "0.1.1", "columns": [], "figures": [], "notes": [],
        "rows": [{"table": "persons", "row_id": "", "kind": "withheld", "cells": [], "into": ""}],
        "reasons": [{"bump": "patch", "why": "a row was withheld"}],
    },
    "markdown": "- **patch** a row was withheld\n\n#### Rows\n\n"
    "| row | column | old | new |\n| --- | --- | --- | --- |\n| <code>persons</code> |  | row withheld |  |\n",
}  # fmt: skip


def withhold(version: Version, person: str, withdraw: bool = False) -> Version:
    """The version without a person, as crudely as it can be done: every row that leads to the person goes."""
    tables: Texts = copy.deepcopy(version.tables)
    names = {r["name_as_printed"] for r in tables["person_names"].values() if r["person_id"] == person}
    names |= {tables["persons"][person]["name"]}
    gone = {("persons", person)}
    before = 0
    while before < len(gone):
        before = len(gone)
        for table, resource in version.resources().items():
            for row_id, cells in tables[table].items() if table != "retired_ids" else ():
                targets = {(other, cells[column]) for column, other, _ in foreign_keys(resource)}
                if targets & gone or (cells.get("table_name", ""), cells.get("row_id", "")) in gone:
                    gone.add((table, row_id))
    for table, row_id in sorted(gone):
        del tables[table][row_id]
        if "/" not in row_id:
            about = {"table_name": table, "row_id": row_id, "reason_code": "withheld", "successor_id": ""}
            tables["retired_ids"][row_id] = about | {"version": "0.1.1"}
    if not withdraw:
        del tables["retired_ids"][person]
        blank = dict.fromkeys(version.tables["persons"][person], "") | {"person_id": person, "name": "withheld"}
        kept = {"relation": "other_named", "person_type": "not_stated", "is_complainant": "false"}
        tables["persons"][person] = blank | kept | {"is_withheld": "true", "naming_basis": "withheld"}
    for rows in tables.values():
        for row_id, cells in rows.items():
            for name in sorted(names):
                cells = {column: cell.replace(name, "somebody") for column, cell in cells.items()}
            rows[row_id] = cells
    surname = version.tables["persons"][person]["surname"].casefold() or "nobody"
    for cells in [cells for rows in tables.values() for cells in rows.values()]:
        led = {column for column, cell in cells.items() if "://" in cell and surname in cell.casefold()}
        cells |= dict.fromkeys(led, "https://example.org/u/")
    for cells in tables["sources"].values():
        cells["author"] = "" if cells["author"].startswith("Emptied") else cells["author"]
    used = {r["passage_id"] for r in tables["citations"].values()} | {
        r["passage_id"] for r in tables["person_names"].values()
    }
    for passage in sorted({r["passage_id"] for r in version.tables["citations"].values()} - used - {""}):
        tables["passage_notes"][passage] = {"passage_id": passage, "coding": "context", "reason": "Holds nothing."}
    return Version(version.name, version.descriptor, tables)


@pytest.mark.parametrize("withdraw", [False, True])
def test_a_withheld_row_is_all_that_is_told(tmp_path: Path, withdraw: bool) -> None:
    def add(rows: Tables) -> None:
        row(rows, "events", "E0001")["title"] = "Rally of Exempla Placeholder"
        row(rows, "sources", "S0002")["title"] = "A note on Testo Mockson and A0002, N0002"
        row(rows, "provisions", "B0001")["title"] = "https://example.org/u/exempla_placeholder"
        row(rows, "recommendations", "M0001")["summary"] = "https://example.org/u/tmockson"
        row(rows, "sources", "S0001")["author"] = "Emptied with the rest"

    rows = artificial_rows()
    add(rows)
    old = read_version(str(write(tmp_path / "old", rows)))
    for person in ("P0001", "P0002"):
        changes = compare(old, withhold(old, person, withdraw))
        assert as_text(changes) == WITHHELD["text"]
        assert as_markdown(changes).partition("</code>\n\n")[2] == WITHHELD["markdown"]
        told = json.loads(as_json(changes))
        assert {key: told[key] for key in told.keys() - {"old", "new"}} == WITHHELD["json"]


def test_other_changes_are_shown_beside_a_withheld_row(tmp_path: Path) -> None:
    old = read_version(str(write(tmp_path / "old", artificial_rows())))
    new = withhold(old, "P0001")
    new.tables["recommendations"]["M0001"]["summary"] = "Ask how."
    new.tables["penalties"]["N0002"]["duration_value"] = "12"
    new.tables["officials"]["O0001"]["office"] = ""
    assert as_text(compare(old, new)) == (
        "Rows\n"
        "  officials O0001  office: judge → (empty)\n"
        "  penalties N0002  duration_value: 10 → 12\n"
        "  persons: row withheld\n"
        "  recommendations M0001  summary: Ask why. → Ask how.\n"
        "\n"
        "Version\n"
        "  these changes call for: patch, 0.1.0 → 0.1.1; the new version says 0.1.0\n"
        "  patch  a row was withheld\n"
        "  patch  officials: 1 cell changed\n"
        "  patch  penalties: 1 cell changed\n"
        "  patch  recommendations: 1 cell changed\n"
    )


def test_nothing_is_told_of_those_withheld_before(tmp_path: Path) -> None:
    def change(rows: Tables) -> None:
        row(rows, "persons", "P0003")["description"] = "A neighbour of somebody."
        rows["case_persons"].append({"case_id": "K0001", "person_id": "P0003", "procedural_status": "witness"})

    assert as_text(between(tmp_path, change)) == "nothing changed\n"


def check_withheld(people: list[str]) -> None:
    """Withholding any of these people of the real package prints the same."""
    real = read_version(str(ROOT))
    for number, person in enumerate(people):
        changes = compare(real, withhold(real, person, withdraw=number % 2 == 0))
        assert as_text(changes) == WITHHELD["text"].replace("0.1.0", str(real.descriptor["version"])), person


def test_withholding_a_real_person_prints_the_same_for_each_of_a_sample() -> None:
    check_withheld(sorted(read_version(str(ROOT)).tables["persons"])[::50])


@pytest.mark.long
def test_withholding_any_real_person_prints_the_same() -> None:
    check_withheld(sorted(read_version(str(ROOT)).tables["persons"]))


def in_git(folder: Path, *arguments: str) -> str:
    """Run git there, as nobody in particular."""
    someone = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    ran = subprocess.run(["git", *someone, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return ran.stdout.strip()


def zipped(folder: Path, file: Path, top: str) -> Path:
    """A .zip of a folder's files under `top`."""
    with zipfile.ZipFile(file, "w") as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, top + path.relative_to(folder).as_posix())
    return file


def test_folders_releases_and_revisions_are_read_alike(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = artificial_rows()
    repository = write(tmp_path / "repository", rows)
    in_git(repository, "init", "-q")
    in_git(repository, "add", ".")
    in_git(repository, "commit", "-q", "-m", "one")
    in_git(repository, "tag", "v1")
    nested = write(tmp_path / "release" / "mock-0.1.0", rows).parent
    places = [
        "v1", "HEAD", str(nested), str(nested / "mock-0.1.0"),
        str(zipped(repository, tmp_path / "flat.zip", "")), str(zipped(repository, tmp_path / "top.zip", "mock/")),
    ]  # fmt: skip
    row(rows, "rights", "G0001")["name"] = "Right to mock"
    new = str(write(tmp_path / "new", rows))
    for place in places:
        assert main([place, new, "--repository", str(repository)]) == 0
        out = capsys.readouterr().out
        assert "  rights G0001  name: Right to samples → Right to mock\n" in out
        assert out.endswith("\n  patch  rights: 1 cell changed\n")


def test_a_package_below_the_top_of_its_repository(tmp_path: Path) -> None:
    package = write(tmp_path / "repository" / "below", artificial_rows())
    in_git(package.parent, "init", "-q")
    in_git(package, "add", ".")
    in_git(package, "commit", "-q", "-m", "one")
    found = read_version("HEAD", package)
    assert found.name == f"HEAD ({in_git(package, 'rev-parse', 'HEAD')[:12]})"
    assert found.tables == read_version(str(package)).tables


def refused(old: str, new: str, capsys: pytest.CaptureFixture[str], *more: str) -> str:
    """The one line in which a comparison is refused."""
    assert main([old, new, *more]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1 and "Traceback" not in printed.err
    return printed.err.removeprefix("diff: could not run: ").strip()


def test_what_is_no_version_is_refused_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = str(write(tmp_path / "good", artificial_rows()))
    repository = Path(good)
    in_git(repository, "init", "-q")
    for place in ("nowhere", "--help-me", "HEAD", "HEAD:data", "a\nb"):
        told = refused(good, place, capsys, "--repository", good) if place[:1] != "-" else ""
        assert told in ("", f"{' '.join(place.split())} is no folder, no release (.zip) and no git revision of good")
    (tmp_path / "empty").mkdir()
    assert refused(str(tmp_path / "empty"), good, capsys) == f"{tmp_path}/empty: there is no datapackage.json"


def test_hostile_folders_are_refused_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = str(write(tmp_path / "good", artificial_rows()))

    def spoilt(name: str) -> Path:
        return write(tmp_path / name, artificial_rows())

    secret = tmp_path / "secret.csv"
    secret.write_text("right_id,name\nG0001,secret\n", encoding="utf-8")
    linked = spoilt("linked")
    (linked / "data" / "rights.csv").unlink()
    (linked / "data" / "rights.csv").symlink_to(secret)
    assert "data/rights.csv:0: file-odd this is a link" in refused(good, str(linked), capsys)
    described = spoilt("described")
    (described / "datapackage.json").unlink()
    (described / "datapackage.json").symlink_to(secret)
    assert "datapackage.json is no plain file" in refused(good, str(described), capsys)
    outside = spoilt("outside")
    text = (outside / "datapackage.json").read_text(encoding="utf-8")
    (outside / "datapackage.json").write_text(text.replace("data/rights.csv", "../secret.csv"), encoding="utf-8")
    assert "descriptor-path" in refused(good, str(outside), capsys)
    twice = artificial_rows()
    twice["rights"] *= 2
    told = refused(good, str(write(tmp_path / "twice", twice)), capsys)
    assert told.endswith("data/rights.csv: G0001 stands in more than one row")
    torn = spoilt("torn")
    (torn / "data" / "rights.csv").write_bytes(b"\xff\xfe\x00")
    assert "data/rights.csv cannot be read: data/rights.csv:" in refused(good, str(torn), capsys)
    nested = spoilt("nested")
    (nested / "datapackage.json").write_text("[" * 200_000, encoding="utf-8")
    assert "nested too deep" in refused(good, str(nested), capsys)


def test_hostile_archives_are_refused_in_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = write(tmp_path / "good", artificial_rows())

    def archive(name: str, files: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> str:
        with zipfile.ZipFile(tmp_path / name, "w", compression) as made:
            for path, content in files.items():
                made.writestr(path, content)
        return str(tmp_path / name)

    package = {p.relative_to(good).as_posix(): p.read_bytes() for p in sorted(good.rglob("*")) if p.is_file()}
    escaping = package | {"../data/rights.csv": b"x", "/tmp/x": b"x", "data/../../x.csv": b"x", "data\\x.csv": b"x"}
    assert main([str(good), archive("escaping.zip", escaping)]) == 0
    assert capsys.readouterr().out == "nothing changed\n"
    assert not (tmp_path / "data").exists() and not (tmp_path / "x.csv").exists()
    bomb = archive("bomb.zip", package | {"data/rights.csv": b"0" * 70_000_000}, zipfile.ZIP_DEFLATED)
    assert Path(bomb).stat().st_size < 1_000_000
    assert refused(str(good), bomb, capsys).startswith("bomb.zip: data/rights.csv is too large")
    many = archive("many.zip", {f"{n}": b"" for n in range(2_001)})
    assert refused(str(good), many, capsys) == "many.zip holds more than 2,000 files"
    none = archive("none.zip", {"a/b/datapackage.json": b"{}"})
    assert refused(str(good), none, capsys) == "none.zip holds no datapackage.json at its top or one folder down"
    two = archive("two.zip", {"a/datapackage.json": b"{}", "b/datapackage.json": b"{}"})
    assert "more than one datapackage.json" in refused(str(good), two, capsys)
    (tmp_path / "torn.zip").write_bytes(Path(bomb).read_bytes()[:-30])
    assert refused(str(good), str(tmp_path / "torn.zip"), capsys).startswith("torn.zip is no sound .zip")
    crc = bytearray((tmp_path / "escaping.zip").read_bytes())
    at = crc.index(b"Right to samples")
    crc[at : at + 5] = b"Wrong"
    (tmp_path / "crc.zip").write_bytes(crc)
    assert refused(str(good), str(tmp_path / "crc.zip"), capsys).startswith("crc.zip is no sound .zip")


def test_a_counting_rule_of_a_stranger_is_confined(tmp_path: Path) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    for number, rule in enumerate(["DROP TABLE persons", endless, "SELECT load_extension('x')", "SELECT random()"]):

        def change(rows: Tables, rule: str = rule) -> None:
            row(rows, "reported_totals", "F0001")["counting_rule"] = rule
            row(rows, "acts", "A0001")["completion"] = "attempted"

        changes = between(tmp_path / str(number), change)
        assert len(changes.notes) == 1
        assert changes.notes[0].startswith(f"figures: the counting rule of F0001 in {tmp_path / str(number) / 'new'} ")
        assert [(f.name, f.row, f.column, f.old, f.new) for f in changes.figures][:2] == [
            ("acts_by_type", "", "rows", "3", "4"),
            ("acts_by_type", "detention/attempted", "acts_named", None, "1"),
        ]


def test_rows_that_fit_no_database_are_compared_without_figures(tmp_path: Path) -> None:
    def change(rows: Tables) -> None:
        row(rows, "charges", "C0001")["person_id"] = "P7777"

    changes = between(tmp_path, change)
    assert as_text(changes) == (
        "Rows\n"
        "  charges C0001  person_id: P0002 → P7777\n"
        "\n"
        "Not compared\n"
        f"  figures: no database can be built of {tmp_path}/new: run validate on it\n"
        "\n"
        "Version\n"
        "  these changes call for: patch, 0.1.0 → 0.1.1; the new version says 0.1.0\n"
        "  patch  charges: 1 cell changed\n"
    )


HOSTILE = (
    "| <img src=x> `code` @everyone #1 [a](https://b.example) ![c](d) *e* _f_ ~g~ http://h www.i &amp; \\ <!-- -->"
)


def test_markdown_holds_nothing_of_a_strangers_but_text(tmp_path: Path) -> None:
    def change(rows: Tables) -> None:
        row(rows, "rights", "G0001")["name"] = HOSTILE
        row(rows, "recommendations", "M0001")["addressee"] = "@admin"

    written = as_markdown(between(tmp_path, change))
    assert "| <code>recommendations M0001</code> | <code>addressee</code> | <code>Mock Assembly</code> | " in written
    assert "<code>&#64;&#8288;admin</code> |\n" in written
    lines = [line for line in written.split("\n") if "G0001" in line]
    assert len(lines) == 1 and lines[0].count("|") == 5
    rest = lines[0].replace("<code>", "").replace("</code>", "").replace("&#", "")
    assert not set("<>`@[]*_~!\\:.#/").intersection(rest)


@given(st.text(max_size=40))
def test_no_text_reaches_markdown_as_more_than_text(text: str) -> None:
    assert re.fullmatch(r"(?:[^\W\d_]|[0-9 ,;=?%()\-“”’…→–—]|&#\d+;)*", inert(text))


def test_long_lists_are_capped_with_the_exact_number_left_out(tmp_path: Path) -> None:
    def change(rows: Tables) -> None:
        rows["provisions"] += [
            {"provision_id": f"B{n:04}", "instrument": "<" * 200, "jurisdiction": "KZ"} for n in range(2, 1002)
        ]
        for number in range(2, 402):
            rows["rights"].append({"right_id": f"G{number:04}", "name": f"Right {number}"})

    changes = between(tmp_path, change)
    written = as_markdown(changes)
    assert len(written) < 65_536
    shown = len(re.findall(r"^\| <code>(?:provisions|rights) ", written, re.MULTILINE))
    assert f"\n\n… and {1_400 - shown:,} more, which the text and JSON forms have." in written
    assert as_text(changes).count(" added: ") == 1_400


def test_the_output_is_the_same_each_time(tmp_path: Path) -> None:
    rows = artificial_rows()
    old = str(write(tmp_path / "old", rows))
    rows["acts"] = [r for r in rows["acts"] if r["act_id"] != "A0004"]
    row(rows, "persons", "P0002")["description"] = "Another."
    new = str(write(tmp_path / "new", rows))
    for name in FORMATS:
        runs = {
            subprocess.run(
                [sys.executable, "-m", "scripts.diff", old, new, "--format", name],
                cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": seed}, check=True, capture_output=True,
            ).stdout
            for seed in ("1", "2")
        }  # fmt: skip
        assert len(runs) == 1
        assert b"A0004" in runs.pop()


def test_contributing_names_the_rule() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert "scripts.diff" in text.partition("## Versions")[2]
