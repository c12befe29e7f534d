"""Drawings as inline SVG: shapes with classes, so that the stylesheet colours them; nothing is fetched."""

from html import escape


def drawing(name: str, width: int, height: float, title: str, parts: list[str]) -> str:
    """An SVG of class `name`, called `title` by screen readers; its parts' texts are already escaped."""
    label = escape(title, quote=True)
    body = "".join(parts)
    return f'<svg class="{name}" viewBox="0 0 {width} {height:.0f}" role="img" aria-label="{label}">{body}</svg>'
