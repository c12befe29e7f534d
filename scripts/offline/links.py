"""Whether every link of a copy leads somewhere: to a file in it, to an anchor that is there, or to a shown host."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, normpath
from urllib.parse import unquote, urlsplit

from scripts.site_safety.outbound import LINKED, plain_host

LEADING = {"href", "src", "action", "data", "poster", "srcset", "formaction", "background", "ping"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


@dataclass
class Read(HTMLParser):
    """What a page of the copy has: its anchors, where it leads, and what is wrong with its tags."""

    anchors: set[str] = field(default_factory=set)
    links: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note anchors and links; a tag that must be closed is open."""
        for name, value in attrs:
            if name == "id" and value in self.anchors:
                self.faults.append(f"two anchors are called #{value}")
            if name == "id":
                self.anchors.add(value or "")
            if name in LEADING:
                self.links.append(value or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag that closes itself, as in a drawing."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        """Close a tag; one that is not the last opened is a fault."""
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.faults.append(f"line {self.getpos()[0]}: </{tag}> closes {self.open[-1] if self.open else 'nothing'}")


def read(html: str) -> Read:
    """A page as it is read."""
    page = Read()
    page.feed(html)
    page.close()
    page.faults += [f"<{tag}> is never closed" for tag in page.open]
    return page


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
