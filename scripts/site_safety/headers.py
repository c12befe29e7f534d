"""The headers that every answer carries, and those that none does.

No page runs a script, and styles come from files of this site: so the policy allows neither inline. A block of
structured data (`application/ld+json`) is no script to a browser, and the policy lets it stand.
"""

Headers = list[tuple[bytes, bytes]]

POLICY = {
    "default-src": "'none'",
    "style-src": "'self'",
    "img-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
NOT_NEEDED = ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "microphone", "payment", "usb")
SAFE = {
    "content-security-policy": "; ".join(f"{name} {value}" for name, value in POLICY.items()),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "permissions-policy": ", ".join(f"{name}=()" for name in NOT_NEEDED),
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
# Nobody logs in and nothing is remembered: an answer depends neither on a cookie nor on who asks.
DROPPED = {b"set-cookie", b"vary", b"server"}
PRIVATE = b"private, no-store"  # Datasette's, for whoever sends a cookie; here none reaches it


def header(headers: Headers, name: str) -> str:
    """The value of a header; empty where there is none."""
    return next((value.decode("latin-1") for key, value in headers if key.lower() == name.encode()), "")


def with_safe_headers(headers: Headers, robots: str) -> Headers:
    """The headers with SAFE among them, without DROPPED. `robots` is said where the page says nothing itself."""
    safe = {name.encode(): value.encode() for name, value in SAFE.items()}
    kept = [(key, value) for key, value in headers if key.lower() not in DROPPED | safe.keys()]
    if robots and not header(kept, "x-robots-tag"):
        kept.append((b"x-robots-tag", robots.encode()))
    return [*kept, *safe.items()]


def content_type(headers: Headers) -> str:
    """The media type, without its parameters."""
    return header(headers, "content-type").partition(";")[0].strip().lower()
