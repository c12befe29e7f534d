"""metadata/dependencies.md: every package that the locks name, with its licence and what needs it."""

from pathlib import Path

from scripts.dictionary import as_code, markdown_table
from scripts.licences import licensed_packages
from scripts.locks import GROUPS, NODE, Locked

DOCUMENT = Path("metadata") / "dependencies.md"
REGISTRIES = {"pypi": "Python", "npm": "Node"}
INTRODUCTION = """# Dependencies

Made by `make document` from the locks and `metadata/dependencies.csv`; change those, not this file. A release holds the
same as an SBOM, `sbom.cdx.json` (CycloneDX), with the hashes. Licences are those that each package states of itself.
None of these packages is part of the dataset: what a reader of the data installs is the reader's choice.
"""


def dependencies_text(root: Path) -> str:
    """The document. Raises as `licensed_packages`."""
    packages = licensed_packages(root)
    lines = [INTRODUCTION, "## Licences", "", *licence_lines(packages)]
    for purpose in (*GROUPS.values(), NODE):
        here = [each for each in packages if each.used_for == purpose]
        lines += ["", f"## For {purpose}", "", *package_lines(here)]
    return "\n".join(lines) + "\n"


def licence_lines(packages: list[Locked]) -> list[str]:
    """How many packages have which licence, the most frequent first."""
    licences = [each.licence for each in packages]
    order = sorted(set(licences), key=lambda text: (-licences.count(text), text))
    return markdown_table(["Licence", "Packages"], [[text, str(licences.count(text))] for text in order])


def package_lines(packages: list[Locked]) -> list[str]:
    """A table of packages."""
    rows = [
        [p.name, p.version, p.licence, REGISTRIES[p.registry], needed(p), as_code(p.marker) if p.marker else ""]
        for p in packages
    ]
    return markdown_table(["Package", "Version", "Licence", "Of", "Needed by", "Only where"], rows)


def needed(package: Locked) -> str:
    """Who asks for a package: this project first."""
    return ", ".join([*(["this project"] if package.is_direct else []), *package.needed_by])
