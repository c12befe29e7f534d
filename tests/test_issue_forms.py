"""The public forms: what they ask, what they never ask, and the private way that is written into them."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts import document
from scripts.catalogue import read_catalogue
from scripts.issue_forms import private_documents, private_way
from scripts.issue_links import KINDS
from scripts.package import ROOT, load_package
from scripts.project import Project

FOLDER = ROOT / ".github" / "ISSUE_TEMPLATE"
NOBODY = "Nobody answers privately for this dataset yet: until somebody does, the safest is to send nothing."
ASK = (
    "Ask privately: https://example.org/ask – the row's id is enough, no reason and no papers. Who answers: two"
    " editors. You get an answer within 9 days."
)
SET = {
    "publisher": "Mock",
    "contact": "https://example.org/ask",
    "repository": "https://example.org/owner/kz",
    "answered_by": "two editors",
    "answered_within_days": 9,
}


def form(kind: str) -> dict[str, Any]:
    """A form, every scalar as text."""
    read = yaml.load((FOLDER / f"{kind}.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    assert isinstance(read, dict)
    return read


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with this repository's forms, CONTRIBUTING.md and settings."""
    shutil.copytree(FOLDER, tmp_path / ".github" / "ISSUE_TEMPLATE")
    shutil.copy(ROOT / "CONTRIBUTING.md", tmp_path)
    (tmp_path / "metadata").mkdir()
    shutil.copy(ROOT / "metadata" / "project.json", tmp_path / "metadata")
    return tmp_path


def set_project(root: Path, **settings: Any) -> None:
    """Write the settings."""
    (root / "metadata" / "project.json").write_text(json.dumps(SET | settings), encoding="utf-8")


def test_there_is_a_form_for_each_kind_of_link() -> None:
    assert sorted(file.stem for file in FOLDER.glob("*.yml")) == sorted([*KINDS, "config"])


@pytest.mark.parametrize("name", [*KINDS, "config"])
def test_forms_fit_their_schema(name: str) -> None:
    schema = "vendor.github-issue-config" if name == "config" else "vendor.github-issue-forms"
    command = [Path(sys.executable).parent / "check-jsonschema", "--builtin-schema", schema, FOLDER / f"{name}.yml"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("kind", KINDS)
def test_a_link_can_fill_in_table_row_and_field(kind: str) -> None:
    inputs = {item["id"]: item for item in form(kind)["body"] if item["type"] == "input"}
    assert list(inputs) == ["table", "row", "field"]
    assert [item["id"] for item in form(kind)["body"] if "value" in item["attributes"] and "id" in item] == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_starts_with_what_is_dangerous_and_ends_with_a_promise(kind: str) -> None:
    first, *_, last = form(kind)["body"]
    assert first["attributes"]["value"].startswith("**This page is public, and copies of it stay.** Never ask here")
    assert {option["required"] for option in last["attributes"]["options"]} == {"true"}
    promise = "I do not ask for anything to be hidden, and I have written nothing that helps to find a person."
    assert last["attributes"]["options"][-1]["label"] == promise


@pytest.mark.parametrize("kind", KINDS)
def test_nobody_is_asked_in_public_whether_a_row_is_about_them(kind: str) -> None:
    offered = [o for item in form(kind)["body"] if item["type"] == "dropdown" for o in item["attributes"]["options"]]
    assert offered in (
        ["I would rather not say", "researcher", "lawyer", "editor"],
        [
            "of the official or body that the row names",
            "of their lawyer",
            "published elsewhere; I only point to it",
            "nobody's; I dispute the row myself",
        ],
    )


def test_tables_that_the_forms_give_as_examples_exist() -> None:
    names = {resource["name"] for resource in load_package().resources}
    assert {"penalties", "acts", "involvements", "official_roles", "responses", "other_values"} <= names


def test_the_private_way() -> None:
    assert private_way(Project("", "", "", "", None)) == NOBODY
    assert private_way(Project(**SET)) == ASK
    assert private_way(Project("", "mock@example.org", "", "", None)) == (
        "Ask privately: mock@example.org – the row's id is enough, no reason and no papers."
    )


def test_settings_reach_forms_and_contributing(root: Path) -> None:
    set_project(root)
    made = private_documents(root)
    assert sorted(path.as_posix() for path in made) == [
        ".github/ISSUE_TEMPLATE/add.yml",
        ".github/ISSUE_TEMPLATE/config.yml",
        ".github/ISSUE_TEMPLATE/correct.yml",
        ".github/ISSUE_TEMPLATE/dispute.yml",
        "CONTRIBUTING.md",
    ]
    for path, text in made.items():
        assert text.count(ASK) == 1, path
        assert NOBODY not in text
    first = yaml.safe_load(made[Path(".github/ISSUE_TEMPLATE/add.yml")])["body"][0]
    assert first == {
        "type": "markdown",
        "attributes": {
            "value": "**This page is public, and copies of it stay.** Never ask here for a row to be hidden.\n"
            "Do not write that you, or somebody close to you, are named in the data.\n\n"
            f"{ASK}\n\n"
            "Never send identity papers, addresses, phone numbers, anybody's present whereabouts,\n"
            "photographs of people, or a child's name.\n"
        },
    }


@pytest.mark.parametrize(
    ("settings", "url"),
    [
        ({}, "https://example.org/ask"),
        ({"contact": "mock@example.org"}, "https://example.org/owner/kz/blob/HEAD/CONTRIBUTING.md#safety-first"),
        ({"contact": ""}, "https://example.org/owner/kz/blob/HEAD/CONTRIBUTING.md#safety-first"),
        ({"contact": "", "repository": ""}, None),
    ],
)
def test_the_page_where_a_form_is_chosen(root: Path, settings: dict[str, str], url: str | None) -> None:
    set_project(root, **settings)
    config = yaml.safe_load(private_documents(root)[Path(".github/ISSUE_TEMPLATE/config.yml")])
    assert config["blank_issues_enabled"] is False
    assert [link["url"] for link in config.get("contact_links", [])] == ([url] if url else [])


def test_contributing_has_the_section_to_which_the_page_leads() -> None:
    assert "\n## Safety first\n" in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def test_what_contributing_shows_is_what_the_checks_print() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    block = text.split("<!-- examples: rule, then what it prints -->\n")[1].split("\n\n")[0]
    shown = dict(line.split(maxsplit=1) for line in block.splitlines())
    printed = {check.check_id: check.example for check in read_catalogue(ROOT / "validation")}
    assert len(shown) == 7
    assert shown == {rule: printed[rule] for rule in shown}


def test_forms_and_contributing_are_current() -> None:
    assert {
        path: (ROOT / path).read_text(encoding="utf-8") == text for path, text in private_documents(ROOT).items()
    } == dict.fromkeys(private_documents(ROOT), True)


def test_a_form_without_its_marks_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copytree(ROOT / "data", root / "data")
    shutil.copytree(ROOT / "validation", root / "validation")
    for name in ("datapackage.json", "README.md"):
        shutil.copy(ROOT / name, root)
    file = root / ".github" / "ISSUE_TEMPLATE" / "add.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("private:begin", "private"), encoding="utf-8")
    assert document.main(["--root", str(root)]) == 2
    assert capsys.readouterr().err == (
        ".github/ISSUE_TEMPLATE/add.yml needs # private:begin and # private:end, once each: what is made goes between"
        " them\n"
    )
