"""metadata/loading.md: its lines are run in a folder laid out as a release, and every cell is compared with the CSV."""

import datetime as dt
import functools
import http.server
import io
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pandas
import polars
import pyarrow as pa
import pyreadstat
import pytest
from markdown_it import MarkdownIt
from release_layout import lay_out, tables_of

from scripts.package import ROOT, foreign_keys, load_package, primary_key
from scripts.sqlite_schema import cell

PACKAGE = load_package()
TABLES = tables_of(PACKAGE)
Row = dict[str, Any]
POLARS = {"string": polars.String, "integer": polars.Int64, "number": polars.Float64, "boolean": polars.Boolean,
          "date": polars.Date, "time": polars.Time}  # fmt: skip
ARROW = {"string": "string", "integer": "int64", "number": "double", "boolean": "bool", "date": "date32[day]",
         "time": "time32[ms]"}  # fmt: skip
DUCKDB = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE",
          "time": "TIME"}  # fmt: skip


@dataclass(frozen=True)
class Snippet:
    """A fenced block: the heading above it, its language, what else its fence says, and its lines."""

    heading: str
    language: str
    note: str
    code: str


def snippets(document: str) -> list[Snippet]:
    """The blocks of a document, in order."""
    heading, found = "", []
    tokens = MarkdownIt().parse((ROOT / document).read_text(encoding="utf-8"))
    for before, token in pairwise(tokens):
        if before.type == "heading_open":
            heading = token.content
        elif token.type == "fence":
            language, _, note = token.info.partition(" ")
            found.append(Snippet(heading, language, note, token.content))
    return found


ALL = snippets("metadata/loading.md")


def of(language: str, note: str = "") -> list[Any]:
    """The blocks in a language, each with its number and heading as the test's name."""
    kind = (language, note)
    return [pytest.param(s, id=f"{n} {s.heading}") for n, s in enumerate(ALL) if (s.language, s.note) == kind]


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a release."""
    return lay_out(tmp_path_factory.mktemp("release"))


@pytest.fixture
def here(release: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a release, which is the working folder too."""
    monkeypatch.chdir(release)
    return release


def types_of(table: str) -> dict[str, str]:
    """The descriptor's type of each column."""
    return {field["name"]: field["type"] for field in PACKAGE.resource(table)["schema"]["fields"]}


def plain(value: Any) -> Any:
    """A cell of any frame as Python has it: missing as None, a day as a date, a whole number as one."""
    if value is None or value is pandas.NA or value is pandas.NaT or value != value:
        return None
    return value.date() if isinstance(value, dt.datetime) else value


def assert_same(table: str, rows: list[Row]) -> None:
    """The rows are those of the CSV, cell by cell, and its key is unique."""
    assert [{column: plain(value) for column, value in row.items()} for row in rows] == TABLES[table].to_pylist()
    keys = [tuple(row[column] for column in primary_key(PACKAGE.resource(table))) for row in rows]
    assert len(set(keys)) == len(keys) == TABLES[table].num_rows


def check_pandas(table: str, frame: pandas.DataFrame) -> None:
    """A frame of pandas: its types by Arrow, or, where frictionless made it, pandas' own."""
    if frame.index.name is not None:
        assert frame.index.name == primary_key(PACKAGE.resource(table))[0]
        frame = frame.reset_index()
        for column, kind in types_of(table).items():
            assert (frame[column].dtype.kind == "M") == (kind == "date"), column
            assert kind != "integer" or frame[column].dtype.kind == "i", column
    else:
        types = {column: getattr(dtype, "pyarrow_dtype", dtype) for column, dtype in frame.dtypes.items()}
        assert types == {column: pa.type_for_alias(ARROW[kind]) for column, kind in types_of(table).items()}
    assert_same(table, frame.to_dict("records"))


def check(table: str, value: Any) -> None:
    """A value that a block gave the name of a table is that table."""
    if isinstance(value, pandas.DataFrame):
        check_pandas(table, value)
    elif isinstance(value, polars.DataFrame):
        assert dict(value.schema) == {column: POLARS[kind] for column, kind in types_of(table).items()}
        assert_same(table, value.to_dicts())
    elif isinstance(value, duckdb.DuckDBPyRelation):
        check_relation(table, value)
    elif isinstance(value[0], tuple):
        key = primary_key(PACKAGE.resource(table))
        rows = [tuple(cell(v) for v in row.values()) for row in TABLES[table].sort_by(key[0]).to_pylist()]
        assert value == rows
    else:
        assert value == [{column: as_json(v) for column, v in row.items()} for row in TABLES[table].to_pylist()]


