"""The data dictionary and the README's table of tables are made from the descriptor, and are current."""

from pathlib import Path

import pytest
from artificial import write_package

from scripts import document
from scripts.dictionary import table_lines
from scripts.package import ROOT, load_package

README = "# Example\n\n<!-- tables:begin -->\nold\n<!-- tables:end -->\n\nAfter.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An artificial package with a README."""
    write_package(tmp_path)
    (tmp_path / "README.md").write_text(README, encoding="utf-8")
    return tmp_path


RESOURCE = {
    "name": "visits",
    "title": "Visits",
    "description": "One row a visit.",
    "cited": True,
    "path": "data/visits.csv",
    "schema": {
        "fields": [
            {"name": "visit_id", "type": "string", "title": "Visit", "description": "Its id.", "example": "H0001"}
            | {"constraints": {"required": True, "pattern": "H(0|1)[0-9]{3}"}},
            {"name": "place_id", "type": "string", "title": "Place", "description": "Where.", "example": "L0001"},
            {
                "name": "after_id",
                "type": "string",
                "title": "After",
                "description": "Which before.",
                "example": "H0001",
            },
            {"name": "hours", "type": "number", "title": "Hours", "description": "How long.", "example": "2.5"}
            | {"unit": "hours", "constraints": {"minimum": 0, "maximum": 24}},
            {"name": "kind", "type": "string", "title": "Kind", "description": "Which.", "example": "short"}
            | {"constraints": {"enum": ["short", "long"]}},
            {"name": "is_open", "type": "boolean", "title": "Open", "description": "Whether.", "example": "true"},
        ],
        "primaryKey": ["visit_id"],
        "foreignKeys": [
            {"fields": ["place_id"], "reference": {"resource": "places", "fields": ["place_id"]}},
            {"fields": ["after_id"], "reference": {"fields": ["visit_id"]}},
        ],
    },
}


def test_a_table_of_the_dictionary() -> None:
    assert table_lines(RESOURCE) == [
        "### visits",
        "",
        "**Visits.** One row a visit.",
        "",
        "File: `data/visits.csv`. Key: `visit_id`. Each row is cited in `citations`.",
        "",
        "| Column | Type | Meaning | Rules | Example |",
        "| --- | --- | --- | --- | --- |",
        "| `visit_id` | string | **Visit.** Its id. | required; pattern `H(0\\|1)[0-9]{3}` | `H0001` |",
        "| `place_id` | string | **Place.** Where. | in [`places.place_id`](#places) | `L0001` |",
        "| `after_id` | string | **After.** Which before. | in `visits.visit_id` (its own table) | `H0001` |",
        "| `hours` | number, hours | **Hours.** How long. | at least `0`; at most `24` | `2.5` |",
        "| `kind` | string | **Kind.** Which. | one of `short`, `long` | `short` |",
        "| `is_open` | boolean | **Open.** Whether. |  | `true` |",
        "",
    ]


def test_dictionary_has_every_table_and_code(root: Path) -> None:
    assert document.main(["--root", str(root)]) == 0
    lines = (root / "metadata/data-dictionary.md").read_text(encoding="utf-8").splitlines()
    names = [line.removeprefix("### ") for line in lines if line.startswith("### ")]
    assert sorted(names) == sorted(resource["name"] for resource in load_package().resources)
    assert "| `detention` | Detention | Detention, and nothing else. | One row. | `A0001` (`X0002`) |" in lines
    assert "| `search` | Search | Search, and nothing else. | One row. | no row |" in lines


def test_readme(root: Path) -> None:
    document.main(["--root", str(root)])
    text = (root / "README.md").read_text(encoding="utf-8")
    assert text.startswith("# Example\n\n<!-- tables:begin -->\n| Table | Rows | Columns | What it holds |\n")
    assert text.endswith("\n<!-- tables:end -->\n\nAfter.\n")
    description = load_package().resource("person_names")["description"]
    assert f"\n| [person_names](data/person_names.csv) | 2 | 4 | {description} |\n" in text


def test_check_names_stale_files(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stale = "differs from what it is made from: run make document"
    assert document.main(["--root", str(root), "--check"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"README.md:0:  stale-document  {stale}",
        f"metadata/data-dictionary.md:0:  stale-document  {stale}",
    ]
    assert not (root / "metadata").exists()
    document.main(["--root", str(root)])
    assert document.main(["--root", str(root), "--check"]) == 0
    persons = root / "data/person_names.csv"
    persons.write_text("".join(persons.read_text(encoding="utf-8").splitlines(True)[:-1]), encoding="utf-8")
    assert document.main(["--root", str(root), "--check"]) == 1


@pytest.mark.parametrize("text", ["# No marks\n", README + README, "<!-- tables:end -->\n<!-- tables:begin -->\n"])
def test_readme_without_marks(root: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    (root / "README.md").write_text(text, encoding="utf-8")
    assert document.main(["--root", str(root)]) == 2
    assert capsys.readouterr().err == (
        "README.md needs <!-- tables:begin --> and <!-- tables:end -->, once each:"
        " what is made goes between them\n"
    )
    assert (root / "README.md").read_text(encoding="utf-8") == text
    assert not (root / "metadata").exists()


def test_this_repository_is_current(capsys: pytest.CaptureFixture[str]) -> None:
    assert document.main(["--root", str(ROOT), "--check"]) == 0, capsys.readouterr().out
