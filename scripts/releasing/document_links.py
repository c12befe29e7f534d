"""Links in the documents of a release: none may lead to a file of the repository that does not go out."""

import posixpath
import re
from collections.abc import Collection
from dataclasses import replace

from scripts.releasing.edition import Edition
from scripts.releasing.made import Made

LINK = re.compile(r"\[([^\]\n]+)\]\(([^)\s]+)\)")
ELSEWHERE = re.compile(r"[a-z]+:|#")


def with_living_links(edition: Edition, made: list[Made]) -> list[Made]:
    """The files, each relative link in Markdown that leads to none of them pointed at the repository or taken off."""
    paths = {file.path for file in made}
    return [mended(edition, file, paths) if file.path.endswith(".md") else file for file in made]


def mended(edition: Edition, file: Made, paths: Collection[str]) -> Made:
    """A document whose links lead somewhere; `paths` are the release's."""

    def living(match: re.Match[str]) -> str:
        words, target = match[1], match[2]
        path, mark, part = target.partition("#")
        whole = posixpath.normpath(posixpath.join(posixpath.dirname(file.path), path))
        if ELSEWHERE.match(target) or whole in paths:
            return match[0]
        if edition.project.repository and not whole.startswith(".."):
            return f"[{words}]({edition.project.repository}/blob/v{edition.version}/{whole}{mark}{part})"
        return words

    return replace(file, content=LINK.sub(living, file.content.decode("utf-8")).encode())
