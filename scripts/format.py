"""Put the CSV files of data/ into their canonical form.

UTF-8 without a byte order mark, LF, the descriptor's columns in its order, rows sorted by primary key, quotes only
where needed, NFC, no stray spaces. Mends what needs no guess, such as semicolons for commas, 10.05.2018 for a day and
43,65 for a number; never drops a row or a column that holds anything. Where one file cannot be mended, says why and
changes none. data/passages.csv is the segmenter's and left alone.

Examples:
  python -m scripts.format                  mend the files of this package; prints each file changed
  python -m scripts.format --check          change nothing, name the files that are not in canonical form
  python -m scripts.format --root ../copy   another folder

Exit codes: 0 all in canonical form, 1 problems, 2 could not run.
"""

import argparse
import os
import sys
from pathlib import Path

from scripts.canonical import GENERATED, form_problems, repair
from scripts.files import CannotRun
from scripts.folder import presence_problems
from scripts.package import ROOT, Package, load_package
from scripts.problems import Problem, finish
from scripts.transaction import recover


def mend(package: Package) -> tuple[dict[Path, bytes], list[Problem]]:
    """The new bytes of each CSV of people that is not in canonical form, and what cannot be mended."""
    texts: dict[Path, bytes] = {}
    problems: list[Problem] = []
    for resource in package.csv_resources:
        if resource["name"] not in GENERATED:
            file = package.csv_path(resource["name"])
            faults = presence_problems(package.root, str(resource["path"]))
            if not faults:
                before = file.read_bytes()
                after, faults = repair(resource, before)
                if before != after.encode("utf-8"):
                    texts[file] = after.encode("utf-8")
            problems += faults
    return texts, problems


def write_all(texts: dict[Path, bytes]) -> None:
    """Write every file or none: all are written aside before the first is put in place."""
    asides = {file: file.with_name(file.name + ".new") for file in texts}
    try:
        for file, content in texts.items():
            asides[file].write_bytes(content)
        for file, aside in asides.items():
            os.replace(aside, file)
    finally:
        for aside in asides.values():
            aside.unlink(missing_ok=True)


def main(arguments: list[str] | None = None) -> int:
    """Run the program; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=ROOT, metavar="DIR", help="folder of the package (default: here)")
    parser.add_argument("--check", action="store_true", help="change nothing, only name the files to change")
    options = parser.parse_args(arguments)
    try:
        recover(options.root)
        package = load_package(options.root)
        changed, problems = mend(package)
        if options.check and not problems:
            files = {package.csv_path(resource["name"]): resource for resource in package.csv_resources}
            problems = [p for file in changed for p in form_problems(files[file], file, changed[file].decode())]
        elif not problems:
            write_all(changed)
            for file in sorted(changed):
                print(file.relative_to(package.root).as_posix())
    except (CannotRun, OSError, ValueError) as error:
        print(f"format: could not run: {error}", file=sys.stderr)
        return 2
    return finish(problems, "format")


if __name__ == "__main__":
    sys.exit(main())
