"""One HTML file of all pages' text: no script, no request, links within it, readable on a telephone."""

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape, unescape

from scripts.offline.places import STOCK
from scripts.offline.rewriting import without_twins
from scripts.site_pages.delivery import stylesheet
from scripts.site_pages.texts import Texts

MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)
TOLD = '<section id="take"'  # every page that tells something ends so
# What a page has for itself alone: where to go on it, how to take or correct it, marks that lead out.
ASIDE = re.compile(
    r'<nav class="contents".*?</nav>|<section id="take".*?</section>|<form\b.*?</form>|<a class="out".*?</a>'
    r'|<p class="(?:reply|raw|source-note|band quiet)".*?</p>|<p class="note"><a href="/search".*?</p>',
    re.DOTALL,
)
TAG = re.compile(r"<(?!svg\b)[a-z][^>]*>")
ATTRIBUTES = re.compile(
    r'\s(?:role|data-label|tabindex|aria-label|aria-labelledby|title)="[^"]*"'
    r'|\sid="\w+-heading"|\sclass="(?:long|short|claim|said|sentence)"'
)
NOT_NEEDED = re.compile(r"</?(?:article|header)\b[^>]*>")
HEADING = re.compile(r"(</?h)([1-3])\b")
ID = re.compile(r'(\sid=")([^"]*)(")')
RECORD = re.compile(r"[A-Z][0-9]{4,5}")
LINK = re.compile(r'<a\b[^>]*\shref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
SHARED = re.compile(r'<div class="caveat">.*</div>|<p class="lead">.*</p>|<div><dt>.*</div>')  # whole parts of a page
ANSWER_ID = re.compile(r'(<p) id="[^"]*"')
VIEW_ROWS = re.compile(r'(<section id="rows">\n<h2>.*?</h2>\n).*?</section>', re.DOTALL)
MOST_ROWS = 100  # of a view: what it lists at length is told one by one under persons and events
SPACE = re.compile(r"\n\s*")
OUTSIDE = "https://"
TOLD_AT = {"anomalies": "/inconsistencies"}  # rows that a list tells as whole as a page of rows would
WITH_ROWS = ("/tables/", *TOLD_AT.values())  # pages whose rows keep their ids as anchors
FEWEST = 5  # pages of a group, for what they share to be said once
DEEPER = 2  # a page's first heading is the third of the file: below its title and the name of its group
OWN_STYLE = """
main { overflow-wrap: anywhere; }
h4 { margin: 1rem 0 0.3rem; font: 600 1.125rem/1.3 var(--serif); }
h5 { margin: 0; font: 600 1rem/1.3 var(--serif); }
h2 { margin-top: 3rem; border-top: 2px solid var(--rule); padding-top: 1rem; }
article { margin: 2rem 0 0; padding-top: 0.75rem; border-top: 1px solid var(--rule); }
.ids { font-size: 0.9375rem; line-height: 1.9; max-width: none; }
.cites a { padding: 0.1rem 0.3rem; border: 1px solid var(--hair); background: var(--sheet); white-space: nowrap; }
.timeline > li { margin-left: 0; } .timeline .when { position: static; width: auto; text-align: left; }
"""


@dataclass(frozen=True)
class Group:
    """Pages that stand together: a heading, and the addresses with their texts."""

    heading: str
    pages: dict[str, str]


def extract(html: str) -> str:
    """The main part of a page without what is only of use on it. Empty where it tells no more than a record's fate."""
    main = MAIN.search(html) if TOLD in html else None
    if main is None:
        return ""
    text = NOT_NEEDED.sub("", ASIDE.sub("", without_twins(main[1])))
    text = TAG.sub(lambda tag: ATTRIBUTES.sub("", tag[0]), text)
    return SPACE.sub("\n", text).strip()


def shared(pages: dict[str, str]) -> list[str]:
    """The lines that every page of a group has, in order: said once, at the group's head."""
    if len(pages) < FEWEST:
        return []
    first, *others = [list(dict.fromkeys(text.split("\n"))) for text in pages.values()]
    common = set(first).intersection(*others)
    return [line for line in first if line in common and SHARED.fullmatch(line) and "href=\"/" not in line]


def without(text: str, lines: Iterable[str]) -> str:
    """A text without some of its lines."""
    left_out = set(lines)
    return "\n".join(line for line in text.split("\n") if line not in left_out)


def without_long_rows(text: str, note: str) -> str:
    """The page of a view without its rows where they are many; `note` says so."""
    if text.count("<tr>") <= MOST_ROWS:
        return text
    return VIEW_ROWS.sub(lambda rows: f'{rows[1]}<p class="note">{escape(note)}</p>\n</section>', text)


def slug(address: str) -> str:
    """The anchor of a page: its id where it has one, else its path: count-sentences, home."""
    last = address.rpartition("/")[2]
    if RECORD.fullmatch(last):
        return last
    return re.sub(r"[^\w]+", "-", address).strip("-") or "home"


def way(address: str, pages: set[str]) -> str:
    """Where an address of the site leads within the file; empty where it does not."""
    path, _, anchor = address.partition("#")
    path = path.partition("?")[0] or ""
    stock = STOCK.fullmatch(path)
    if stock and stock["table"] and not stock["form"]:
        table = TOLD_AT.get(stock["table"], f"/tables/{stock['table']}")
        path = table if table in pages else f"/{stock['table']}/{stock['row']}"
        anchor = stock["row"] or "" if path == table else ""
    return f"#{inner(path, anchor)}" if path in pages else ""


def inner(address: str, anchor: str) -> str:
    """The anchor of a part of a page; a row without a page of its own keeps its id."""
    if address.startswith(WITH_ROWS) and RECORD.fullmatch(anchor):
        return anchor
    return f"{slug(address)}--{anchor}" if anchor else slug(address)


def within(address: str, text: str, pages: set[str]) -> str:
    """The text of a page as it stands in the file: its ids its own, its links within, its headings deeper."""
    own = slug(address)

    def link(found: re.Match[str]) -> str:
        href = unescape(found[1])
        if href.startswith(OUTSIDE):
            return f'<a href="{escape(href)}" rel="noreferrer">{found[2]}</a>'
        target = f"#{inner(address, href[1:])}" if href.startswith("#") else way(href, pages)
        return f'<a href="{escape(target)}">{found[2]}</a>' if target else found[2]

    if address.startswith(WITH_ROWS):
        text = ANSWER_ID.sub(r"\1", text)  # the answer is a row too, with this id
    text = ID.sub(lambda found: f"{found[1]}{inner(address, found[2])}{found[3]}", text)
    text = HEADING.sub(lambda found: f"{found[1]}{int(found[2]) + DEEPER}", LINK.sub(link, text))
    return f'<article id="{own}">\n{text}\n</article>\n'


def group_html(group: Group, pages: set[str]) -> str:
    """A group: its heading, what all its pages say, its pages."""
    common = shared(group.pages)
    facts = [line for line in common if line.startswith("<div><dt>")]
    said = "".join(f"{line}\n" for line in common if line not in facts)
    said += f'<dl class="facts">\n{"".join(facts)}</dl>\n' if facts else ""
    told = "".join(within(address, without(text, common), pages) for address, text in group.pages.items())
    return f'<h2 id="{slug(group.heading)}">{escape(group.heading)}</h2>\n{said}{told}'


def contents(groups: Iterable[Group], heading: str) -> str:
    """The table of contents: groups, and under each its pages; records by their ids, so that it is no list of names."""
    parts = []
    for group in groups:
        links = [f'<a href="#{slug(address)}">{label(address, text)}</a>' for address, text in group.pages.items()]
        parts.append(f'<h3><a href="#{slug(group.heading)}">{escape(group.heading)}</a></h3>\n')
        parts.append(f'<p class="ids">{" · ".join(links)}</p>\n')
    return f'<nav aria-labelledby="contents">\n<h2 id="contents">{escape(heading)}</h2>\n{"".join(parts)}</nav>\n'


def label(address: str, text: str) -> str:
    """What a page is called in the contents: its id, else its title."""
    last = address.rpartition("/")[2]
    title = TITLE.search(text)
    return last if RECORD.fullmatch(last) or title is None else title[1].strip()


def whole(groups: list[Group], t: Texts, head: str) -> str:
    """The file. `head` stands first: the band and the warnings."""
    pages = {address for group in groups for address in group.pages}
    style = stylesheet()[0] + OWN_STYLE
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    body = "".join(group_html(group, pages) for group in groups)
    title = f"{escape(t['site_name'])}: {escape(t['offline_whole'])}"
    lead = f'<p class="lead">{escape(t["offline_whole_lead"])}</p>\n{contents(groups, t["on_this_page"])}'
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'sha256-{digest}\'">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        '<meta name="robots" content="noindex, nofollow">\n'
        f"<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n{head}<main>\n<h1>{title}</h1>\n"
        f"{lead}{body}</main>\n</body>\n</html>\n"
    )
