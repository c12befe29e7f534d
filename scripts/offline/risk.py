"""The warning that stands beside every copy: what it may mean to own one in Kazakhstan, in every language."""

from html import escape

from scripts.doors import LANGUAGES
from scripts.site_pages.texts import site_texts


def risk_lines() -> dict[str, str]:
    """The warning by language."""
    return {language: str(site_texts(language)["offline_risk"]) for language in LANGUAGES}


def risk_html() -> str:
    """The warning as a part of a page."""
    told = (f'<p lang="{language}">{escape(line)}</p>' for language, line in risk_lines().items())
    return f'<div class="caveat" id="risk">{"".join(told)}</div>\n'
