"""What search engines may keep: pages about no one. Everything else says `noindex`; robots.txt and the sitemap.

Nothing that names a person or an official is for a search engine: whoever looks a name up should not land here.
"""

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape

from scripts.site_safety.asked import Asked

LANGUAGE = r"(?:(?:ru|kk)/)?"
OPEN = re.compile(rf"/(?:ru/?|kk/?|{LANGUAGE}(?:events(?:/E[0-9]{{4,5}})?|figures|inconsistencies|about/[\w-]+))?")
NAMES = re.compile(rb"/(?:persons|officials)/[PO][0-9]{4,5}")
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
ROBOTS = """# Pages about persons and officials say noindex; they are not closed here, so that this can be read.
User-agent: *
Disallow: /*?
Disallow: /search
Disallow: /ru/search
Disallow: /kk/search
Disallow: /correct
Disallow: /ru/correct
Disallow: /kk/correct
Crawl-delay: 10
"""


def robots_of(request: Asked, status: int, media_type: str, body: bytes) -> str:
    """What is said to robots of an answer: nothing for a page of OPEN that leads to nobody, else `noindex`."""
    is_open = status == 200 and media_type == "text/html" and not request.query and OPEN.fullmatch(request.path)
    return "" if is_open and not NAMES.search(body) else "noindex"


def robots_txt(site: str) -> str:
    """robots.txt; it names the sitemap where the site's address is set."""
    return ROBOTS + (f"Sitemap: {site}/sitemap.xml\n" if site else "")


def sitemap(site: str, paths: Iterable[str]) -> str:
    """sitemap.xml of some paths."""
    pages = "".join(f"<url><loc>{escape(site + path)}</loc></url>\n" for path in paths)
    return f'{XML}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{pages}</urlset>\n'
