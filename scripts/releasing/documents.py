"""What is read with the data: README, licences, CHANGELOG, metadata/ and the gate's report, each marked as a draft.

The licences stay as they are, and files of rows have no room for a mark.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from string import Template

from scripts.catalogue import Check
from scripts.changelog_sections import FILE as CHANGELOG
from scripts.changelog_sections import NOT_YET
from scripts.dictionary import markdown_table
from scripts.outcome import Outcome
from scripts.releasing.edition import CAVEATS, Edition
from scripts.releasing.made import Made
from scripts.report import as_json
from scripts.report_page import page

TEMPLATE = Path(__file__).resolve().parent / "readme.md"
METADATA = Path("metadata")
LICENCES = ("LICENSE", "LICENSE-DATA")
TITLES = {".csv": "Log", ".ipynb": "Notebook", ".md": "Document"}


def document_files(edition: Edition) -> list[Made]:
    """README.md, the licences, the CHANGELOG and every document and log of metadata/.

    Raises OSError where a licence or the CHANGELOG is missing.
    """
    root = edition.package.root
    made = [Made("README.md", readme(edition).encode(), "What the release is and how to use it")]
    made += [Made(name, (root / name).read_bytes(), "Licence") for name in LICENCES]
    kept = sorted(METADATA / path.name for path in (root / METADATA).iterdir() if path.suffix in TITLES)
    return made + [document(edition, path) for path in (CHANGELOG, *kept)]


def document(edition: Edition, path: Path) -> Made:
    """A document or log of the package as it goes out; `path` is the same in the package and in the release."""
    text = (edition.package.root / path).read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        return Made(path.as_posix(), marked_notebook(text, edition.draft_lines).encode(), "Notebook: five questions")
    if path.suffix == ".md":
        first, _, rest = text.partition("\n")
        marked = "\n".join([first, "", *edition.draft_lines, rest.lstrip("\n")])
        return Made(path.as_posix(), marked.encode(), heading(first))
    return Made(path.as_posix(), text.encode(), f"{TITLES[path.suffix]}: {path.stem}")


def marked_notebook(text: str, lines: Sequence[str]) -> str:
    """A notebook with these lines at the end of its first cell, which is text."""
    notebook = json.loads(text)
    first = notebook["cells"][0]
    if lines:
        first["source"] = [*first["source"], "\n", *(f"\n{line}" for line in lines if line)]
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def heading(line: str) -> str:
    """The words of a Markdown heading."""
    return line.lstrip("#").strip()


def readme(edition: Edition) -> str:
    """The release's README.md."""
    descriptor, project = edition.package.descriptor, edition.project
    source = descriptor["sources"][0]
    rows = [
        [f"`{resource['name']}`", f"{edition.tables[resource['name']].num_rows:,}", resource["description"]]
        for resource in edition.package.csv_resources
    ]
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        title=edition.title,
        package=descriptor["name"],
        draft="\n".join(edition.draft_lines),
        version=edition.version,
        released=edition.released.isoformat() if edition.released else NOT_YET,
        description=descriptor["description"],
        caveats="\n".join(f"- {caveat}" for caveat in CAVEATS),
        tables="\n".join(markdown_table(["Table", "Rows", "What it holds"], rows)),
        citation=edition.citation,
        source=f"{source['title']}, <{source['path']}>",
        licence=f"{descriptor['licenses'][0]['title']}, <{descriptor['licenses'][0]['path']}>",
        publisher=project.publisher or "not set",
        contact=project.contact or "not set",
    )


def report_files(edition: Edition, checks: list[Check], outcome: Outcome, scope: str) -> list[Made]:
    """The gate's report of the package as released: a page of every check, and the problems as JSON."""
    html = page(checks, outcome, {}, scope, None)
    if edition.draft:
        html = html.replace("<main>\n", f"<main>\n<p><strong>{edition.draft}</strong></p>\n", 1)
    return [
        Made("validation/report.html", html.encode(), "What the gate found, check by check"),
        Made("validation/report.json", as_json(outcome.problems).encode(), "The problems that the gate found"),
    ]
