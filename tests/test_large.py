"""Builds that stream: packages of any size as Parquet in partitions, and as SQLite, whole or as counts and a sample."""

import csv
import hashlib
import json
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest
from pyarrow import parquet

from scripts import bench_first_pages, build_parquet, build_sqlite, synthesize, validate
from scripts.build_parquet import described_schema
from scripts.large import parquet_package
from scripts.large.files import read_list
from scripts.package import ROOT, load_package, primary_key, read_table

DUCKDB = ["--engine", "duckdb"]
Cells = dict[str, str]


def changed(root: Path, table: str, number: int, **cells: str) -> Cells:
    """Change cells of one row of a CSV; the row."""
    file = root / "data" / f"{table}.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    rows[number] |= cells
    with file.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return rows[number]


@pytest.fixture(scope="module")
def synthetic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A synthetic package of CSV."""
    root = tmp_path_factory.mktemp("synthetic") / "package"
    assert synthesize.main(["--rows", "2000", "--out", str(root), "--format", "csv"]) == 0
    return root


@pytest.fixture
def package(synthetic: Path, tmp_path: Path) -> Path:
    """A copy of the synthetic package."""
    return Path(shutil.copytree(synthetic, tmp_path / "package"))


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def typed(root: Path, table: str) -> list[dict[str, Any]]:
    """The rows of a table of CSV, as the build in memory reads them, by key."""
    package = load_package(root)
    key = [(column, "ascending") for column in primary_key(package.resource(table))]
    return list(read_table(package, table).sort_by(key).to_pylist())


# Parquet


def test_parquet_holds_the_rows_and_descriptions_of_the_package_by_year_and_country(
    synthetic: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert build_parquet.main(["--root", str(synthetic), *DUCKDB, "--out", str(out), "--memory", "300MB"]) == 0
    package = load_package(synthetic)
    countries = {place["place_id"]: place["country_code"] for place in typed(synthetic, "places")}
    folders = {
        event["event_id"]: f"year={event['date_start'].year if event['date_start'] else 'unknown'}"
        f"/country={countries.get(event['place_id'], 'unknown')}"
        for event in typed(synthetic, "events")
    }
    listed = read_list(out)
    for resource in package.csv_resources:
        table = resource["name"]
        files = [file for file in listed if file.table_name == table]
        rows = []
        for file in files:
            found = parquet.ParquetFile(out / file.path)
            assert found.schema_arrow.equals(described_schema(package, resource), check_metadata=True)
            of_file = found.read().to_pylist()
            if table in ("acts", "events"):
                assert {folders[row["event_id"]] for row in of_file} == {file.path.split("/", 2)[2].rpartition("/")[0]}
            rows += of_file
        key = primary_key(resource)
        assert sorted(rows, key=lambda row: [row[c] for c in key]) == typed(synthetic, table)
    for file in listed:
        content = (out / file.path).read_bytes()
        assert (file.bytes, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert {file.path for file in listed} == {path for path in contents(out) if path.endswith(".parquet")}
    assert len([file for file in listed if file.table_name == "acts"]) > 20


def test_rows_without_event_or_place_stand_under_unknown(package: Path) -> None:
    changed(package, "acts", 0, event_id="", event_basis="")
    event = changed(package, "events", 1, place_id="")
    assert build_parquet.main(["--root", str(package), *DUCKDB]) == 0
    folder = package / "build" / "parquet" / "data"
    unknown = parquet.ParquetFile(folder / "acts" / "year=unknown" / "country=unknown" / "acts.parquet").read()
    assert [act["act_id"] for act in unknown.to_pylist() if act["event_id"] is None] == ["A00001"]
    year = event["date_start"][:4]
    dated = parquet.ParquetFile(folder / "events" / f"year={year}" / "country=unknown" / "events.parquet").read()
    assert [row["event_id"] for row in dated.to_pylist()] == ["E00002"]


def verdict(root: Path, report: Path) -> set[tuple[str, str, str, str]]:
    """What the gate finds: table, row id, column, rule."""
    validate.main(["--root", str(root), *DUCKDB, "--scope", "model", "--report", str(report)])
    names = {resource["path"]: resource["name"] for resource in load_package(root).resources}
    problems = json.loads(report.read_text(encoding="utf-8"))
    return {(names[p["path"]], p["row_id"], p["column"], p["rule"]) for p in problems}


def test_the_gate_says_the_same_of_what_was_built(package: Path, tmp_path: Path) -> None:
    changed(package, "acts", 3, act_type="no_such_type", hours_min="9", hours_max="8")
    changed(package, "acts", 5, person_id="P99999")
    changed(package, "official_names", 1, official_id="O00099")
    changed(package, "citations", 7, row_id="A99999")
    assert build_parquet.main(["--root", str(package), *DUCKDB]) == 0
    before = verdict(package, tmp_path / "before.json")
    assert len({rule for *_, rule in before}) > 4
    assert verdict(package / "build" / "parquet", tmp_path / "after.json") == before


def test_parquet_of_parquet_is_the_same_bytes(package: Path, tmp_path: Path) -> None:
    assert build_parquet.main(["--root", str(package), *DUCKDB]) == 0
    first, second = package / "build" / "parquet", tmp_path / "again"
    assert build_parquet.main(["--root", str(first), *DUCKDB, "--out", str(second)]) == 0
    assert contents(first) == contents(second)


def test_a_cell_that_does_not_fit_is_told_and_the_old_folder_stays(
    package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = ["--root", str(package), *DUCKDB]
    assert build_parquet.main(root) == 0
    before = contents(package / "build")
    changed(package, "acts", 1, date_start="10 May", act_id="A00002")
    changed(package, "persons", 2, name="")
    capsys.readouterr()
    assert build_parquet.main(root) == 1
    assert build_sqlite.main(root) == 1
    lines = [
        "data/acts.csv:0:date_start  cell-type  “10 May” is not a date: write YYYY-MM-DD, such as 2018-05-10",
        "data/persons.csv:0:name  required  the cell is empty: this column is always filled (row P00003)",
    ]
    told = capsys.readouterr().out.splitlines()
    assert [line.split("  ")[:2] for line in told] == [line.split("  ")[:2] for line in lines] * 2
    assert told[1] == lines[1]
    assert contents(package / "build") == before


def test_what_is_stopped_leaves_the_old_folder_and_what_is_killed_goes_with_the_next_run(
    package: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = ["--root", str(package), *DUCKDB]
    killed = package / "build" / ".parquet.draft" / "data"
    killed.mkdir(parents=True)
    assert build_parquet.main(root) == 0
    before = contents(package / "build")

    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    changed(package, "persons", 2, description="Another.")
    monkeypatch.setattr(parquet_package, "write_list", stop)
    assert build_parquet.main(root) == 2
    assert capsys.readouterr().err.splitlines()[-1] == "build_parquet: could not run: it was stopped"
    assert contents(package / "build") == before
    monkeypatch.undo()
    assert build_parquet.main(root) == 0
    assert [path.name for path in (package / "build").iterdir()] == ["parquet"]
    assert contents(package / "build") != before


REFUSED: list[tuple[Any, list[str], str]] = [
    (build_parquet, ["--out", "{root}/data/new"], "{root}/data/new: the package is never written into its own data"),
    (build_parquet, ["--out", "{root}"], "{root}: the package is never written into its own data"),
    (build_parquet, ["--out", "{root}/validation"], "{root}/validation holds other things: name an empty folder"),
    (build_parquet, ["--out", "{root}/datapackage.json"], "{root}/datapackage.json is no folder"),
    (build_parquet, ["--temp", "{root}/none"], "{root}/none is no folder"),
    (build_parquet, ["--memory", "much"], "Parser Error: "),
    (build_parquet, ["--check"], "--check is for the engine arrow alone"),
    (build_parquet, ["--root", "{root}/data"], "the package cannot be read: "),
    (build_parquet, ["--engine", "arrow", "--memory", "1GB"], "--memory is for --engine duckdb alone"),
    (build_sqlite, ["--engine", "arrow", "--full"], "--full is for --engine duckdb alone"),
    (build_sqlite, ["--most", "0"], "--most is 1 or more"),
]


@pytest.mark.parametrize(("program", "options", "why"), REFUSED)
def test_what_cannot_be_built_is_refused_in_one_line(
    synthetic: Path, program: Any, options: list[str], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(synthetic.rglob("*"))
    asked = [option.format(root=synthetic) for option in options]
    capsys.readouterr()
    assert program.main(["--root", str(synthetic), *DUCKDB, *asked]) == 2
    name = program.__name__.rpartition(".")[2]
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith(f"{name}: could not run: {why.format(root=synthetic)}")
    assert sorted(synthetic.rglob("*")) == before


# SQLite: all rows


def test_sqlite_below_the_bound_is_what_the_build_in_memory_makes(tmp_path: Path) -> None:
    """Of this package itself, to the byte."""
    root = tmp_path / "package"
    shutil.copytree(ROOT / "data", root / "data")
    shutil.copytree(ROOT / "validation", root / "validation")
    shutil.copyfile(ROOT / "datapackage.json", root / "datapackage.json")
    assert build_parquet.main(["--root", str(root)]) == 0
    assert build_sqlite.main(["--root", str(root), "--out", str(tmp_path / "memory.db")]) == 0
    assert build_sqlite.main(["--root", str(root), *DUCKDB]) == 0
    with (
        closing(sqlite3.connect(tmp_path / "memory.db")) as one,
        closing(sqlite3.connect(root / "build/kz2018.db")) as two,
    ):
        master = "SELECT type, name, sql FROM sqlite_master ORDER BY rowid"
        assert one.execute(master).fetchall() == two.execute(master).fetchall()
        for (table,) in one.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall():
            rows = f'SELECT * FROM "{table}"'
            assert one.execute(rows).fetchall() == two.execute(rows).fetchall(), table
    assert (tmp_path / "memory.db").read_bytes() == (root / "build/kz2018.db").read_bytes()


def test_full_holds_all_rows_above_the_bound(package: Path) -> None:
    assert build_sqlite.main(["--root", str(package), *DUCKDB, "--full", "--most", "100"]) == 0
    with closing(sqlite3.connect(package / "build" / "kz2018.db")) as database:
        for resource in load_package(package).csv_resources:
            columns = ", ".join(primary_key(resource))
            rows = [tuple(row[c] for c in primary_key(resource)) for row in typed(package, resource["name"])]
            assert database.execute(f"SELECT {columns} FROM {resource['name']}").fetchall() == rows
        names = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
        assert {"acts_flat", "acts_by_type"} < names
        assert not {"search", "counted_totals", "stated_vs_counted", "files"} & names


def test_rows_that_break_keys_are_told_and_the_old_database_stays(
    package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = package / "build" / "kz2018.db"
    old.parent.mkdir()
    old.write_bytes(b"the old one")
    changed(package, "acts", 3, act_id="A00003")
    changed(package, "acts", 5, person_id="P99999")
    changed(package, "cases", 1, case_type="odd")
    for more in ([], ["--full"]):
        assert build_sqlite.main(["--root", str(package), *DUCKDB, *more]) == 1
        lines = capsys.readouterr().out.splitlines()
        assert lines[0] == "data/acts.csv:0:  constraint  A00003: UNIQUE constraint failed: acts.act_id"
        assert "data/acts.csv:0:person_id  foreign-key  A00006: persons has no row P99999" in lines
        assert any(line.startswith("data/cases.csv:0:  constraint  K00002: CHECK constraint failed") for line in lines)
        assert sorted(path.name for path in old.parent.iterdir()) == ["kz2018.db", "parquet"]
        assert old.read_bytes() == b"the old one"


# SQLite: counts and a sample


def chosen_by_hand(root: Path, one_in: int) -> list[str]:
    """The persons of a sample."""
    return [
        person["person_id"]
        for person in typed(root, "persons")
        if not person["is_withheld"]
        and int(hashlib.md5(person["person_id"].encode()).hexdigest()[:8], 16) % one_in == 0
    ]


@pytest.fixture(scope="module")
def part(synthetic: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, sqlite3.Connection]]:
    """A package and its database of counts and a sample, where a chosen person's act names a withheld person."""
    root = Path(shutil.copytree(synthetic, tmp_path_factory.mktemp("part") / "package"))
    chosen = chosen_by_hand(root, 10)[0]
    withheld = next(p["person_id"] for p in typed(root, "persons") if p["is_withheld"])
    act = next(n for n, act in enumerate(typed(root, "acts")) if act["person_id"] == chosen)
    changed(root, "acts", act, target_person_id=withheld, relation_to_target="wife")
    changed(root, "responses", 3, table_name="persons", row_id=withheld)
    changed(root, "person_names", 0, person_id=withheld)
    assert build_sqlite.main(["--root", str(root), *DUCKDB, "--most", "4000"]) == 0
    with closing(sqlite3.connect(root / "build" / "kz2018.db")) as database:
        yield root, database


