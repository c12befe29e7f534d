"""Whether every link of a copy leads somewhere: to a file in it, to an anchor that is there, or to a shown host."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from posixpath import dirname, normpath
from urllib.parse import unquote, urlsplit

from scripts.site_safety.outbound import LINKED, plain_host

LEADING = {"href", "src", "action", "data", "poster", "srcset", "formaction", "background", "ping"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
TAG = re.compile(r"""<(/?)([a-zA-Z][^\s/>]*)((?:[^>"']|"[^"]*"|'[^']*')*)>""")
ATTRIBUTE = re.compile(r"""([^\s"'=<>/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
RAW = re.compile(r"(?<=<style>).*?(?=</style>)|<!--.*?-->", re.DOTALL)  # no tags stand in these
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


@dataclass
class Read:
    """What a page of the copy has: its anchors, where it leads, and what is wrong with its tags."""

    anchors: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def read(html: str) -> Read:
    """A page as it is read: every tag must be closed, in order; every anchor is there once."""
    page, opened = Read(), []
    for tag in TAG.finditer(RAW.sub("", html)):
        name = tag[2].lower()
        if not tag[1]:
            note(page, tag[3])
            if name not in VOID and not tag[3].endswith("/"):
                opened.append(name)
        elif opened and opened[-1] == name:
            opened.pop()
        else:
            page.faults.append(f"</{name}> closes {opened[-1] if opened else 'nothing'}")
    page.faults += [f"<{name}> is never closed" for name in opened]
    return page


def note(page: Read, attributes: str) -> None:
    """Note the anchors and links of a tag."""
    for name, double, single in ATTRIBUTE.findall(attributes):
        text = unescape(double or single)
        if name.lower() == "id":
            page.faults += [f"two anchors are called #{text}"] * (text in page.anchors)
            page.anchors.add(text)
        elif name.lower() in LEADING:
            page.links.append(text)


def link_faults(folder: Path, hosts: Iterable[str]) -> Iterator[str]:
    """`file: what is wrong` for each link of a copy that leads nowhere or to a host not listed, sorted by file."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    pages = {name: read((folder / name).read_text(encoding="utf-8")) for name in names if name.endswith(".html")}
    known, shown = set(names), {*LINKED, *hosts}
    for name, page in pages.items():
        yield from (f"{name}: {fault}" for fault in page.faults)
        for link in dict.fromkeys(page.links):
            fault = fault_of(name, link, known, pages, shown)
            if fault:
                yield f"{name}: {link} {fault}"


def fault_of(name: str, link: str, known: set[str], pages: dict[str, Read], hosts: set[str]) -> str:
    """What is wrong with a link of the file `name`; empty where nothing is."""
    if SCHEME.match(link):
        host = plain_host(urlsplit(link).hostname or "")
        is_shown = link.startswith(("https://", "http://")) and any(host == h or host.endswith(f".{h}") for h in hosts)
        return "" if is_shown or link.startswith("mailto:") else "leads out of the copy"
    path, _, anchor = link.partition("#")
    if link.startswith("/") or "?" in path:
        return "is an address of the site, not of a file"
    target = normpath(f"{dirname(name)}/{unquote(path)}".lstrip("/")) if path else name
    if target not in known:
        return "leads to no file"
    if anchor and target in pages and unquote(anchor) not in pages[target].anchors:
        return "leads to no anchor"
    return ""
