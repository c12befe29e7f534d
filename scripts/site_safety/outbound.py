"""Which printed addresses are links, and what is said beside them.

A link tells its host who reads about whom. So it leads only to the hosts listed here; every other address is shown as
text, to be copied by whoever chooses to.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from markupsafe import Markup

NOTE = "as printed in 2018, not checked"
LINKED = {
    "ap.ohchr.org", "assembly.coe.int", "eurasianet.org", "odfoundation.eu", "ohchr.org", "osce.org", "undocs.org",
    "europarl.europa.eu", "rus.azattyq.org", "youtube.com",
}  # fmt: skip
STATE = "a state's site, which would learn who reads this"
SHORT = "a shortened address, which hides where it leads"
ACCOUNT = "somebody's account"
IN_KAZAKHSTAN = "a site in Kazakhstan, where the state can learn who reads it"
UNKNOWN = "nobody has looked at who owns this site now"
STATE_HOST = re.compile(
    r"(^|\.)(gov|court|gob|gouv)\.[a-z.]+$|(^|\.)(zan\.kz|akorda\.kz|sud\.kz|conseil-etat\.fr|ombudsman\.kg)$"
)
SHORT_HOST = re.compile(
    r"^(bit\.ly|goo\.gl|t\.co|tinyurl\.com|ow\.ly|is\.gd|clck\.ru|cutt\.ly|youtu\.be|fb\.me|vk\.cc)$"
)
ACCOUNT_HOST = re.compile(
    r"(^|\.)(facebook|instagram|twitter|x|vk|ok|tiktok|linkedin|livejournal|telegram)\.(com|ru|org)$|^(t|wa)\.me$"
)
KAZAKHSTAN_HOST = re.compile(r"\.(kz|қаз|xn--80ao21a)$")
REASONS = ((STATE_HOST, STATE), (SHORT_HOST, SHORT), (ACCOUNT_HOST, ACCOUNT), (KAZAKHSTAN_HOST, IN_KAZAKHSTAN))


@dataclass(frozen=True)
class Link:
    """A printed address: its host, where a link to it leads (empty where it is text) and why it is text."""

    url: str
    host: str
    href: str
    reason: str

    @property
    def html(self) -> Markup:
        """The link or text, with host and note."""
        if not self.href:
            text = Markup('<span class="outbound">{}</span>').format(self.url)
            return text + Markup(" <small>({}; {})</small>").format(NOTE, self.reason)
        link = Markup('<a href="{}" rel="noreferrer nofollow external">{}</a>').format(self.href, self.url)
        return link + Markup(" <small>({}; {})</small>").format(self.host, NOTE)


def plain_host(host: str) -> str:
    """A host in small letters without `www.` and the dot at its end."""
    return host.lower().rstrip(".").removeprefix("www.")


def outbound(url: str) -> Link:
    """A printed address as it is shown. Nothing is a link but http and https to a host of LINKED, without a login."""
    try:
        parts = urlsplit(url.strip())
        host = plain_host(parts.hostname or "")
        is_plain = parts.scheme in ("http", "https") and "@" not in parts.netloc and parts.port in (None, 80, 443)
    except ValueError:
        return Link(url, "", "", UNKNOWN)
    reason = next((why for pattern, why in REASONS if pattern.search(host)), "")
    is_listed = host in LINKED or any(host.endswith(f".{listed}") for listed in LINKED)
    if reason or not (is_plain and is_listed):
        return Link(url, host, "", reason or UNKNOWN)
    return Link(url, host, url.strip(), "")