def as_json(value: Any) -> Any:
    """A cell as JSON has it: days and hours are text."""
    return value if isinstance(value, bool) or not isinstance(value, dt.date | dt.time) else cell(value)


def check_relation(table: str, relation: duckdb.DuckDBPyRelation) -> None:
    """A relation of DuckDB is a table, with its types."""
    types = dict(zip(relation.columns, map(str, relation.types), strict=True))
    assert types == {column: DUCKDB[kind] for column, kind in types_of(table).items()}
    assert_same(table, [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()])


def run(code: str) -> Row:
    """Run a block; the names that it gave."""
    names: Row = {}
    exec(compile(code, "metadata/loading.md", "exec"), names)
    return names


def loaded(names: Row) -> list[str]:
    """The tables among some names."""
    return sorted(names.keys() & TABLES.keys())


@pytest.mark.parametrize("snippet", of("python"))
def test_python(here: Path, snippet: Snippet) -> None:
    names = run(snippet.code)
    assert loaded(names)
    for table in loaded(names):
        check(table, names[table])
    if "joined" in names:
        assert len(names["joined"]) == TABLES["acts"].num_rows
        assert names["joined"]["name"].notna().sum() == names["acts"]["person_id"].notna().sum()


class Ranged(http.server.SimpleHTTPRequestHandler):
    """Files of a folder with byte ranges, as hosts of files serve them."""

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def send_head(self) -> io.BytesIO | Any:
        """The whole file, or the last or middle part that is asked for."""
        asked = re.fullmatch(r"bytes=(\d*)-(\d*)", self.headers.get("Range", ""))
        if not asked:
            return super().send_head()
        content = Path(self.translate_path(self.path)).read_bytes()
        first = int(asked[1]) if asked[1] else max(0, len(content) - int(asked[2]))
        last = min(int(asked[2]), len(content) - 1) if asked[1] and asked[2] else len(content) - 1
        self.send_response(206)
        self.send_header("Content-Range", f"bytes {first}-{last}/{len(content)}")
        self.send_header("Content-Length", str(last + 1 - first))
        self.end_headers()
        return io.BytesIO(content[first : last + 1])


@pytest.fixture(scope="module")
def address(release: Path) -> Iterator[str]:
    """The folder of a release behind an address of this machine."""
    handler = functools.partial(Ranged, directory=str(release))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


BY_ADDRESS = [s for s in of("python") if re.search("read_parquet|read_csv|Package", s.values[0].code)]


@pytest.mark.parametrize("snippet", BY_ADDRESS)
def test_python_by_address(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, snippet: Snippet) -> None:
    monkeypatch.chdir(tmp_path)  # nothing is here, so what is read came from the address
    code, count = re.subn(r'"((?:data|parquet)/|datapackage)', rf'"{address}/\1', snippet.code)
    assert count == len(re.findall("read_|Package\\(", snippet.code))
    names = run(code)
    for table in loaded(names):
        check(table, names[table])


def test_duckdb(here: Path) -> None:
    (snippet,) = [parameter.values[0] for parameter in of("sql", "duckdb")]
    with duckdb.connect() as connection:
        connection.execute(snippet.code)
        made = {row[0] for row in connection.execute("SHOW TABLES").fetchall()}
        assert made == {"acts", "penalties"}
        for table in made:
            check_relation(table, connection.table(table))
            with pytest.raises(duckdb.ConstraintException):
                connection.execute(f"INSERT INTO {table} FROM {table} LIMIT 1")


def test_sqlite(here: Path) -> None:
    (snippet,) = [parameter.values[0] for parameter in of("sql", "sqlite")]
    with closing(sqlite3.connect("file:kz2018.sqlite?mode=ro", uri=True)) as database:
        rows = database.execute(snippet.code).fetchall()
        assert len(rows) == database.execute("SELECT count(*) FROM acts_by_type").fetchone()[0] > 0
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        for resource in PACKAGE.csv_resources:
            declared = {(r[3], r[2], r[4]) for r in database.execute(f"PRAGMA foreign_key_list({resource['name']})")}
            assert declared == set(foreign_keys(resource))


