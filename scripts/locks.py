"""The packages that the locks name: of Python in requirements-*.txt, of Node in tests/*/package-lock.json."""

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

GROUPS = {  # of pyproject.toml, each of which holds the one before but for the first
    "uv": "installing",
    "serve": "checks, build and site",
    "test": "tests and releases",
    "scale": "larger engines",
}
NODE = "tests of pages and workflows"
PACKAGE = re.compile(r"([A-Za-z0-9._-]+)==([^\s;\\]+)(?: ; (.*?))?(?: \\)?")
HASH = re.compile(r"    --hash=sha256:([0-9a-f]{64})(?: \\)?")
VIA = re.compile(r"    #(?: via|  ) {1,2}(\S.*)")
SMALLER_LOCK = "-c "  # a lock that a larger one agrees with asks for nothing itself
DIRECT = re.compile(r"\(pyproject\.toml:(\w+)\)")


@dataclass(frozen=True, order=True)
class Locked:
    """A package of one version: its registry (pypi, npm), name, version, for what it is first needed.

    `needed_by` are the packages of the same registry that ask for it, `is_direct` whether this project does. `hashes`
    are (algorithm as CycloneDX writes it, hex) of the files that may be installed; `marker` says where it is.
    """

    registry: str
    name: str
    version: str
    used_for: str
    is_direct: bool = False
    needed_by: tuple[str, ...] = ()
    hashes: tuple[tuple[str, str], ...] = ()
    marker: str = ""
    licence: str = field(default="", compare=False)

    @property
    def key(self) -> tuple[str, str, str]:
        """What names it."""
        return self.registry, self.name, self.version


def locked_packages(root: Path) -> list[Locked]:
    """Every package that a lock of the project names, sorted. Raises OSError or ValueError where a lock is not read."""
    found: dict[tuple[str, str, str], Locked] = {}
    read = [read_requirements(root / f"requirements-{group}.txt", purpose) for group, purpose in GROUPS.items()]
    read += [read_node_lock(file) for file in sorted((root / "tests").glob("*/package-lock.json"))]
    for package in (package for lock in read for package in lock):
        known = found.setdefault(package.key, package)
        needed_by = tuple(sorted({*known.needed_by, *package.needed_by}))
        found[package.key] = replace(known, needed_by=needed_by, is_direct=known.is_direct or package.is_direct)
    return sorted(found.values())


def read_requirements(file: Path, used_for: str) -> Iterator[Locked]:
    """The packages of a hash lock as uv writes it; ValueError, with its line, where a line is of another form."""
    name, version, marker = "", "", ""
    hashes: list[str] = []
    via: list[str] = []

    def package() -> Locked:
        direct = [each for each in via if DIRECT.fullmatch(each)]
        asked = sorted(each for each in via if each not in direct and not each.startswith(SMALLER_LOCK))
        files = tuple(("SHA-256", each) for each in hashes)
        return Locked("pypi", name, version, used_for, bool(direct), tuple(asked), files, marker)

    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if begun := PACKAGE.fullmatch(line):
            if name:
                yield package()
            name, version, marker = begun[1], begun[2], begun[3] or ""
            hashes, via = [], []
        elif one := HASH.fullmatch(line):
            hashes.append(one[1])
        elif asking := VIA.fullmatch(line):
            via.append(asking[1])
        elif line and not line.startswith("#") and line != "    # via":
            raise ValueError(f"{file.name}:{number}: no line of a lock as make lock writes it")
    if name:
        yield package()


def read_node_lock(file: Path) -> Iterator[Locked]:
    """The packages of a package-lock.json, version 3."""
    packages = json.loads(file.read_text(encoding="utf-8"))["packages"]
    direct = packages[""].get("dependencies", {}) | packages[""].get("devDependencies", {})
    for path, said in packages.items():
        name = path.rpartition("node_modules/")[2]
        if path and not said.get("link"):
            others = ((other, its) for other, its in packages.items() if other and asks(its, name))
            asked = (other.rpartition("node_modules/")[2] for other, _ in others)
            algorithm, _, digest = said["integrity"].partition("-")
            hashes = ((f"SHA-{algorithm.removeprefix('sha')}", base64.b64decode(digest).hex()),)
            told = (name in direct, tuple(sorted(set(asked))), hashes, "", said.get("license", ""))
            yield Locked("npm", name, said["version"], NODE, *told)


def asks(said: dict[str, dict[str, str]], name: str) -> bool:
    """Whether a package of a lock asks for another."""
    return name in said.get("dependencies", {}) or name in said.get("optionalDependencies", {})
