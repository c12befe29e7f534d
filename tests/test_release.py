"""A release: the same bytes wherever and whenever it is made, every format the same rows, and a draft says so."""

import csv
import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from typing import Any

import frictionless
import pandas
import pyreadstat
import pytest
from fixture_package import artificial_rows, build_package
from openpyxl import load_workbook
from pyarrow import parquet
from released import DAY, MINISIGN, NAME, PUBLISHED, edition_of, write_documents
from withholding import chosen, leaks, plain, removed_values

from scripts import release, verify_release
from scripts.changelog_sections import NOT_YET
from scripts.memo import Memo
from scripts.outcome import Outcome
from scripts.package import ROOT, Package, arrow_schema, foreign_keys, load_package, read_table
from scripts.queries import check_queries
from scripts.releasing import placing
from scripts.releasing.analysis_files import analysis_files
from scripts.releasing.database import database_file
from scripts.releasing.document_links import with_living_links
from scripts.releasing.edition import Edition, release_date
from scripts.releasing.flat_tables import FOLDER
from scripts.releasing.labelled import variable_names
from scripts.releasing.made import Made
from scripts.releasing.spss import spss_file
from scripts.releasing.stata import stata_file
from scripts.withheld_package import withheld_files

DRAFT = "draft, not for publication"
NO_ROOM = {".csv", ".jsonl"}  # rows, which a mark would spoil
AS_THEY_ARE = {"LICENSE", "LICENSE-DATA", "SHA256SUMS", "SHA256SUMS.minisig"}
AS_THEY_ARE |= {"validation/report.json", "data/parquet/fingerprints.parquet"}


def arguments(folder: Path, keys: tuple[Path, Path] | None) -> list[str]:
    """How the program is asked for a release of an artificial package, which is written into a folder."""
    root = write_documents(build_package(folder / "package"))
    return ["--scope", "model", "--root", str(root), *(["--sign-key", str(keys[0])] if keys else [])]


def run_elsewhere(folder: Path, arguments: list[str], mask: int, **environment: str) -> int:
    """The exit code of the program in a process of its own, in a folder and under an environment of its own."""
    place = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    command = [sys.executable, "-m", "scripts.release", *arguments]
    settings = os.environ | environment | {"PYTHONPATH": place}
    return subprocess.run(command, cwd=folder, env=settings, umask=mask, check=False).returncode


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path] | None:
    """A throwaway key, secret and public; None where minisign is not installed."""
    if MINISIGN is None:
        return None
    folder = tmp_path_factory.mktemp("keys")
    secret, public = folder / "secret.key", folder / "public.key"
    subprocess.run([MINISIGN, "-G", "-W", "-s", secret, "-p", public], check=True, capture_output=True)
    return secret, public


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory, keys: tuple[Path, Path] | None) -> list[Path]:
    """The dist/ of two releases of one artificial package: two folders, one time after the other, two environments."""
    first, second = tmp_path_factory.mktemp("first"), tmp_path_factory.mktemp("second")
    elsewhere = {"TZ": "Asia/Almaty", "LC_ALL": "C", "PYTHONHASHSEED": "77"}
    assert run_elsewhere(second, arguments(second, keys), 0o077, **elsewhere) == 0
    assert release.main(arguments(first, keys)) == 0
    return [folder / "package" / "dist" for folder in (first, second)]


@pytest.fixture(scope="module")
def made(releases: list[Path]) -> Path:
    """The folder of one release, to be read only."""
    return releases[0] / NAME


@pytest.fixture(scope="module")
def package(made: Path) -> Package:
    """The artificial package that was released."""
    return load_package(made.parent.parent)


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of every file of a folder by path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# The same bytes


def test_two_releases_are_the_same_bytes(releases: list[Path]) -> None:
    first, second = (contents(folder) for folder in releases)
    assert [path for path in first if first[path] != second.get(path)] == []
    assert first.keys() == second.keys()
    assert {f"{NAME}.zip", f"{NAME}/SHA256SUMS"} < first.keys()
    modes = {path.stat().st_mode & 0o777 for dist in releases for path in (dist / NAME).rglob("*") if path.is_file()}
    assert modes == {0o644}


