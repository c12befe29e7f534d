"""Write the documents made from the package: dictionary, codebook, list of checks, history, and tables in others.

metadata/data-dictionary.md, codebook.md and rules.md are made whole; in README.md, metadata/faq.md and
metadata/datasheet.md only what stands between `<!-- NAME:begin -->` and `<!-- NAME:end -->`. The list of checks comes
from validation/, the rest from datapackage.json; numbers of rows and codes come from the CSVs. What CONTRIBUTING.md and
the forms of .github/ISSUE_TEMPLATE/ say of the private way comes from metadata/project.json. metadata/history.csv is
made where there is a CHANGELOG.md, CITATION.cff and .zenodo.json where there is a metadata/project.json, and
metadata/dependencies.md, from the locks too, where there is a metadata/dependencies.csv.

Exit codes: 0 all is written (with --check: all is current), 1 a file is stale (--check only), 2 the package cannot be
read, or a file has no such marks.

Examples:
    python -m scripts.document
    python -m scripts.document --check
"""

import argparse
import sys
from pathlib import Path

from scripts.build_parquet import write_atomically
from scripts.catalogue import Check, read_catalogue
from scripts.changelog_sections import FILE as CHANGELOG
from scripts.changelog_sections import read_versions
from scripts.codebook import codebook_text
from scripts.dependency_list import DOCUMENT as DEPENDENCIES
from scripts.dependency_list import dependencies_text
from scripts.dictionary import dictionary_text, tables_text
from scripts.figure_blocks import with_figures
from scripts.history import FILE as HISTORY
from scripts.history import history_text
from scripts.issue_forms import private_documents
from scripts.licences import FILE as LICENCES
from scripts.marked import with_block
from scripts.package import ROOT, Package, load_package, read_table
from scripts.problems import Problem, finish
from scripts.project import FILE as SETTINGS
from scripts.project import read_project
from scripts.rule_list import rules_text
from scripts.standards import kept_files

DICTIONARY = Path("metadata") / "data-dictionary.md"
CODEBOOK = Path("metadata") / "codebook.md"
RULES = Path("metadata") / "rules.md"
README = Path("README.md")


def documents(package: Package) -> dict[Path, str]:
    """The documents as they should be, by path in the package.

    Raises OSError where README.md, CONTRIBUTING.md or a CSV is missing, ValueError or KeyError where a CSV, a file with
    marks, a setting or a check does not fit.
    """
    made = about_tables(package) | private_documents(package.root) | standard_documents(package)
    if (package.root / LICENCES).is_file():
        made[DEPENDENCIES] = dependencies_text(package.root)
    return made


def about_tables(package: Package) -> dict[Path, str]:
    """The documents that are made from descriptor, rows and checks, by path; raises as `documents`."""
    tables = {resource["name"]: read_table(package, resource["name"]) for resource in package.csv_resources}
    readme = (package.root / README).read_text(encoding="utf-8")
    text = tables_text(package, tables)
    past = {HISTORY: history_text(package, tables)} if (package.root / CHANGELOG).is_file() else {}
    return past | {
        DICTIONARY: dictionary_text(package, tables),
        CODEBOOK: codebook_text(package, tables),
        RULES: rules_text(package, read_catalogue(package.root / "validation")),
        README: with_block(readme, README, "tables", text),
    } | with_figures(package.root, tables, package.descriptor)


def standard_documents(package: Package) -> dict[Path, str]:
    """CITATION.cff and .zenodo.json, by path; nothing where the package has no settings. Raises as `documents`."""
    if not (package.root / SETTINGS).is_file():
        return {}
    released = read_versions(package.root).get(package.descriptor["version"])
    made = kept_files(package, read_project(package.root), released)
    return {Path(name): content.decode() for name, content in made.items()}


def stale_list(package: Package, checks: list[Check]) -> list[Problem]:
    """A problem where metadata/rules.md does not list these checks: one was dropped, or nobody ran make document."""
    return stale(package, {RULES: rules_text(package, checks)})


def stale(package: Package, texts: dict[Path, str]) -> list[Problem]:
    """A problem for each document that is missing or differs."""
    return [
        Problem(
            path.as_posix(),
            0,
            "",
            "",
            "stale-document",
            "error",
            "differs from what it is made from: run make document",
        )
        for path, text in texts.items()
        if not (package.root / path).is_file() or (package.root / path).read_text(encoding="utf-8") != text
    ]


def main(argv: list[str] | None = None) -> int:
    """Run the program; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=ROOT, help="folder of the package")
    parser.add_argument("--check", action="store_true", help="write nothing; name each stale file")
    options = parser.parse_args(argv)
    try:
        package = load_package(options.root)
        texts = documents(package)
    except (OSError, KeyError, ValueError) as error:
        print(error.args[0] if isinstance(error, KeyError) else error, file=sys.stderr)
        return 2
    if options.check:
        return finish(stale(package, texts), "documents")
    for path, text in texts.items():
        write_atomically(package.root / path, text.encode())
    print(f"wrote {', '.join(path.as_posix() for path in texts)}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
