"""The documents hold together: each is in the list, each link leads somewhere, each command that they name exists."""

import importlib.util
import re
import subprocess
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from scripts.package import ROOT
from scripts.site_pages.documents import anchor_of

METADATA = ROOT / "metadata"
DOCUMENTS = sorted([*ROOT.glob("*.md"), *METADATA.rglob("*.md"), *(ROOT / "validation").glob("*.md")])


def links(document: Path) -> list[str]:
    """Where the links and pictures of a document lead."""
    tokens = MarkdownIt().enable("table").parse(document.read_text(encoding="utf-8"))
    inner = [child for token in tokens for child in token.children or []]
    return [str(c.attrGet("href") or c.attrGet("src")) for c in inner if c.type in ("link_open", "image")]


@cache
def anchors(document: Path) -> set[str]:
    """The anchors of a document's headings."""
    tokens = MarkdownIt().enable("table").parse(document.read_text(encoding="utf-8"))
    return {anchor_of(inline.content) for opened, inline in pairwise(tokens) if opened.type == "heading_open"}


def broken(document: Path) -> list[str]:
    """The links of a document that lead to no file of this repository, or to no heading of it."""
    found = []
    for link in links(document):
        path, _, anchor = link.partition("#")
        target = document.parent / path if path else document
        if re.match("https?://", link):
            continue
        if not target.exists() or (anchor and anchor not in anchors(target)):
            found.append(link)
    return found


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(document: Path) -> None:
    assert broken(document) == []


def test_a_link_that_leads_nowhere_is_found(tmp_path: Path) -> None:
    (tmp_path / "other.md").write_text("# A `b`, c\n", encoding="utf-8")
    document = tmp_path / "one.md"
    document.write_text(
        "[1](other.md) [2](other.md#a-b-c) [3](other.md#b) ![4](gone.png) [5](#here) [6](https://example.org)\n\n"
        "| |\n| --- |\n| [7](gone.md) |\n\n## Here\n",
        encoding="utf-8",
    )
    assert broken(document) == ["other.md#b", "gone.png", "gone.md"]


def test_the_list_of_documents_is_complete() -> None:
    listed = [link for link in links(METADATA / "README.md") if not link.startswith("..")]
    here = {path.name for path in METADATA.iterdir() if path.is_file()} - {"README.md"}
    folders = {"corrections/README.md"} | {link for link in listed if link.startswith("pictures/")}
    assert len(listed) == len(set(listed))
    assert set(listed) == here | folders


def test_every_command_in_a_document_exists() -> None:
    made = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    targets = set(re.findall(r"^make (\S+)", made, re.MULTILINE))
    modules, called = set(), set()
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        modules |= set(re.findall(r"python -m scripts\.([a-z_]+)", text))
        lines = re.findall(r"(?:`|^    )make ((?:[a-z-]+ ?)+)", text, re.MULTILINE)
        called |= {target for line in lines for target in line.split()}
    assert {"document", "serve", "test", "notebook"} <= called
    assert called - targets == set()
    assert {"verify", "diff"} <= modules
    assert [name for name in sorted(modules) if importlib.util.find_spec(f"scripts.{name}") is None] == []