def test_counts_are_those_of_the_parquet_files(part: tuple[Path, sqlite3.Connection]) -> None:
    root, database = part
    data = root / "build" / "parquet" / "data"

    def of_parquet(sql: str) -> list[tuple[Any, ...]]:
        tables = {
            t: f"read_parquet('{data}/{t}/**/*.parquet', hive_types_autocast = false)" for t in ("acts", "events")
        }
        tables |= {t: f"'{data}/{t}.parquet'" for t in ("persons", "penalties", "responses")}
        return duckdb.sql(sql.format(**tables)).fetchall()

    of = "year, country_code, act_type, completion, assertion, victim_scope, event_basis"
    expected = of_parquet(
        "SELECT year, country, act_type, completion, assertion, victim_scope, event_basis, count(*)"
        " FROM {acts} GROUP BY ALL ORDER BY ALL"
    )
    assert (
        database.execute(f"SELECT {of}, sum(acts) FROM counted_acts GROUP BY {of} ORDER BY {of}").fetchall() == expected
    )
    expected = of_parquet(
        "SELECT year, country, act_type, completion, count(DISTINCT person_id) FROM {acts}"
        " JOIN (SELECT person_id FROM {persons} WHERE NOT is_withheld) USING (person_id) GROUP BY ALL ORDER BY ALL"
    )
    persons = "SELECT year, country_code, act_type, completion, persons FROM counted_persons ORDER BY 1, 2, 3, 4"
    assert database.execute(persons).fetchall() == expected
    expected = of_parquet(
        "SELECT year, country, event_type, CAST(parent_event_id IS NOT NULL AS INTEGER), count(*) FROM {events}"
        " GROUP BY ALL ORDER BY ALL"
    )
    events = "SELECT year, country_code, event_type, is_part, events FROM counted_events ORDER BY 1, 2, 3, 4"
    assert database.execute(events).fetchall() == expected
    expected = of_parquet("SELECT penalty_type, status, count(*) FROM {penalties} GROUP BY ALL ORDER BY ALL")
    penalties = "SELECT penalty_type, status, sum(penalties) FROM counted_penalties GROUP BY 1, 2 ORDER BY 1, 2"
    assert database.execute(penalties).fetchall() == expected
    expected = of_parquet(
        "SELECT table_name, responder_kind, response, count(*) FROM {responses} GROUP BY ALL ORDER BY ALL"
    )
    assert database.execute("SELECT * FROM counted_responses ORDER BY 1, 2, 3").fetchall() == expected