def test_every_date_is_the_versions(made: Path) -> None:
    day = (2027, 1, 31, 0, 0, 0)
    with zipfile.ZipFile(made.with_name(f"{NAME}.zip")) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {day}
        assert [entry.filename for entry in archive.infolist()] == sorted(f"{NAME}/{path}" for path in contents(made))
    assert load_workbook(made / "kz2018.xlsx", read_only=True).properties.created == datetime(*day)
    assert pyreadstat.read_dta(made / "stata" / "acts.dta")[1].creation_time == datetime(*day)
    assert pyreadstat.read_sav(made / "spss" / "acts.sav")[1].creation_time == datetime(*day)


def test_the_version_has_its_day_in_the_changelog(tmp_path: Path) -> None:
    shutil.copyfile(ROOT / "datapackage.json", tmp_path / "datapackage.json")
    found = load_package(tmp_path)
    days: dict[str, Any] = {}
    known = ("## 0.1.0 (2027-01-31)", f"## 0.1.0 ({NOT_YET})", "## 0.2.0 (2027-01-31)")
    headings = (*known, "## 0.1.0 (soon)", "## 0.1.0")
    for heading in headings:
        (tmp_path / "CHANGELOG.md").write_text(f"# Changelog\n\n{heading}\n", encoding="utf-8")
        try:
            days[heading] = release_date(found)
        except ValueError as error:
            days[heading] = str(error)
    assert days == {
        "## 0.1.0 (2027-01-31)": DAY,
        f"## 0.1.0 ({NOT_YET})": None,
        "## 0.2.0 (2027-01-31)": f"CHANGELOG.md has no heading `## 0.1.0 (YYYY-MM-DD)` or `## 0.1.0 ({NOT_YET})`",
        "## 0.1.0 (soon)": f"CHANGELOG.md: “## 0.1.0 (soon)” has no day such as 2026-12-01, nor “{NOT_YET}”",
        "## 0.1.0": "CHANGELOG.md: “## 0.1.0” is not read: write ## 0.1.0 (2026-12-01), each version once",
    }
    created = date.fromisoformat(found.descriptor["created"][:10])
    assert Edition(found, PUBLISHED, None, {}).stamp == created


# What is in it


def test_a_release_holds_every_table_in_every_format(made: Path, package: Package) -> None:
    tables = {resource["name"] for resource in package.csv_resources}
    formats = {"data": "csv", "parquet": "parquet", "jsonl": "jsonl", "stata": "dta", "spss": "sav"}
    for folder, ending in formats.items():
        assert {path.stem for path in (made / folder).glob(f"*.{ending}")} == tables
    assert {path.name for path in made.iterdir()} - set(formats) - {"SHA256SUMS.minisig"} >= {
        *("CHANGELOG.md", "LICENSE", "LICENSE-DATA", "README.md", "SHA256SUMS", "analysis", "datapackage.json"),
        *("kz2018.sqlite", "kz2018.xlsx", "metadata", "validation"),
    }
    assert (made / "data" / "parquet" / "fingerprints.parquet").read_bytes() == (
        package.root / "data" / "parquet" / "fingerprints.parquet"
    ).read_bytes()


def test_the_descriptors_know_their_files(made: Path, package: Package) -> None:
    for name, kept in (("datapackage.json", package.resources), ("parquet/datapackage.json", package.csv_resources)):
        file = made / name
        descriptor = json.loads(file.read_text(encoding="utf-8"))
        assert [resource["name"] for resource in descriptor["resources"]] == [resource["name"] for resource in kept]
        for resource in descriptor["resources"]:
            content = (file.parent / resource["path"]).read_bytes()
            assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
            assert resource.get("bytes", len(content)) == len(content)
            assert ("bytes" in resource) == resource["path"].endswith(".csv")
        assert frictionless.validate(str(file)).flatten(["title", "message"]) == []


