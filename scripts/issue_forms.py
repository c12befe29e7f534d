"""What the public forms and CONTRIBUTING.md say of the private way, from the settings of metadata/project.json.

GitHub's forms cannot read a setting, so `make document` writes it into them: between the marks `private:begin` and
`private:end` of each form and of CONTRIBUTING.md, and the whole of .github/ISSUE_TEMPLATE/config.yml.
"""

import json
from pathlib import Path

from scripts.marked import with_block
from scripts.project import FILE, Project, read_project

FOLDER = Path(".github") / "ISSUE_TEMPLATE"
CONFIG = FOLDER / "config.yml"
CONTRIBUTING = Path("CONTRIBUTING.md")
COMMENT = "  # {}"  # a mark in a form, which is YAML


def private_way(project: Project) -> str:
    """In one paragraph, whom to ask privately for a row to be hidden, or that nobody answers yet."""
    if not project.contact:
        return "Nobody answers privately for this dataset yet: until somebody does, the safest is to send nothing."
    contact = " ".join(project.contact.split())
    by = f" Who answers: {project.answered_by}." if project.answered_by else ""
    days = project.answered_within_days
    within = f" You get an answer within {days} days." if days is not None else ""
    return f"Ask privately: {contact} – the row's id is enough, no reason and no papers.{by}{within}"


def form_warning(project: Project) -> str:
    """The first thing that each public form says."""
    return "\n".join(
        [
            "**This page is public, and copies of it stay.** Never ask here for a row to be hidden.",
            "Do not write that you, or somebody close to you, are named in the data.",
            "",
            private_way(project),
            "",
            "Never send identity papers, addresses, phone numbers, anybody's present whereabouts,",
            "photographs of people, or a child's name.",
        ]
    )


def form_item(project: Project) -> str:
    """The warning as an item of a form's body."""
    lines = [f"        {line}".rstrip() for line in form_warning(project).splitlines()]
    return "\n".join(["  - type: markdown", "    attributes:", "      value: |", *lines])


def config_text(project: Project) -> str:
    """The settings of the page where one chooses a form: no blank issue; the private way, where there is an address.

    A mailbox is no link there, so that the link leads to CONTRIBUTING.md, which names it.
    """
    lines = ["# Made by make document from metadata/project.json.", "blank_issues_enabled: false"]
    address = project.contact if project.contact.startswith("https://") else ""
    if project.repository and not address:
        address = f"{project.repository.rstrip('/')}/blob/HEAD/CONTRIBUTING.md#safety-first"
    if address:
        lines += [
            "contact_links:",
            "  - name: Hide a row, or anything that is dangerous to say in public",
            f"    url: {json.dumps(address)}",
            f"    about: {json.dumps('Never as a public issue. ' + private_way(project), ensure_ascii=False)}",
        ]
    return "\n".join(lines) + "\n"


def private_documents(root: Path) -> dict[Path, str]:
    """The forms, their config.yml and CONTRIBUTING.md as they should be, by path; nothing where `root` has no settings.

    Raises OSError where CONTRIBUTING.md is missing, and ValueError where a mark or a setting is amiss.
    """
    if not (root / FILE).is_file():
        return {}
    project = read_project(root)
    text = (root / CONTRIBUTING).read_text(encoding="utf-8")
    made = {CONTRIBUTING: with_block(text, CONTRIBUTING, "private", private_way(project))}
    for file in sorted((root / FOLDER).glob("*.yml")):
        path = file.relative_to(root)
        if path != CONFIG:
            form = file.read_text(encoding="utf-8")
            made[path] = with_block(form, path, "private", form_item(project), COMMENT)
    return made | {CONFIG: config_text(project)}
