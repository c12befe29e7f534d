"""The codebook and the figures in prose documents: what they say of small tables, and that they follow the rows."""

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from artificial import ROWS, write_package

from scripts import document
from scripts.codebook import INTRODUCTION, codebook_text
from scripts.figure_blocks import BLOCKS, DATASHEET, FAQ
from scripts.package import ROOT, Package, arrow_schema

README = "# Example\n\n<!-- tables:begin -->\n<!-- tables:end -->\n"


def field(name: str, kind: str, **rest: Any) -> dict[str, Any]:
    """A column that is titled and described by its name."""
    return {"name": name, "type": kind, "title": name.capitalize(), "description": f"The {name}."} | rest


def resource(name: str, group: str, fields: list[dict[str, Any]], **schema: Any) -> dict[str, Any]:
    """A table whose key is its first column."""
    about = {"name": name, "group": group, "format": "csv", "path": f"data/{name}.csv"}
    about |= {"title": name.capitalize(), "description": f"One row one of {name}."}
    return about | {"schema": {"fields": fields, "primaryKey": [fields[0]["name"]], **schema}}


def link(column: str, table: str, other: str) -> dict[str, Any]:
    """A foreign key."""
    return {"fields": [column], "reference": {"resource": table, "fields": [other]}}


VISITS = resource(
    "visits",
    "facts",
    [
        field("visit_id", "string"),
        field("kind", "string"),
        field("size", "string", constraints={"enum": ["short", "long"]}),
        field("is_open", "boolean"),
        field("hours", "number", unit="hours"),
        field("gazetteer_id", "integer"),
        field("day", "date"),
        field("until", "time"),
        field("note", "string"),
        field("never", "integer"),
    ],
    foreignKeys=[link("kind", "kinds", "code")],
)
KINDS = resource("kinds", "codes", [field("code", "string"), field("label_en", "string")])
PACKAGE = Package(Path(), {"resources": [VISITS, KINDS]})
TABLES = {
    "visits": pa.Table.from_pylist(
        [
            {"visit_id": "H1", "kind": "b", "size": "long", "is_open": True, "hours": 2.0, "gazetteer_id": 70,
             "day": dt.date(2018, 5, 10), "until": dt.time(3, 5), "note": "Secret Name"},
            {"visit_id": "H2", "kind": "b", "size": "long", "is_open": None, "hours": 0.5, "gazetteer_id": 7,
             "day": dt.date(2018, 3, 1), "note": "Secret Name"},
            {"visit_id": "H3", "kind": "a", "size": None, "hours": 12.25},
        ],
        schema=arrow_schema(VISITS),
    ),
    "kinds": pa.Table.from_pylist(
        [{"code": code, "label_en": f"Kind {code}"} for code in "abc"], schema=arrow_schema(KINDS)
    ),
}  # fmt: skip
SECTIONS = """
## Tables of facts

### visits

**Visits.** One row one of visits.

3 rows. [Rules and examples](data-dictionary.md#visits).

| Column | Type | Meaning | Filled | Empty | Values |
| --- | --- | --- | --- | --- | --- |
| `visit_id` | string | **Visit_id.** The visit_id. | 3 | 0 | the key: each once |
| `kind` | string | **Kind.** The kind. | 3 | 0 | leads to [kinds](#kinds), to 2 of its 3 rows |
| `size` | string | **Size.** The size. | 2 | 1 | `short` 0; `long` 2 |
| `is_open` | boolean | **Is_open.** The is_open. | 1 | 2 | `true` 1; `false` 0 |
| `hours` | number, hours | **Hours.** The hours. | 3 | 0 | 0.5 to 12.25, middle 2 |
| `gazetteer_id` | integer | **Gazetteer_id.** The gazetteer_id. | 2 | 1 | 2 different |
| `day` | date | **Day.** The day. | 2 | 1 | 2018-03-01 to 2018-05-10 |
| `until` | time | **Until.** The until. | 1 | 2 | 03:05 to 03:05 |
| `note` | string | **Note.** The note. | 2 | 1 | 1 different |
| `never` | integer | **Never.** The never. | 0 | 3 | no value |

Codes of `visits.kind`:

| Code | Label | Rows |
| --- | --- | --- |
| `b` | Kind b | 2 |
| `a` | Kind a | 1 |
| `c` | Kind c | 0 |

## Tables about the source

## Code lists

### kinds

**Kinds.** One row one of kinds.

3 rows. [Rules and examples](data-dictionary.md#kinds).

| Column | Type | Meaning | Filled | Empty | Values |
| --- | --- | --- | --- | --- | --- |
| `code` | string | **Code.** The code. | 3 | 0 | the key: each once |
| `label_en` | string | **Label_en.** The label_en. | 3 | 0 | 3 different |
"""


