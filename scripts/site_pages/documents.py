"""/about/<document>: the documents of metadata/, and our own on how to read the numbers and on help.

A translation stands in scripts/site/texts/prose/<language>; the anchors of its headings are those of the English, so
that an address leads to the same place in each language.
"""

import re
from collections.abc import Callable
from functools import cache, partial
from html import escape
from itertools import pairwise
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from scripts.marked import without_marks
from scripts.package import ROOT
from scripts.site_pages.fates import no_page
from scripts.site_pages.page import Page, Section
from scripts.site_pages.reading import DATABASE, Site

PROSE = ROOT / "scripts" / "site" / "texts" / "prose"
OWN = ("read", "help")
FILES = {
    "methodology": "metadata/methodology.md",
    "ethics": "metadata/ethics.md",
    "known-problems": "metadata/known-problems.md",
    "changes": "CHANGELOG.md",
    "data-dictionary": "metadata/data-dictionary.md",
    "codebook": "metadata/codebook.md",
    "datasheet": "metadata/datasheet.md",
    "faq": "metadata/faq.md",
    "loading": "metadata/loading.md",
    "rules": "metadata/rules.md",
    "coding-manual": "metadata/coding-manual.md",
    "privacy": "metadata/privacy.md",
    "terms": "metadata/terms.md",
    "contributing": "CONTRIBUTING.md",
}
NOT_IN_ANCHORS = re.compile(r"[^\w-]+")
Rewrite = Callable[[str], str]


async def page(site: Site, name: str) -> Page:
    """A document as a page; its first heading is the page's title."""
    english = english_path(name)
    if english is None:
        return no_page(site, "/about")
    own = translated_path(name, site.language)
    title, body = split_title((own or english).read_text(encoding="utf-8"))
    anchors = anchors_of(english.read_text(encoding="utf-8"))[1:]
    html = rendered(body, partial(address, site), site.t["table"], anchors)
    section = Section("text", title, markup=html)
    language = site.language if own else "en"
    return Page(f"/about/{name}", title, sections=(section,), template="document.html", extra={"language": language})


def english_path(name: str) -> Path | None:
    """The English file of a document; None where there is no such document."""
    if name in FILES:
        return ROOT / FILES[name]
    return PROSE / "en" / f"{name}.md" if name in OWN else None


def translated_path(name: str, language: str) -> Path | None:
    """The file of a document's translation; None where it has none, and for English."""
    path = PROSE / language / f"{name}.md"
    return path if language != "en" and path.is_file() else None


def anchors_of(text: str) -> list[str]:
    """The anchors of a document's headings, its title's first."""
    tokens = parser().parse(text)
    return [anchor_of(content.content) for token, content in pairwise(tokens) if token.type == "heading_open"]


def split_title(text: str) -> tuple[str, str]:
    """The first heading of a document, and what follows it."""
    head, _, body = text.partition("\n")
    return head.removeprefix("# ").strip(), body


def address(site: Site, href: str) -> str:
    """Where a link of a document leads on the site; empty where it leads nowhere here."""
    path, _, anchor = href.partition("#")
    if re.match(r"https://", href) or (not path and anchor):
        return href
    if href.startswith("/"):
        return site.path(href)
    for name, file in FILES.items():
        if path.split("/")[-1] == file.split("/")[-1]:
            return site.path(f"/about/{name}") + (f"#{anchor}" if anchor else "")
    table = re.search(r"(?:^|/)data/(\w+)\.csv$", path)
    return str(site.datasette.urls.table(DATABASE, table[1])) if table else ""


def rendered(text: str, rewrite: Rewrite, table: str, anchors: list[str]) -> str:
    """Markdown as HTML: no HTML of its own, headings with anchors, links rewritten, wide parts that scroll by key.

    `table` is what screen readers call a table's frame.
    """
    tokens = parsed(text, anchors)
    tell_heads(tokens)
    for token in tokens:
        align(token)
        for child in token.children or []:
            if child.type == "link_open":
                relink(child, rewrite)
    html = str(parser().renderer.render(tokens, parser().options, {}))
    frame = f'<div class="scroll" tabindex="0" role="group" aria-label="{escape(table, quote=True)}">'
    opened = html.replace("<table>", f'{frame}<table class="set">').replace("<pre>", '<pre tabindex="0">')
    return opened.replace("</table>", "</table></div>")


@cache
def parser() -> MarkdownIt:
    """CommonMark with tables; HTML in the text is shown, not obeyed."""
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def parsed(text: str, anchors: list[str]) -> list[Token]:
    """The tokens of a text without the marks of its blocks, these anchors on its headings in order.

    Raises ValueError where their number differs.
    """
    tokens = parser().parse(without_marks(text))
    headings = [token for token in tokens if token.type == "heading_open"]
    for token, anchor in zip(headings, anchors, strict=True):
        token.attrSet("id", anchor)
    return tokens


def anchor_of(heading: str) -> str:
    """The anchor of a heading, as repositories make it."""
    return NOT_IN_ANCHORS.sub("", heading.casefold().replace(" ", "-").replace("`", ""))


def align(token: Token) -> None:
    """Numbers of a table stand right by a class: no style is inline."""
    if token.attrs.pop("style", "") == "text-align:right":
        token.attrSet("class", "number")


def tell_heads(tokens: list[Token]) -> None:
    """The head of a column says that it is one; an empty one, over the heads of rows, is a plain cell."""
    for token, content, end in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if token.type == "th_open" and content.content:
            token.attrSet("scope", "col")
        elif token.type == "th_open":
            token.tag = end.tag = "td"


def relink(token: Token, rewrite: Rewrite) -> None:
    """Lead a link where it leads on the site; mark one that leaves it."""
    href = rewrite(str(token.attrGet("href") or ""))
    if href:
        token.attrSet("href", href)
    else:
        token.attrs.pop("href", None)
    if href.startswith("https://"):
        token.attrSet("rel", "noreferrer")