def test_json_lines_are_typed(made: Path) -> None:
    assert (made / "jsonl" / "places.jsonl").read_text(encoding="utf-8").splitlines()[0] == (
        '{"place_id": "L0001", "name": "Sampleton", "place_type": "settlement", "geo_precision": "settlement", '
        '"country_code": "KZ", "admin1_code": "KZ-10", "latitude": 45.0, "longitude": 60.0, "geonames_id": 1, '
        '"name_2026": null}'
    )
    act = json.loads((made / "jsonl" / "acts.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert (act["date_start"], act["held_until"], act["is_next_day"]) == ("2018-03-03", "03:00", True)


def test_parquet_has_the_rows_of_the_csv(made: Path, package: Package) -> None:
    for resource in package.csv_resources:
        found = parquet.read_table(made / "parquet" / f"{resource['name']}.parquet")
        assert found.equals(read_table(package, resource["name"]).cast(arrow_schema(resource)))


def test_sqlite_has_tables_views_and_what_it_is(made: Path, package: Package) -> None:
    with closing(sqlite3.connect(made / "kz2018.sqlite")) as database:
        for resource in package.csv_resources:
            number = database.execute(f"SELECT count(*) FROM {resource['name']}").fetchone()[0]
            assert number == read_table(package, resource["name"]).num_rows
        others = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE name LIKE '%search%'")}
        assert others == set()
        assert database.execute("SELECT person_id, detentions FROM persons_detained").fetchall() == [("P0001", 1)]
        about = dict(database.execute("SELECT name, text FROM about WHERE name <> 'caveat'").fetchall())
        caveats = database.execute("SELECT count(*) FROM about WHERE name = 'caveat'").fetchone()[0]
    assert caveats == 5
    assert about == {
        "draft": DRAFT,
        "title": package.descriptor["title"],
        "version": "0.1.0",
        "released": "2027-01-31",
        "description": package.descriptor["description"],
        "source": package.descriptor["sources"][0]["title"],
        "source_url": package.descriptor["sources"][0]["path"],
        "license": "Creative Commons Attribution 4.0 International (the data)",
        "license_url": "https://creativecommons.org/licenses/by/4.0/",
        "cite_as": f"Kazakhstan 2018 contributors: {package.descriptor['title']}. Version 0.1.0 (2027-01-31). "
        f"Made from: {package.descriptor['sources'][0]['title']}.",
    }


def test_the_workbook_has_text_for_ids_and_dates_for_dates(made: Path, package: Package) -> None:
    book = load_workbook(made / "kz2018.xlsx")
    tables = [resource["name"] for resource in package.csv_resources]
    assert book.sheetnames == ["README", "codebook", *tables]
    head, first = ([cell.value for cell in row] for row in book["events"].iter_rows(max_row=2))
    assert dict(zip(head, first, strict=True)) == {
        "event_id": "E0001",
        "event_type": "rally",
        "title": "Rally",
        "date_start": datetime(2018, 3, 3),
        "date_end": datetime(2018, 3, 3),
        "date_precision": "day",
        "date_as_printed": "3 March 2018",
        "place_id": None,
        "parent_event_id": None,
        "case_id": None,
        "description": None,
    }
    codebook = [[cell.value for cell in row] for row in book["codebook"].iter_rows()]
    assert codebook[0] == ["table", "column", "title", "type", "unit", "meaning", "values", "required"]
    assert len(codebook) == 1 + sum(len(resource["schema"]["fields"]) for resource in package.csv_resources)
    assert codebook[1][:4] == ["persons", "person_id", "Person id", "string"]


def as_csv_cells(frame: pandas.DataFrame, columns: list[str]) -> list[list[str]]:
    """The cells of a frame that a statistics program's reader gave, as the CSV writes them."""
    return [[as_csv_cell(cell) for cell in row] for row in frame[columns].itertuples(index=False)]


def as_csv_cell(cell: Any) -> str:
    """A cell as the CSV writes it; what is true or false stays 1 or 0."""
    if cell is None or cell != cell:
        return ""
    return f"{cell:.15g}" if isinstance(cell, int | float) else str(cell)


def rows_for_statistics(file: Path, resource: dict[str, Any]) -> tuple[list[str], list[list[str]]]:
    """The columns and rows of a CSV, truth as 1 and 0."""
    with file.open(encoding="utf-8", newline="") as text:
        columns, *rows = list(csv.reader(text))
    numbers = {field["name"] for field in resource["schema"]["fields"] if field["type"] in ("integer", "number")}
    truths = {field["name"] for field in resource["schema"]["fields"] if field["type"] == "boolean"}

    def changed(column: str, cell: str) -> str:
        if column in truths and cell:
            return "1" if cell == "true" else "0"
        return f"{float(cell):.15g}" if column in numbers and cell else cell

    return columns, [[changed(c, cell) for c, cell in zip(columns, row, strict=True)] for row in rows]


def statistics_faults(folder: Path, package: Package) -> Iterator[str]:
    """The tables whose .dta or .sav does not hold the rows, titles and labels of the CSV and the descriptor."""
    readers = {"stata": (pyreadstat.read_dta, "dta"), "spss": (pyreadstat.read_sav, "sav")}
    for resource in package.csv_resources:
        name = resource["name"]
        columns, rows = rows_for_statistics(folder / "data" / f"{name}.csv", resource)
        titles = {field["name"]: field["title"] for field in resource["schema"]["fields"]}
        for place, (reader, ending) in readers.items():
            frame, about = reader(folder / place / f"{name}.{ending}")
            if as_csv_cells(frame, columns) != rows:
                yield f"{place}/{name}: rows"
            if {column: about.column_names_to_labels[column] for column in columns} != titles:
                yield f"{place}/{name}: titles"
            for coded in set(frame.columns) - set(columns):
                labels = about.variable_value_labels[coded]
                lists = {column: other for column, other, _ in foreign_keys(resource)}
                known = read_table(package, lists[coded.removesuffix("_n")]).select(["code", "label_en"]).to_pylist()
                right = {row["code"]: row["label_en"] for row in known}
                said = [labels[number] if number == number else None for number in frame[coded]]
                if said != [right.get(code) for code in frame[coded.removesuffix("_n")]]:
                    yield f"{place}/{name}: labels of {coded}"


def test_stata_and_spss_have_the_rows_of_the_csv(made: Path, package: Package) -> None:
    assert list(statistics_faults(made, package)) == []
    frame, about = pyreadstat.read_dta(made / "stata" / "acts.dta")
    assert [column for column in frame if column.endswith("_n")] == ["act_type_n"]
    assert list(frame["act_type_n"]) == [1, 3, 1, 2]  # detention, threat, detention, seizure
    assert about.variable_value_labels["is_next_day"] == {0: "no", 1: "yes"}
    assert frame["date_start"][0] == date(2018, 3, 3)


def test_a_long_text_is_whole_in_stata_and_spss(tmp_path: Path) -> None:
    rows = artificial_rows()
    rows["acts"][0]["description"] = "ж" * 3_000
    root = write_documents(build_package(tmp_path / "package", rows))
    edition = edition_of(root)
    for file in (made(edition, edition.package.resource("acts")) for made in (stata_file, spss_file)):
        (tmp_path / Path(file.path).name).write_bytes(file.content)
    for reader, name in ((pyreadstat.read_dta, "acts.dta"), (pyreadstat.read_sav, "acts.sav")):
        assert reader(tmp_path / name)[0]["description"][0] == "ж" * 3_000


def test_names_that_stata_or_spss_cannot_take_are_changed() -> None:
    long = "a" * 40
    assert variable_names(["name", "if", "STR12", "by", long, f"{long}b", "by_"]) == {
        "name": "name",
        "if": "if_",
        "STR12": "STR12_",
        "by": "by_",
        long: "a" * 32,
        f"{long}b": "a" * 30 + "_2",
        "by_": "by__2",
    }


FLAT = {
    "charges__one_row_per_case_person_and_provision": [
        {"charge_id": "C0001", "case_title": "Case of Testo Mockson", "person_name": "Testo Mockson"}
        | {"procedural_status": "accused", "provision": "Mock Code, art. 12, part 3", "cite": "1, p. 1"},
    ],
    "detentions__one_row_per_person_and_event": [
        {"person_id": "P0001", "event_title": "Rally in Sampleton", "event_basis": "stated", "detentions": "1"}
        | {"act_ids": "A0001", "place": "Sampleton", "answers": "denies (official)", "cite": "1, p. 1"},
    ],
    "official_roles__one_row_per_official_and_role": [
        {"official_role_id": "Q0001", "name_as_reported": "Dummy Fixturov", "case_id": "K0001"}
        | {"name_is_partial": "false", "institution": "Sampleton Court", "cite": "1, p. 1"},
        {"official_role_id": "Q0002", "name_as_reported": "A. Stubbs", "case_id": ""}
        | {"name_is_partial": "true", "institution": "Mock Police", "cite": "1, p. 1"},
    ],
    "penalties__one_row_per_penalty": [
        {"penalty_id": "N0001", "penalty_label": "A", "amount_kzt": "24050", "duration_days": "", "has_anomaly": "true"}
        | {"date_start": "2018-03-04", "decision_title": "", "cite": "1, p. 1"},
        {"penalty_id": "N0002", "penalty_label": "A", "amount_kzt": "", "duration_days": "10", "has_anomaly": "false"}
        | {"date_start": "2018-06-01", "decision_title": "Hearing", "cite": "1, p. 1"},
    ],
    "persons__one_row_per_person": [
        {"person_id": "P0001", "detentions": "1", "acts_completed": "2", "penalties": "1", "cases": "0"}
        | {"other_values": "age_as_printed: 47 (disputed, S0002)", "cite": "1, p. 1"},
        {"person_id": "P0002", "detentions": "0", "acts_completed": "0", "penalties": "1", "cases": "1"}
        | {"other_values": "", "cite": "1, p. 1"},
        {"person_id": "P0003", "detentions": "", "acts_completed": "", "penalties": "", "cases": ""}
        | {"other_values": "", "cite": ""},
    ],
}


def test_flat_tables(made: Path) -> None:
    found = {path.stem: list(csv.DictReader(path.open(encoding="utf-8"))) for path in (made / "analysis").glob("*.csv")}
    assert found.keys() == FLAT.keys()
    for name, rows in FLAT.items():
        assert [{column: row[column] for column in rows[0]} for row in found[name]] == rows
    readme = (made / "analysis" / "README.md").read_text(encoding="utf-8")
    for path in (made / "analysis").rglob("*.parquet"):
        stem = path.relative_to(made / "analysis").with_suffix("").as_posix()
        table = parquet.read_table(path)
        assert f"## {stem}\n\nOne row is " in readme
        assert f" {table.num_rows:,} rows.\n" in readme
        assert [f"| `{name}` | " in readme for name in table.column_names] == [True] * table.num_columns
        with path.with_suffix(".csv").open(encoding="utf-8", newline="") as file:
            head, *rows = list(csv.reader(file))
        assert (head, len(rows)) == (table.column_names, table.num_rows)
    assert "Left out: What was sought or could have been imposed." in readme


def test_a_withheld_person_is_an_id_in_every_flat_table(tmp_path: Path) -> None:
    """Even where rows of the person were left behind, which the gate refuses."""
    rows = artificial_rows()
    for person in rows["persons"][:2]:
        person |= {"is_withheld": "true", "description": "Leftover."}
    root = write_documents(build_package(tmp_path / "package", rows))
    edition = edition_of(root)
    made = analysis_files(edition, database_file(edition).content)
    flat = {f.path: f.content.decode() for f in made if f.path.endswith(".csv") and "/views/" not in f.path}
    assert len(flat) == 5
    lines = [line for text in flat.values() for line in text.split("\n")]
    left = ("Leftover", "Placeholder", "Mockson", "P0001", "P0002")
    assert [line for line in lines if any(word in line for word in left)] == [
        "P0001,withheld,,,,,,,,,,,,true,,,,,,,,,,,,,,",
        "P0002,withheld,,,,,,,,,,,,true,,,,,,,,,,,,,,",
    ]


def test_the_gate_reads_the_released_queries(tmp_path: Path) -> None:
    folder = tmp_path / "releasing" / "analysis"
    shutil.copytree(FOLDER, folder)
    assert check_queries(tmp_path, {}) == []
    (folder / "odd.sql").write_text("-- One row is a row.\nSELECT * FROM acts JOIN official_roles USING (event_id)\n")
    assert [(problem.path, problem.rule) for problem in check_queries(tmp_path, {})] == [
        ("scripts/releasing/analysis/odd.sql", "officials-meet-people-in-involvements")
    ]


# Documents


def test_a_draft_says_so_in_every_file_with_room(made: Path) -> None:
    silent = []
    for path in sorted(made.rglob("*")):
        where = path.relative_to(made).as_posix()
        if path.is_file() and path.suffix not in NO_ROOM and where not in AS_THEY_ARE and not says_draft(path):
            silent.append(where)
    assert silent == []
    with zipfile.ZipFile(made.with_name(f"{NAME}.zip")) as archive:
        assert archive.comment == DRAFT.encode()


def says_draft(path: Path) -> bool:
    """Whether a file says that it is a draft, where a reader of its format sees it."""
    if path.suffix == ".parquet":
        return parquet.read_schema(path).metadata.get(b"draft") == DRAFT.encode()
    if path.suffix == ".dta":
        return bool(pyreadstat.read_dta(path, metadataonly=True)[1].file_label.startswith(DRAFT))
    if path.suffix == ".sav":
        return bool(pyreadstat.read_sav(path, metadataonly=True)[1].file_label.startswith(DRAFT))
    if path.suffix == ".xlsx":
        first = next(load_workbook(path, read_only=True)["README"].iter_rows(values_only=True))
        return first[:2] == ("draft", DRAFT)
    if path.suffix == ".sqlite":
        with closing(sqlite3.connect(path)) as database:
            return database.execute("SELECT text FROM about WHERE name = 'draft'").fetchall() == [(DRAFT,)]
    return DRAFT in path.read_text(encoding="utf-8").casefold()


def test_a_published_release_says_nothing_of_a_draft(package: Package) -> None:
    files = release.made_files(edition_of(package.root, PUBLISHED), Outcome([]), "model")
    assert [path for path, content in files.items() if DRAFT.encode() in content.lower()] == []
    readme = files["README.md"].decode()
    assert "\nPublisher: Mock Archive. Contact: https://example.org/write.\n" in readme
    assert "\nVersion 0.1.0, 2027-01-31.\n" in readme
    assert "$" not in readme
    assert files["metadata/terms.md"].decode() == "# Terms of use\n\nSee [the log](corrections.csv).\n"


def test_no_link_leads_to_what_does_not_go_out(package: Package) -> None:
    text = "[a](../data/acts.csv) [b](../scripts/x.py#l) [c](https://example.org) [d](#here) [e](../../x)"
    file = Made("metadata/a.md", text.encode(), "A")
    kept = Made("data/acts.csv", b"", "Acts")
    draft = with_living_links(edition_of(package.root), [file, kept])[0].content.decode()
    published = with_living_links(edition_of(package.root, PUBLISHED), [file, kept])[0].content.decode()
    assert draft == "[a](../data/acts.csv) b [c](https://example.org) [d](#here) e"
    b = "[b](https://example.org/kz/blob/v0.1.0/scripts/x.py#l)"
    assert published == f"[a](../data/acts.csv) {b} [c](https://example.org) [d](#here) e"


# What makes none


def test_errors_and_stale_parquet_make_no_release(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = artificial_rows()
    rows["persons"][2]["surname"] = "Leftover"
    root = write_documents(build_package(tmp_path / "package", rows))
    (root / "data" / "parquet" / "events.parquet").write_bytes(b"old")
    assert release.main(["--root", str(root), "--scope", "model"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert "data/parquet/events.parquet:0:  stale-parquet  is not a Parquet file: run make build" in lines
    assert any(line.startswith("data/persons.csv:4:") and "  withheld-rows-hold-nothing  " in line for line in lines)
    assert "Leftover" not in "".join(lines)
    assert not (root / "dist").exists()


@pytest.mark.parametrize(
    ("gone", "said"),
    [
        ("CHANGELOG.md", "CHANGELOG.md"),
        ("metadata/project.json", "project.json"),
        ("datapackage.json", "datapackage.json"),
    ],
)
def test_what_a_release_needs(package: Package, tmp_path: Path, gone: str, said: str, capsys: Any) -> None:
    shutil.copytree(package.root, tmp_path / "package", ignore=shutil.ignore_patterns("dist"))
    (tmp_path / "package" / gone).unlink()
    assert release.main(["--root", str(tmp_path / "package")]) == 2
    printed = capsys.readouterr()
    assert (printed.out, printed.err.count("\n")) == ("", 1)
    assert printed.err.startswith("release: could not run: ")
    assert said in printed.err
    assert not (tmp_path / "package" / "dist").exists()


def test_a_release_is_put_in_place_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    placing.place(tmp_path, NAME, {"a/old.txt": b"old", "same.txt": b"one"}, b"zip one", DAY)
    write = placing.write

    def fail_at_the_zip(file: Path, content: bytes) -> None:
        if file.suffix == ".zip":
            raise OSError("the disk is full")
        write(file, content)

    monkeypatch.setattr(placing, "write", fail_at_the_zip)
    with pytest.raises(OSError, match="full"):
        placing.place(tmp_path, NAME, {"same.txt": b"two"}, b"zip two", DAY)
    monkeypatch.undo()
    before = {f"{NAME}/a/old.txt": b"old", f"{NAME}/same.txt": b"one", f"{NAME}.zip": b"zip one"}
    assert contents(tmp_path) == before
    placing.place(tmp_path, NAME, {"same.txt": b"two"}, b"zip two", DAY)
    assert contents(tmp_path) == {f"{NAME}/same.txt": b"two", f"{NAME}.zip": b"zip two"}
    assert sorted(path.name for path in tmp_path.iterdir()) == [NAME, f"{NAME}.zip"]


# The real package


@pytest.fixture(scope="module")
def real_flat_tables() -> dict[str, list[dict[str, str]]]:
    """The rows of the five flat tables of the real package by file."""
    edition = edition_of(ROOT)
    made = analysis_files(edition, database_file(edition).content)
    kept = [file for file in made if file.path.endswith(".csv") and "/views/" not in file.path]
    return {file.path: list(csv.DictReader(io.StringIO(file.content.decode()))) for file in kept}


def test_every_flat_row_says_where_it_stands(real_flat_tables: dict[str, list[dict[str, str]]]) -> None:
    filled = {path.split("/")[1].split("__")[0] for path, rows in real_flat_tables.items() if rows}
    assert filled == {"charges", "detentions", "official_roles", "penalties", "persons"}
    uncited = [row for rows in real_flat_tables.values() for row in rows if not row["cite"]]
    assert [row for row in uncited if row.get("is_withheld") != "true"] == []


def test_no_person_is_named_beside_an_official(real_flat_tables: dict[str, list[dict[str, str]]]) -> None:
    rows = next(rows for path, rows in real_flat_tables.items() if "official_roles" in path)
    own = {"name_as_reported", "institution"}
    text = plain(" ".join(cell for row in rows for column, cell in row.items() if column not in own))
    with (ROOT / "data" / "person_names.csv").open(encoding="utf-8", newline="") as file:
        spellings = {plain(row["name_as_printed"]) for row in csv.DictReader(file)}
    assert [spelling for spelling in spellings if " " in spelling and f" {spelling} " in f" {text} "] == []


@pytest.mark.long
def test_the_real_release(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert release.main(["--out", str(tmp_path)]) == 0
    package = load_package()
    folder = next(path for path in tmp_path.iterdir() if path.is_dir())
    assert verify_release.main([str(folder)]) == verify_release.main([f"{folder}.zip"]) == 0
    assert list(statistics_faults(folder, package)) == []
    for descriptor in ("datapackage.json", "parquet/datapackage.json"):
        assert frictionless.validate(str(folder / descriptor)).flatten(["title", "message"]) == []
    assert capsys.readouterr().out == ""


@pytest.mark.long
@pytest.mark.parametrize("mode", ["pseudonymise", "withdraw"])
def test_nothing_of_a_withheld_person_is_in_a_release(tmp_path: Path, mode: str, memo: Memo) -> None:
    root, person = tmp_path / "package", chosen()[0]
    kept = ("data", "validation", "metadata", "scripts")
    for part in kept:
        shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("datapackage.json", "README.md", "CHANGELOG.md", "LICENSE", "LICENSE-DATA", "CONTRIBUTING.md"):
        shutil.copyfile(ROOT / name, root / name)
    values = removed_values(root, person)
    lay_release(root, tmp_path / "before")
    before = {line.split(":")[0] for line in leaks(tmp_path / "before", values)}
    assert {Path(where.split(" ")[0].split("!")[0]).suffix for where in before} >= {
        *(".csv", ".parquet", ".jsonl", ".sqlite", ".xlsx", ".dta", ".sav"),
    }
    for path, content in withheld_files(root, person, mode, "2026-11", memo).items():
        if content is None:
            (root / path).unlink(missing_ok=True)
        else:
            (root / path).write_bytes(content)
    lay_release(root, tmp_path / "after")
    assert leaks(tmp_path / "after", values) == []


def lay_release(root: Path, out: Path) -> None:
    """Make a package's release without the gate, and put it in place."""
    files = release.made_files(edition_of(root), Outcome([]), "all")
    placing.place(out, NAME, files, placing.zip_bytes(NAME, files, DAY, ""), DAY)
