"""The licences of the locked packages of Python, metadata/dependencies.csv: what no lock says, so it is kept here.

An installed package tells its licence in its metadata; `python -m scripts.sbom --licences` writes it down for all that
are installed. A licence that no metadata tells, or of a package that this machine does not install, is written by hand.
"""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import replace
from importlib import metadata
from pathlib import Path

from scripts.locks import Locked, locked_packages

FILE = Path("metadata") / "dependencies.csv"
HEAD = ["package", "version", "licence"]
SPDX = {  # words of metadata, in small letters → SPDX
    "0bsd": "0BSD",
    "apache 2": "Apache-2.0",
    "apache 2.0": "Apache-2.0",
    "apache license": "Apache-2.0",
    "apache license, version 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "apache-2.0": "Apache-2.0",
    "bsd 3-clause license": "BSD-3-Clause",
    "bsd-2-clause": "BSD-2-Clause",
    "bsd-3-clause": "BSD-3-Clause",
    "gnu lesser general public license v3 or later (lgplv3+)": "LGPL-3.0-or-later",
    "isc license": "ISC",
    "isc license (iscl)": "ISC",
    "mit": "MIT",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "mpl-2.0": "MPL-2.0",
    "mpl-2.0 and mit": "MPL-2.0 AND MIT",
    "psf-2.0": "PSF-2.0",
    "psfl": "PSF-2.0",
    "python software foundation license": "PSF-2.0",
    "w3c-20150513": "W3C-20150513",
}
BINARY = "redistributions in binary form"
NAMES = "neither the name"
Licences = dict[tuple[str, str], str]


def read_licences(root: Path) -> Licences:
    """The licences that `root` keeps, by (package, version); none without the file. ValueError where it is another."""
    file = root / FILE
    if not file.exists():
        return {}
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8"), newline="")))
    if rows[:1] != [HEAD] or any(len(row) != len(HEAD) or not all(row) for row in rows):
        raise ValueError(f"{FILE.as_posix()} has the columns {', '.join(HEAD)}, none of them empty")
    return {(package, version): licence for package, version, licence in rows[1:]}


def render(licences: Licences) -> str:
    """The file of some licences."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([HEAD, *([*key, text] for key, text in sorted(licences.items()))])
    return out.getvalue()


def licensed_packages(root: Path) -> list[Locked]:
    """Every locked package with its licence. Raises ValueError, with all their names, where some have none."""
    kept = read_licences(root)
    packages = [
        replace(each, licence=kept.get((each.name, each.version), "")) if each.registry == "pypi" else each
        for each in locked_packages(root)
    ]
    refuse_unlicensed(each for each in packages if not each.licence)
    return packages


def refuse_unlicensed(packages: Iterable[Locked]) -> None:
    """Raise ValueError where there are packages without a licence."""
    names = [f"{each.name} {each.version}" for each in packages]
    if names:
        what_to_do = "python -m scripts.sbom --licences, or write it by hand"
        raise ValueError(f"{FILE.as_posix()} lacks the licence of {', '.join(names)}: {what_to_do}")


def found_licences(root: Path) -> Licences:
    """The licences of all locked packages of Python: as installed, else as kept. Raises as `licensed_packages`."""
    kept = read_licences(root)
    packages = [each for each in locked_packages(root) if each.registry == "pypi"]
    found = {
        (each.name, each.version): installed_licence(each.name, each.version) or kept.get((each.name, each.version), "")
        for each in packages
    }
    refuse_unlicensed(each for each in packages if not found[each.name, each.version])
    return found


def installed_licence(name: str, version: str) -> str:
    """The licence of an installed package, as SPDX writes it; empty where it is not installed or tells none or many."""
    try:
        distribution = metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return ""
    if distribution.version != version:
        return ""
    about = distribution.metadata
    for expression in about.get_all("License-Expression", []):
        return str(expression)
    text = "\n".join(map(str, about.get_all("License", [])))
    classifiers = map(str, about.get_all("Classifier", []))
    classified = [each.rpartition(" :: ")[2] for each in classifiers if each.startswith("License ::")]
    if len(classified) > 1:
        return ""
    first_line = text.strip().partition("\n")[0].strip()
    said = [SPDX[words.lower()] for words in (first_line, *classified) if words.lower() in SPDX]
    return said[0] if said else bsd_clauses("\n".join([text, *licence_texts(distribution)]))


def licence_texts(distribution: metadata.Distribution) -> list[str]:
    """The files of a package that are called after its licence."""
    files = [each for each in distribution.files or [] if re.match(r"(?i)licen[cs]e|copying", each.name)]
    return [each.read_text(encoding="utf-8") for each in files if each.locate().is_file()]  # type: ignore[attr-defined]


def bsd_clauses(text: str) -> str:
    """Which of the BSD licences a text is; empty where it is none."""
    words = " ".join(text.lower().split())
    if BINARY not in words:
        return ""
    return "BSD-3-Clause" if NAMES in words else "BSD-2-Clause"
