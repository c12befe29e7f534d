"""The gate: check a package's files, schema, suites, rules and citations, and print every problem found.

The total comes first, on stderr. Then one line a problem on stdout, those of a file together:
`path:line:column  rule-id  message (cell K31)`, with the cell as a spreadsheet names it; warnings are marked and do
not fail. A table that cannot be read is left out of the stages after it, and stderr says so. metadata/rules.md tells
of each rule why it exists and what to do. Nothing in the package is changed.

With --trusted BASE the folder of --root supplies its data/*.csv (but not passages.csv) and metadata/corrections/*.yaml
alone, as from a stranger's branch; the descriptor, suites, rules, passages and fingerprints are BASE's.

With --engine duckdb or spark the schema, suites and rules are run as SQL where the rows are: CSV or Parquet of any
size, one file, a folder of Hive's partitions, or an address; see scripts/engines/relations.py. Where no line is known a
problem ends with its row's id. Each check lists the first rows and counts the rest; pandas runs the other stages.

Examples:
  python -m scripts.validate                                    this package
  python -m scripts.validate --only penalties                   what concerns one table, for an editor's loop
  python -m scripts.validate --only penalties --suites          its suite too
  python -m scripts.validate --root ../copy --report out.json   another folder; the problems as JSON too
  python -m scripts.validate --report out.json --report out.html    and a page of all checks, the passed ones too
  python -m scripts.validate --root ../branch --trusted .       a contributor's rows under this package's rules
  python -m scripts.validate --root ../large --engine duckdb --memory 2GB    tables larger than memory
  python -m scripts.validate --root ../large --engine duckdb --state ../last.json    only what changed since
  python -m scripts.validate --root ../large --engine spark --master local[2]    on Spark
  python -m scripts.validate --github                           also as annotations of a pull request

Exit codes: 0 no errors, 1 errors found, 2 could not run.
"""

import argparse
import sys
import tempfile
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.endings import exit_code
from scripts.engine_options import add_options, settings_of
from scripts.files import CannotRun
from scripts.folder import folder_problems
from scripts.package import ROOT, Package, load_package
from scripts.problems import Problem, finish
from scripts.transaction import recover

if TYPE_CHECKING:
    from scripts.extent import Extent
    from scripts.outcome import Outcome

ENDINGS = (".json", ".html")  # of reports


def check(root: Path, base: Package, trusted: bool, extent: "Extent") -> "Outcome":
    """All problems of the package in `root` under the descriptor and rules of `base`, and what was left out.

    Where `trusted` is false, `base` is the package in `root` itself.
    """
    from scripts.gate import check_package  # here, because the suites' process imports this module and needs neither
    from scripts.outcome import Outcome
    from scripts.trust import assemble

    if not trusted:
        return check_package(base, base.root, extent)
    if not (root / "data").is_dir():
        raise CannotRun(f"{root} holds no folder data")
    with tempfile.TemporaryDirectory() as folder:
        package, odd = assemble(root, base, Path(folder))
        refused = {problem.path for problem in odd}
        found = check_package(package, base.root, replace(extent, parquet=False))
        missing = {p for p in found.problems if p.rule == "file-missing" and (p.path in refused or "data" in refused)}
        kept = [p for p in found.problems if p not in missing]
        return Outcome(odd + kept, found.left_out | {"scripts/build_parquet.py": "--trusted takes no Parquet files"})


def run(options: argparse.Namespace) -> int:
    """Check, write the reports and print; returns the exit code."""
    odd = [str(file) for file in options.report if file.suffix not in ENDINGS]
    if odd:
        raise CannotRun(f"a report is called FILE{' or FILE'.join(ENDINGS)}, not {odd[0]}")
    settings = settings_of(options)
    recover(options.trusted or options.root)  # a stranger's folder is only read
    try:
        base = load_package(options.trusted or options.root)
    except ValueError as error:
        raise CannotRun(str(error)) from error
    for problem in folder_problems(base.root, "validation"):
        raise CannotRun(str(problem))
    from scripts.extent import Extent

    unlisted: dict[Problem, int] | None = None
    if options.engine == "pandas":
        extent = Extent(options.scope, options.only, options.suites)
        outcome = check(options.root, base, options.trusted is not None, extent)
    else:
        from scripts.engines.running import check as check_on_engine

        outcome, unlisted = check_on_engine(base, options.scope, settings)
    from scripts.annotations import annotations
    from scripts.catalogue import gather
    from scripts.cells import cells_of
    from scripts.report import Run, write_report

    checks, _ = gather(base.root / "validation")
    cells = cells_of(outcome.problems, base)
    code = finish(outcome.problems, "validate", cells, unlisted)
    for file in options.report:
        write_report(file, Run(checks, outcome, cells, options.scope, options.only))
    if options.github:
        for line in annotations(outcome.problems, cells, {check.check_id: check.remedy for check in checks}):
            print(line)
    return code


def main(arguments: list[str] | None = None) -> int:
    """Run the program; returns the exit code. Whatever goes wrong is told in one line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=ROOT, metavar="DIR", help="folder of the package (default: here)")
    parser.add_argument("--trusted", type=Path, metavar="BASE", help="take only rows from DIR, and all else from BASE")
    parser.add_argument(
        "--report", type=Path, action="append", default=[], metavar="FILE",
        help="write a report there too: FILE.json the problems, FILE.html a page of all checks; may be given again",
    )  # fmt: skip
    parser.add_argument("--github", action="store_true", help="print the problems as workflow commands of GitHub too")
    parser.add_argument("--only", metavar="TABLE", help="check this table, and rules that read it; quick")
    parser.add_argument("--suites", action="store_true", help="with --only: run the suite of that table too")
    parser.add_argument(
        "--scope", choices=["model", "all"], default="all", help="model: leave out what holds for this edition alone"
    )
    add_options(parser)
    options = parser.parse_args(arguments)
    return exit_code(
        "validate",
        lambda: run(options),
        (CannotRun, OSError, UnicodeDecodeError, BrokenProcessPool),
        detail=lambda error: f" ({error})",
    )


if __name__ == "__main__":
    sys.exit(main())
