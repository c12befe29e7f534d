"""The gate: check a package's files, schema, suites, rules and citations, and print every problem found.

One line a problem on stdout, `path:line:column  rule-id  message`; warnings are marked and do not fail. A table that
cannot be read is left out of the stages after it, and stderr says so. Nothing in the package is changed.

With --trusted BASE the folder of --root supplies its data/*.csv (but not passages.csv) and metadata/corrections/*.yaml
alone, as from a stranger's branch; the descriptor, suites, rules, passages and fingerprints are BASE's.

Examples:
  python -m scripts.validate                                   this package
  python -m scripts.validate --only penalties                  what concerns one table
  python -m scripts.validate --root ../copy --report out.json  another folder; the problems as JSON too
  python -m scripts.validate --root ../branch --trusted .      a contributor's rows under this package's rules

Exit codes: 0 no errors, 1 errors found, 2 could not run.
"""

import argparse
import json
import sys
import tempfile
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from scripts.files import CannotRun
from scripts.package import ROOT, load_package
from scripts.problems import Problem, finish, write_report


def check(root: Path, trusted: Path | None, scope: str, only: str | None) -> list[Problem]:
    """All problems of the package in `root`, under the descriptor and rules of `trusted` where one is given."""
    from scripts.gate import check_package  # here, because the suites' process imports this module and needs neither
    from scripts.trust import assemble

    try:
        base = load_package(trusted or root)
    except ValueError as error:
        raise CannotRun(str(error)) from error
    if trusted is None:
        return check_package(base, base.root, scope, only, with_parquet=True)
    if not (root / "data").is_dir():
        raise CannotRun(f"{root} holds no folder data")
    with tempfile.TemporaryDirectory() as folder:
        package, odd = assemble(root, base, Path(folder))
        refused = {problem.path for problem in odd}
        found = check_package(package, base.root, scope, only, with_parquet=False)
        return odd + [p for p in found if not (p.rule == "file-missing" and p.path in refused)]


def main(arguments: list[str] | None = None) -> int:
    """Run the program; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=ROOT, metavar="DIR", help="folder of the package (default: here)")
    parser.add_argument("--trusted", type=Path, metavar="BASE", help="take only rows from DIR, and all else from BASE")
    parser.add_argument("--report", type=Path, metavar="FILE.json", help="write the problems there too, as JSON")
    parser.add_argument("--only", metavar="TABLE", help="report only what concerns this table")
    parser.add_argument("--engine", choices=["pandas"], default="pandas", help="what runs the suites")
    parser.add_argument(
        "--scope", choices=["model", "all"], default="all", help="model: leave out what holds for this edition alone"
    )
    options = parser.parse_args(arguments)
    try:
        problems = check(options.root, options.trusted, options.scope, options.only)
        if options.report:
            write_report(problems, options.report)
    except (CannotRun, OSError, json.JSONDecodeError, UnicodeDecodeError, BrokenProcessPool) as error:
        print(f"validate: could not run: {error}", file=sys.stderr)
        return 2
    return finish(problems, "validate")


if __name__ == "__main__":
    sys.exit(main())