def test_a_codebook() -> None:
    assert codebook_text(PACKAGE, TABLES).removeprefix(INTRODUCTION) == SECTIONS


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An artificial package with this repository's checks and its documents with figures."""
    write_package(tmp_path)
    shutil.copytree(ROOT / "validation", tmp_path / "validation")
    (tmp_path / "README.md").write_text(README, encoding="utf-8")
    (tmp_path / "metadata").mkdir()
    for path in BLOCKS:
        shutil.copyfile(ROOT / path, tmp_path / path)
    return tmp_path


def block(root: Path, path: Path, name: str) -> list[str]:
    """The lines of a block, without its head."""
    text = (root / path).read_text(encoding="utf-8")
    return text.split(f"<!-- {name}:begin -->\n")[1].split(f"\n<!-- {name}:end -->")[0].splitlines()[2:]


def numbers(lines: list[str]) -> list[str]:
    """The second cell of each line of a table."""
    return [line.split(" | ")[1] for line in lines]


def test_figures_are_counted_in_the_rows(root: Path) -> None:
    assert document.main(["--root", str(root)]) == 0
    assert numbers(block(root, FAQ, "detained")) == ["none", "none", "1", "2", "3", "2", "1"]
    assert block(root, FAQ, "people") == [
        "| complainants in the report's list | 2 | `persons.is_complainant` |",
        "| of them with a completed act coded against them | 2 | `acts` |",
        "| of them with a penalty or restraint | 2 | `penalties` |",
        "| of them with neither | 0 | `persons` |",
        "| people named who are no complainants | 2 | `persons` |",
    ]
    assert numbers(block(root, FAQ, "empty")) == [
        "4 of 4", "2 of 6", "5 of 6", "1 of 6", "4 of 4", "2 of 4", "1 of 2",
    ]  # fmt: skip
    assert numbers(block(root, FAQ, "officials")) == ["2", "2", "0", "1", "1"]
    assert numbers(block(root, FAQ, "support")) == ["5", "1", "6", "2", "1", "1"]
    assert numbers(block(root, DATASHEET, "composition")) == [
        "4", "2", "2", "3", "4", "1", "1", "4", "0", "1", "3", "1", "2", "1", "6",
    ]  # fmt: skip
    assert numbers(block(root, DATASHEET, "statements")) == ["4", "2", "0", "1"]


def test_another_row_makes_figures_and_codebook_stale(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document.main(["--root", str(root)])
    act = next(row for row in ROWS["acts"] if row["act_id"] == "A0001")
    file = root / "data" / "acts.csv"
    line = next(line for line in file.read_text(encoding="utf-8").splitlines() if line.startswith(act["act_id"]))
    file.write_text(f"{file.read_text(encoding='utf-8')}{line.replace('A0001', 'A0009')}\n", encoding="utf-8")
    capsys.readouterr()
    assert document.main(["--root", str(root), "--check"]) == 1
    assert [line.split(":")[0] for line in capsys.readouterr().out.splitlines()] == [
        "README.md", "metadata/codebook.md", "metadata/datasheet.md", "metadata/faq.md",
    ]  # fmt: skip
    assert document.main(["--root", str(root)]) == 0
    assert numbers(block(root, FAQ, "detained")) == ["none", "none", "1", "2", "4", "2", "1"]


def test_a_document_without_its_marks(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / FAQ).write_text("# Questions\n", encoding="utf-8")
    assert document.main(["--root", str(root)]) == 2
    assert capsys.readouterr().err == (
        "metadata/faq.md needs <!-- detained:begin --> and <!-- detained:end -->, once each: what is made goes between"
        " them\n"
    )


def test_rows_that_make_no_database(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "data" / "act_types.csv").write_text(
        "".join((root / "data" / "act_types.csv").read_text(encoding="utf-8").splitlines(True)[:1]), encoding="utf-8"
    )
    assert document.main(["--root", str(root)]) == 2
    assert capsys.readouterr().err == "6 rows do not fit\n"
