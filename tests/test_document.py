"""The data dictionary, the list of checks and the README's table of tables are made from the package, and current."""

import shutil
from pathlib import Path

import pytest
from artificial import write_package

from scripts import document, validate
from scripts.catalogue import Check, read_catalogue
from scripts.dictionary import table_lines
from scripts.package import ROOT, Package, load_package
from scripts.rule_list import COUNTS, INTRODUCTION, columns_with, rules_text

README = "# Example\n\n<!-- tables:begin -->\nold\n<!-- tables:end -->\n\nAfter.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An artificial package with a README and this repository's checks."""
    write_package(tmp_path)
    shutil.copytree(ROOT / "validation", tmp_path / "validation")
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
        f"metadata/codebook.md:0:  stale-document  {stale}",
        f"metadata/data-dictionary.md:0:  stale-document  {stale}",
        f"metadata/rules.md:0:  stale-document  {stale}",
    ]
    assert not (root / "metadata").exists()
    document.main(["--root", str(root)])
    assert document.main(["--root", str(root), "--check"]) == 0
    persons = root / "data/person_names.csv"
    persons.write_text("".join(persons.read_text(encoding="utf-8").splitlines(True)[:-1]), encoding="utf-8")
    assert document.main(["--root", str(root), "--check"]) == 1


def test_a_changed_check_makes_its_document_stale(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document.main(["--root", str(root)])
    rule = root / "validation" / "rules" / "act-coded-once.sql"
    rule.write_text(rule.read_text(encoding="utf-8").replace("severity: warning", "severity: error"), encoding="utf-8")
    capsys.readouterr()
    assert document.main(["--root", str(root), "--check"]) == 1
    assert [line.split("  ")[0] for line in capsys.readouterr().out.splitlines()] == ["metadata/rules.md:0:"]
    rule.write_text("SELECT 1", encoding="utf-8")
    assert document.main(["--root", str(root)]) == 2
    expected = "validation/rules/act-coded-once.sql:1:  rule-error  line 1 of a rule reads “-- <sentence>”\n"
    assert capsys.readouterr().err == expected


SMALL = Package(Path(), {"resources": [RESOURCE | {"group": "facts", "format": "csv"}]})
CHECKS = [
    Check("a-b", "program", "It holds.", "error", "model", "scripts/files.py", "So.", "Look at act_id.", "no act_id"),
    Check("fine-has-amount", "expectation", "A fine has amount_kzt", "warning", "model",
          "validation/expectations/penalties.json", "So.", "Write it.", "A fine has amount_kzt: here empty"),
    Check("minimum", "schema", "It is not less.", "error", "model", "datapackage.json", "So.", "Mend it.", "1 is less"),
    Check("x-y", "rule", "X goes with Y.", "error", "edition", "validation/rules/x-y.sql", "So.", "Look.", "X alone"),
]  # fmt: skip


def test_the_list_of_checks() -> None:
    text = rules_text(SMALL, CHECKS)
    assert text.removeprefix(INTRODUCTION) == LIST


def test_columns_of_each_check_of_the_schema() -> None:
    assert {check_id: columns_with(check_id, SMALL) for check_id in COUNTS} == {
        "cell-form": 2, "cell-type": 2, "foreign-key": 2, "maximum": 1, "minimum": 1, "pattern": 1, "primary-key": 1,
        "required": 1, "unique": 0, "unknown-code": 1,
    }  # fmt: skip
    with pytest.raises(ValueError, match=r"scripts/rule_list\.py does not say which columns have the check maximal"):
        columns_with("maximal", SMALL)


LIST = """
## Index

**Files, citations and what is made from the tables** (1)

| Check | What must hold | Severity | Scope | Of |
| --- | --- | --- | --- | --- |
| [`a-b`](#a-b) | It holds | error | model | The lines of a file |

**Cells and keys** (1)

| Check | What must hold | Severity | Scope | Of |
| --- | --- | --- | --- | --- |
| [`minimum`](#minimum) | It is not less | error | model | cells and keys |

**One table as a whole** (1)

| Check | What must hold | Severity | Scope | Of |
| --- | --- | --- | --- | --- |
| [`fine-has-amount`](#fine-has-amount) | A fine has `amount_kzt` | warning | model | Table penalties |

**Several tables together** (1)

| Check | What must hold | Severity | Scope | Of |
| --- | --- | --- | --- | --- |
| [`x-y`](#x-y) | X goes with Y | error | edition | tables |

## Files, citations and what is made from the tables

Checked by programs.

**The lines of a file**

### a-b

It holds.

- Why: So.
- What to do: Look at `act_id`.
- Example: `no act_id`
- Error, model; kept in [scripts/files.py](../scripts/files.py).

## Cells and keys

Declared for each column in `datapackage.json`; the [data dictionary](data-dictionary.md) shows which column has which.

### minimum

It is not less.

- Why: So.
- What to do: Mend it.
- Example: `1 is less`
- Error, model; kept in [datapackage.json](../datapackage.json), in 1 column.

## One table as a whole

Suites of Great Expectations, one a table.

**Table penalties**

### fine-has-amount

A fine has `amount_kzt`.

- Why: So.
- What to do: Write it.
- Example: `A fine has amount_kzt: here empty`
- Warning, model; kept in [validation/expectations/penalties.json](../validation/expectations/penalties.json).

## Several tables together

SQL that selects the offending rows.

### x-y

X goes with Y.

- Why: So.
- What to do: Look.
- Example: `X alone`
- Error, edition; kept in [validation/rules/x-y.sql](../validation/rules/x-y.sql).
"""


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


def test_the_gate_tells_that_a_check_was_dropped(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (package / "metadata").mkdir()
    text = rules_text(load_package(package), read_catalogue(package / "validation"))
    (package / "metadata" / "rules.md").write_text(text, encoding="utf-8")
    assert "metadata/" not in told(package, capsys)
    (package / "validation" / "rules" / "official-has-a-role.sql").unlink()
    stale = "metadata/rules.md:0:  stale-document  differs from what it is made from: run make document"
    assert stale in told(package, capsys).splitlines()


def told(package: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What the gate prints of a package."""
    validate.main(["--root", str(package)])
    return capsys.readouterr().out