def test_the_sample_holds_persons_whole_and_all_that_is_said_of_its_rows(part: tuple[Path, sqlite3.Connection]) -> None:
    root, database = part
    assert database.execute("SELECT * FROM sample").fetchall() == [(10, len(chosen_by_hand(root, 10)), 201)]
    chosen = [person for (person,) in database.execute("SELECT person_id FROM sample_persons ORDER BY 1")]
    assert chosen == chosen_by_hand(root, 10)
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    keys = {resource["name"]: primary_key(resource) for resource in load_package(root).csv_resources}
    here = {
        table: {"/".join(row) for row in database.execute(f"SELECT {', '.join(key)} FROM {table}")}
        for table, key in keys.items()
    }

    def of_rows(table: str, column: str, wanted: set[str]) -> set[str]:
        return {"/".join(row[c] for c in keys[table]) for row in typed(root, table) if row[column] in wanted}

    for table in ("acts", "penalties", "charges", "case_persons", "person_names"):
        assert here[table] == of_rows(table, "person_id", set(chosen)) != set()
    for table in ("attestations", "involvements"):
        assert here[table] == of_rows(table, "act_id", here["acts"]) != set()
    (withheld,) = {p["person_id"] for p in typed(root, "persons") if p["is_withheld"]}
    assert withheld in here["persons"]
    for table in ("citations", "responses", "anomalies", "other_values"):
        told = {
            row[keys[table][0]]
            for row in typed(root, table)
            if row["row_id"] in here[row["table_name"]] and row["row_id"] != withheld
        }
        assert here[table] == told
    assert len(here["citations"]) > 100
    assert len(here["responses"]) > 0
    rows = {table: (len(typed(root, table)), len(ids)) for table, ids in here.items()}
    stated = database.execute("SELECT * FROM rows_by_table").fetchall()
    assert {table: (whole, sample) for table, whole, sample in stated} == rows


