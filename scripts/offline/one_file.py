"""One HTML file of all pages' text: no script, no request, links within it, readable on a telephone."""

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape, unescape

from scripts.offline.places import STOCK
from scripts.site_pages.delivery import stylesheet
from scripts.site_pages.texts import Texts

MAIN = re.compile(r"<main\b[^>]*>(.*)</main>", re.DOTALL)
# What a page has for itself alone: where to go on it, how to take or correct it, marks that lead out.
ASIDE = re.compile(
    r'<nav class="contents".*?</nav>|<section id="take".*?</section>|<p class="(?:reply|raw|source-note|band quiet)".*?</p>'
    r'|<form\b.*?</form>|<a class="out".*?</a>|<p class="note"><a href="/search".*?</p>',
    re.DOTALL,
)
TAG = re.compile(r"<(?!svg\b)[a-z][^>]*>")
ATTRIBUTES = re.compile(r'\s(?:role|data-label|tabindex|aria-label|title)="[^"]*"')
NOT_NEEDED = re.compile(r"</?(?:article|header)\b[^>]*>")
HEADING = re.compile(r"(</?h)([1-3])\b")
ID = re.compile(r'(\s(?:id|aria-labelledby|for)=")([^"]*)(")')
LINK = re.compile(r'<a\b[^>]*\shref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
TITLE = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)
SPACE = re.compile(r"\n\s*")
OUTSIDE = "https://"
DEEPER = 2  # a page's first heading is the third of the file: below its title and the name of its group
OWN_STYLE = """
h4 { margin: 1rem 0 0.3rem; font: 600 1.125rem/1.3 var(--serif); }
h5 { margin: 0; font: 600 1rem/1.3 var(--serif); }
h2 { margin-top: 3rem; border-top: 2px solid var(--rule); padding-top: 1rem; }
article { margin: 2rem 0 0; padding-top: 0.75rem; border-top: 1px solid var(--rule); }
.ids { font-size: 0.9375rem; line-height: 1.9; max-width: none; }
.timeline > li { margin-left: 0; } .timeline .when { position: static; width: auto; text-align: left; }
"""


@dataclass(frozen=True)
class Group:
    """Pages that stand together: a heading, and the addresses with their texts."""

    heading: str
    pages: dict[str, str]


def extract(html: str) -> str:
    """The main part of a page without what is only of use on it. Empty where the page has none."""
    main = MAIN.search(html)
    if main is None:
        return ""
    text = NOT_NEEDED.sub("", ASIDE.sub("", main[1]))
    text = TAG.sub(lambda tag: ATTRIBUTES.sub("", tag[0]), text)
    return SPACE.sub("\n", text).strip()


def slug(address: str) -> str:
    """The anchor of a page: persons-P0001, home."""
    return re.sub(r"[^\w]+", "-", address).strip("-") or "home"


def way(address: str, pages: set[str]) -> str:
    """Where an address of the site leads within the file; empty where it does not."""
    path, _, anchor = address.partition("#")
    path = path.partition("?")[0] or ""
    stock = STOCK.fullmatch(path)
    if stock and stock["table"] and not stock["form"]:
        table = f"/tables/{stock['table']}"
        path = table if table in pages else f"/{stock['table']}/{stock['row']}"
        anchor = stock["row"] or "" if path == table else ""
    if path not in pages:
        return ""
    return f"#{slug(path)}--{anchor}" if anchor else f"#{slug(path)}"


def within(address: str, text: str, pages: set[str]) -> str:
    """The text of a page as it stands in the file: its ids its own, its links within, its headings deeper."""
    own = slug(address)

    def link(found: re.Match[str]) -> str:
        href = unescape(found[1])
        if href.startswith(OUTSIDE):
            return f'<a href="{escape(href)}" rel="noreferrer">{found[2]}</a>'
        target = f"#{own}--{href[1:]}" if href.startswith("#") else way(href, pages)
        return f'<a href="{escape(target)}">{found[2]}</a>' if target else found[2]

    text = ID.sub(lambda found: f"{found[1]}{own}--{found[2]}{found[3]}", text)
    text = HEADING.sub(lambda found: f"{found[1]}{int(found[2]) + DEEPER}", LINK.sub(link, text))
    return f'<article id="{own}">\n{text}\n</article>\n'


def contents(groups: Iterable[Group]) -> str:
    """The table of contents: groups, and under each its pages; records by their ids, so that it is no list of names."""
    parts = []
    for group in groups:
        links = [f'<a href="#{slug(address)}">{label(address, text)}</a>' for address, text in group.pages.items()]
        parts.append(f'<h3><a href="#{slug(group.heading)}">{escape(group.heading)}</a></h3>\n')
        parts.append(f'<p class="ids">{" · ".join(links)}</p>\n')
    return f'<nav aria-label="Contents" id="contents">\n{"".join(parts)}</nav>\n'


def label(address: str, text: str) -> str:
    """What a page is called in the contents: its id, else its title."""
    last = address.rpartition("/")[2]
    title = TITLE.search(text)
    return last if re.fullmatch(r"[A-Z][0-9]{4,5}", last) or title is None else title[1].strip()


def whole(groups: list[Group], t: Texts, head: str) -> str:
    """The file. `head` stands first: the band and the warnings."""
    pages = {address for group in groups for address in group.pages}
    style = stylesheet()[0] + OWN_STYLE
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    body = "".join(
        f'<h2 id="{slug(group.heading)}">{escape(group.heading)}</h2>\n'
        + "".join(within(address, text, pages) for address, text in group.pages.items())
        for group in groups
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'sha256-{digest}\'">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        '<meta name="robots" content="noindex, nofollow">\n'
        f"<title>{escape(t['site_name'])}: {escape(t['offline_whole'])}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"{head}<main>\n<h1>{escape(t['site_name'])}: {escape(t['offline_whole'])}</h1>\n"
        f'<p class="lead">{escape(t["offline_whole_lead"])}</p>\n{contents(groups)}{body}</main>\n</body>\n</html>\n'
    )