@pytest.mark.parametrize("snippet", of("sh"))
def test_commands(here: Path, snippet: Snippet) -> None:
    program, *rest = snippet.code.split(maxsplit=1)
    beside = Path(sys.executable).with_name(program)
    path = str(beside) if beside.exists() else shutil.which(program)
    if path is None:
        pytest.skip(f"{program} is not installed")
    done = subprocess.run(["bash", "-c", f"'{path}' {rest[0]}"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == 6 if program == "sqlite3" else "INVALID" not in done.stdout


R_TELLS = """
tell <- function(...) cat(..., "\\n", sep = "")
for (column in names(acts)) tell(column, " ", class(acts[[column]]), " ", sum(!is.na(acts[[column]])))
tell(nrow(acts), " ", length(unique(acts$act_id)), " ", format(min(acts$date_start, na.rm = TRUE)))
"""
R_CLASS = {"string": "character", "date": "Date", "boolean": "logical", "time": "character", "integer": "integer"}


@pytest.mark.parametrize("snippet", of("r"))
def test_r(here: Path, snippet: Snippet) -> None:
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed: Debian's r-base-core has it")
    done = subprocess.run(["Rscript", "-"], input=snippet.code + R_TELLS, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    *columns, rows = done.stdout.splitlines()
    acts = TABLES["acts"]
    days = [day for day in acts.column("date_start").to_pylist() if day is not None]
    assert rows == f"{acts.num_rows} {acts.num_rows} {min(days).isoformat()}"
    told = {name: (kind, int(filled)) for name, kind, filled in (line.split() for line in columns)}
    for name, kind in types_of("acts").items():
        filled = acts.num_rows - acts.column(name).null_count
        classes = {"numeric", "integer"} if kind == "number" else {R_CLASS[kind]}
        assert told[name][0] in classes, name
        assert told[name][1] == filled, name


@pytest.mark.parametrize("snippet", [*of("stata", "not-run"), *of("spss", "not-run")])
def test_files_of_statistical_programs(here: Path, snippet: Snippet) -> None:
    for path in re.findall(r"[\w/]+\.(?:dta|sav)", snippet.code):
        read = pyreadstat.read_dta if path.endswith(".dta") else pyreadstat.read_sav
        frame, about = read(path)
        table = Path(path).stem
        assert len(frame) == TABLES[table].num_rows
        assert frame[primary_key(PACKAGE.resource(table))[0]].is_unique
        assert all(about.column_names_to_labels.values())


def test_workbook(here: Path) -> None:
    frame = pandas.read_excel("kz2018.xlsx", sheet_name="acts", keep_default_na=False, na_values=[""])
    assert list(frame["act_id"]) == TABLES["acts"].column("act_id").to_pylist()
    assert frame["date_start"].dtype.kind == "M"


def test_the_lines_of_the_readme(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    first, second, third = snippets("README.md")
    for snippet in (first, second):
        check("acts", run(snippet.code)["acts"])
    counted = duckdb.sql(third.code).fetchall()
    assert sum(count for _, count in counted) == TABLES["acts"].num_rows


def test_another_cell_or_type_is_found() -> None:
    frame = pandas.read_parquet(PACKAGE.parquet_path("events"), dtype_backend="pyarrow")
    check("events", frame)
    changed = frame.copy()
    changed.loc[0, "title"] = "Otherwise"
    with pytest.raises(AssertionError, match="Otherwise"):
        check("events", changed)
    with pytest.raises(AssertionError):
        check("events", frame.astype({"date_start": "string[pyarrow]"}))
    with pytest.raises(AssertionError):
        check("events", frame.iloc[:-1])


def test_every_block_is_run_or_said_not_to_be() -> None:
    text = (ROOT / "metadata" / "loading.md").read_text(encoding="utf-8")
    kinds = {("python", ""), ("sql", "duckdb"), ("sql", "sqlite"), ("sh", ""), ("r", "")}
    assert {(s.language, s.note) for s in ALL if s.note != "not-run"} == kinds
    assert text.count("```") == 2 * len(ALL)
    for part in text.split("\n## ")[1:]:
        assert ("not-run" in part) == ("*Not run*" in part or "(*not run*" in part), part
