"""A page of the site as a page of the copy: links lead to files, forms give way, and the copy says what it is.

What comes in is what our templates make: attributes in double quotes, `<`, `>` and `"` escaped in every text. So tags
are told by their brackets, and all between them stays byte by byte.
"""

import re
from dataclasses import dataclass
from html import escape, unescape

from markupsafe import escape as as_shown  # as templates escape

from scripts.doors import LANGUAGES
from scripts.offline.copies import one_file_name
from scripts.offline.places import Places, relative
from scripts.offline.risk import risk_html
from scripts.site_pages.reading import DATABASE
from scripts.site_pages.texts import Texts, site_texts

STYLE = "static/offline.css"
LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.DOTALL)
HEAD_LINK = re.compile(r"<link\b([^>]*)>\n?")
HREF = re.compile(r'(\shref=")([^"]*)(")')
ID = re.compile(r'\sid="([^"]*)"')
FORM = re.compile(r'<form\b[^>]*\saction="([^"]*)"[^>]*>.*?</form>', re.DOTALL)
CHARSET = '<meta charset="utf-8">\n'
BODY = re.compile(r'(<body[^>]*>\n(?:<a class="skip"[^>]*>[^<]*</a>\n)?)')
MAIN = re.compile(r"(<main[^>]*>\n)")
ROBOTS = '<meta name="robots" content="noindex, nofollow">\n'
# `file:` because browsers differ in whether 'self' holds for a page opened from a folder. A page on a server cannot
# reach file: at all.
POLICY = "default-src 'none'; style-src 'self' file:; base-uri 'none'; form-action 'none'"
SCRIPTS = POLICY + "; script-src 'self' file:"


@dataclass(frozen=True)
class Copy:
    """What every page of a copy says: of which version, and from which day that is, in each language."""

    version: str
    dates: dict[str, str]

    def words(self, language: str) -> str:
        """What a copy is, and what it lacks."""
        return str(site_texts(language)["offline_band"].format(version=self.version, date=self.dates[language]))

    def band(self, language: str) -> str:
        """The band at the head of a page."""
        return f'<p class="band offline">{escape(self.words(language))}</p>\n'


def language_of(file: str) -> str:
    """The language of a page by its file."""
    first = file.split("/")[0]
    return first if first in LANGUAGES else "en"


def copied(html: str, file: str, places: Places, copy: Copy, is_hidden: bool) -> str:
    """A page of the site as it stands in the copy under the name `file`; `is_hidden`: no search engine may keep it."""
    language = language_of(file)
    t = site_texts(language)
    html = FORM.sub(lambda form: form_stand_in(unescape(form[1]), file, places, copy), html)
    html = LINK.sub(lambda link: anchor(link, file, places, t), html)
    html = without_twins(html)
    html = html.replace(str(as_shown(t["search_privacy"])), str(as_shown(t["offline_privacy"])))
    html = HEAD_LINK.sub(lambda link: head_link(link, file, places), html)
    scripts = search_scripts(file) if is_search(file) else ""
    policy = f'<meta http-equiv="Content-Security-Policy" content="{SCRIPTS if scripts else POLICY}">\n'
    robots = ROBOTS if is_hidden and 'name="robots"' not in html else ""
    style = f'<link rel="stylesheet" href="{relative(file, STYLE)}">\n'
    html = html.replace(CHARSET, CHARSET + policy + robots, 1).replace("</head>", f"{style}{scripts}</head>", 1)
    html = BODY.sub(lambda body: body[1] + copy.band(language), html, count=1)
    if file in ("index.html", *(f"{name}/index.html" for name in LANGUAGES)):
        html = MAIN.sub(lambda main: main[1] + risk_html(), html, count=1)
    return html


def without_twins(html: str) -> str:
    """The page with each anchor once: an answer that stands in two places of a page is led to at the first."""
    seen: set[str] = set()

    def once(found: re.Match[str]) -> str:
        if found[1] in seen:
            return ""
        seen.add(found[1])
        return found[0]

    return ID.sub(once, html)


def is_search(file: str) -> bool:
    """Whether a file is the page of the search."""
    return file.rpartition("/")[2] == "search.html"


def search_scripts(file: str) -> str:
    """The scripts of the search: what is searched, then what searches it."""
    names = ("search-data.js", "search-words.js", "search-find.js", "search.js")
    return "".join(f'<script defer src="{relative(file, name)}"></script>\n' for name in names)


def attributes(tag: str, file: str, target: str) -> str:
    """The attributes of a link that leads to a file of the copy."""
    way = escape(relative(file, target))
    return HREF.sub(lambda href: f"{href[1]}{way}{href[3]}", tag)


def anchor(link: re.Match[str], file: str, places: Places, t: Texts) -> str:
    """A link as it stands in the copy; words alone where the copy has nothing to lead to."""
    found = HREF.search(link[1])
    address = unescape(found[2]) if found else ""
    if not address.startswith("/"):
        return link[0]
    target = places.of(address)
    if not target:
        return f'<span class="absent">{link[2]} ({escape(t["offline_absent"])})</span>'
    return f"<a{attributes(link[1], file, target)}>{link[2]}</a>"


def head_link(link: re.Match[str], file: str, places: Places) -> str:
    """A link in the head of a page; none where the copy has nothing to lead to."""
    found = HREF.search(link[1])
    target = places.of(unescape(found[2])) if found else ""
    return f"<link{attributes(link[1], file, target)}>\n" if target else ""


def form_stand_in(action: str, file: str, places: Places, copy: Copy) -> str:
    """What stands in a form's place: the search on its page, elsewhere the way to it; else that it needs a server."""
    t = site_texts(language_of(file))
    if not action.endswith("/search"):
        return f'<p class="note">{escape(t["offline_form"])}</p>'
    if is_search(file):
        return search_form(t, file, places, copy)
    way = escape(relative(file, places.of(action)))
    return f'<p class="search"><a href="{way}">{escape(t["search_title"])}</a>. {escape(t["search_note"])}</p>'


def search_form(t: Texts, file: str, places: Places, copy: Copy) -> str:
    """The search, which works by script alone; without one the page says what does."""
    listed, whole = places.of("/events"), one_file_name(DATABASE, copy.version)
    others = ((listed, t["nav_events"]), (whole, t["offline_whole"]))
    links = " · ".join(f'<a href="{escape(relative(file, to))}">{escape(words)}</a>' for to, words in others)
    return (
        '<form class="search" role="search" id="search" hidden>\n'
        f'<label for="q">{escape(t["search_label"])}</label>\n'
        '<div class="box"><input id="q" type="search" maxlength="120" autocomplete="off" autocapitalize="off"'
        f' spellcheck="false" aria-describedby="q-note"> <button>{escape(t["search_button"])}</button></div>\n'
        f'<p id="q-note" class="note">{escape(t["search_note"])}</p>\n</form>\n'
        f'<noscript><p class="caveat">{escape(t["offline_no_script"])}'
        f" {links}</p></noscript>\n"
        '<div id="found" aria-live="polite"></div>\n'
    )
