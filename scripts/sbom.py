"""List the software that the project is made and checked with: sbom.cdx.json, an SBOM by CycloneDX 1.6.

    python -m scripts.sbom --out sbom.cdx.json    write the SBOM of the locks
    python -m scripts.sbom --licences             write the licences of the installed packages down first

Name, version, hashes and who needs what come from the locks, licences from metadata/dependencies.csv. The SBOM has
neither a serial number nor a day, so that the same locks give the same bytes, and no address to download from.

Exit codes: 0 written, 1 a package has no licence or the SBOM breaks its standard, 2 could not run.
"""

import argparse
import json
import sys
from collections import defaultdict
from pathlib import Path

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import HashAlgorithm, HashType, Property
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from scripts.build_parquet import write_atomically
from scripts.endings import exit_code
from scripts.licences import FILE as LICENCES
from scripts.licences import found_licences, licensed_packages, render
from scripts.locks import GROUPS, Locked
from scripts.package import ROOT, load_package

FILE = "sbom.cdx.json"


def sbom(root: Path) -> bytes:
    """The SBOM of the project in `root`.

    Raises ValueError where a lock cannot be read, a package has no licence, or what is made breaks the standard.
    """
    made = json.loads(JsonV1Dot6(bill(root)).output_as_string())
    del made["serialNumber"], made["metadata"]["timestamp"]
    text = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
    if error := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        raise ValueError(f"{FILE} breaks CycloneDX 1.6: {error.data.message}")
    return text.encode()


def bill(root: Path) -> Bom:
    """The packages as CycloneDX's model has them, with who needs whom."""
    descriptor = load_package(root).descriptor
    code = descriptor["licenses"][-1]["name"]
    project = Component(
        name=descriptor["name"],
        version=descriptor["version"],
        type=ComponentType.APPLICATION,
        bom_ref=descriptor["name"],
        licenses=[LicenseFactory().make_from_string(code)],
    )
    packages = licensed_packages(root)
    components = {package.key: component(package) for package in packages}
    bom = Bom(components=components.values())
    bom.metadata.component = project
    for parent, children in needs(packages).items():
        bom.register_dependency(components[parent], [components[key] for key in children])
    bom.register_dependency(project, [components[each.key] for each in packages if each.is_direct])
    return bom


def component(package: Locked) -> Component:
    """A package."""
    where = [Property(name="kz2018:installed-where", value=package.marker)] if package.marker else []
    purl = PackageURL.from_string(f"pkg:{package.registry}/{package.name.replace('@', '%40')}@{package.version}")
    return Component(
        name=package.name,
        version=package.version,
        type=ComponentType.LIBRARY,
        bom_ref=str(purl),
        purl=purl,
        scope=ComponentScope.REQUIRED if package.used_for == GROUPS["serve"] else ComponentScope.EXCLUDED,
        licenses=[LicenseFactory().make_from_string(package.licence)],
        hashes=[HashType(alg=HashAlgorithm(algorithm), content=digest) for algorithm, digest in package.hashes],
        properties=[Property(name="kz2018:used-for", value=package.used_for), *where],
    )


def needs(packages: list[Locked]) -> dict[tuple[str, str, str], list[tuple[str, str, str]]]:
    """For each package those that it asks for; every version of a name counts as asking and as asked for."""
    named: defaultdict[tuple[str, str], list[Locked]] = defaultdict(list)
    for package in packages:
        named[package.registry, package.name.lower()].append(package)
    found: dict[tuple[str, str, str], list[tuple[str, str, str]]] = {package.key: [] for package in packages}
    for package in packages:
        for name in package.needed_by:
            for parent in named[package.registry, name.partition("[")[0].lower()]:
                found[parent.key].append(package.key)
    return found


def run(options: argparse.Namespace) -> int:
    """Write what is asked for; the exit code."""
    try:
        if options.licences:
            write_atomically(options.root / LICENCES, render(found_licences(options.root)).encode())
            print(f"{LICENCES.as_posix()} is written: then make document")
        if options.out:
            write_atomically(options.out, sbom(options.root))
            print(options.out)
    except ValueError as error:
        print(f"sbom: {error}", file=sys.stderr)
        return 1
    return 0


def main(arguments: list[str] | None = None) -> int:
    """Run the program; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, metavar="FILE", help="where to write the SBOM")
    parser.add_argument("--licences", action="store_true", help="write metadata/dependencies.csv anew")
    parser.add_argument("--root", type=Path, default=ROOT, metavar="DIR", help="the project (default: this one)")
    options = parser.parse_args(arguments)
    if not options.out and not options.licences:
        parser.error("give --out FILE, or --licences")
    return exit_code("sbom", lambda: run(options), (OSError, KeyError))


if __name__ == "__main__":
    sys.exit(main())