def test_the_database_names_the_parquet_files(part: tuple[Path, sqlite3.Connection]) -> None:
    root, database = part
    folder = root / "build" / "parquet"
    found = database.execute("SELECT path, rows, bytes, sha256 FROM files ORDER BY path").fetchall()
    assert found == [
        (path, parquet.read_metadata(folder / path).num_rows, len(content), hashlib.sha256(content).hexdigest())
        for path, content in sorted(contents(folder).items())
        if path.endswith(".parquet")
    ]


def test_stock_datasette_shows_counts_and_says_what_the_sample_is(part: tuple[Path, sqlite3.Connection]) -> None:
    root, database = part
    file = root / "build" / "kz2018.db"
    metadata = file.with_suffix(".metadata.json")
    told = json.loads(metadata.read_text(encoding="utf-8"))

    def get(path: str) -> str:  # in a process of its own, since this one may have loaded the plugins of our own site
        command = [sys.executable, "-m", "datasette", "-i", str(file), "--metadata", str(metadata), "--get", path]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout

    chosen = len(chosen_by_hand(root, 10))
    for path in ("/", "/kz2018"):
        assert f"about one person in 10, {chosen} of 201, with all that is said of them" in get(path)
    assert f"Here is a sample: {chosen + 1} of 201 rows." in get("/kz2018/persons")
    total = "/kz2018.json?_shape=arrays&sql=select+sum(acts)+from+counted_acts"
    assert json.loads(get(total))["rows"] == [[2000]]
    described = told["databases"]["kz2018"]["tables"]
    names = {n for (n,) in database.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
    assert names - set(described) - {"sqlite_stat1", "sqlite_stat4"} == {n for n in names if n.startswith("search")}


def test_the_bound_decides_and_parquet_is_written_again_where_it_is_not_current(
    package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = ["--root", str(package), *DUCKDB]
    said = []
    for most in ("9000", "1000000"):
        capsys.readouterr()
        assert build_sqlite.main([*root, "--most", most]) == 0
        said.append([line.split(";")[0] for line in capsys.readouterr().err.splitlines()])
    rows = sum(file.rows for file in read_list(package / "build" / "parquet"))
    assert said[0][0].startswith(f"Parquet: {rows:,} rows in ")
    assert said[0][1].startswith(f"SQLite: kz2018.db, counts of {rows:,} rows and one person in 5, ")
    assert len(said[1]) == 1
    assert said[1][0].startswith(f"SQLite: kz2018.db, all {rows:,} rows, ")
    assert sorted(path.name for path in (package / "build").iterdir()) == ["kz2018.db", "parquet"]
    changed(package, "persons", 2, description="Another.")
    assert build_sqlite.main(root) == 0
    with closing(sqlite3.connect(package / "build" / "kz2018.db")) as database:
        described = "SELECT description FROM persons WHERE person_id = 'P00003'"
        assert database.execute(described).fetchall() == [("Another.",)]


def test_first_pages_are_measured(
    part: tuple[Path, sqlite3.Connection], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = part[0] / "build" / "kz2018.db"
    assert bench_first_pages.main([str(tmp_path / "none.db")]) == 2
    assert capsys.readouterr().err == f"bench_first_pages: could not run: {tmp_path / 'none.db'} is missing\n"
    assert bench_first_pages.main([str(file), "--metadata", str(file.with_suffix(".metadata.json"))]) == 0
    head, _, row = capsys.readouterr().out.splitlines()
    assert head == "| database | MB | listens after s | home | tables | acts | acts by kind | acts_flat |"
    assert re.fullmatch(r"\| kz2018\.db \| 1 \| [\d.]+ \([\d.]+\)( \| \d+\.\d\d \(\d+\.\d\d\)){5} \|", row)
