"""Datasette's own templates without what a strict policy forbids: inline scripts, style elements, style attributes.

The templates stay Datasette's; their text is stripped as Jinja reads it. What is lost and needed stands in the site's
stylesheet. Nothing runs a script: SQL is written in a plain text box, without Datasette's editor (370 KB of CodeMirror
and a formatter), and its menus in the heads of columns are links alone.
"""

import re

from jinja2.ext import Extension

JINJA = r"\{\{.*?\}\}"
STYLE_ELEMENT = re.compile(r"<style\b[^>]*>.*?</style>", re.DOTALL)
STYLE_ATTRIBUTE = re.compile(rf"\sstyle=\"(?:{JINJA}|[^\"])*\"", re.DOTALL)
SCRIPT = re.compile(r"<script\b((?:\{[{%].*?[%}]\}|[^>])*)>(.*?)</script>", re.DOTALL)
EDITOR = ("_codemirror.html", "_codemirror_foot.html", "_close_open_menus.html")


def without_inline(source: str) -> str:
    """A template's text without inline scripts and styles; scripts with a source and blocks of data stay."""
    plain = STYLE_ATTRIBUTE.sub("", STYLE_ELEMENT.sub("", source))
    return SCRIPT.sub(lambda match: match[0] if "src=" in match[1] or "ld+json" in match[1] else "", plain)


class WithoutInline(Extension):
    """Jinja's reader of every template of the site."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The text that Jinja compiles."""
        return "" if name in EDITOR else without_inline(source)
