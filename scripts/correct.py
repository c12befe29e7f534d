"""Apply correction files: everything is checked first, then all of it is written, or nothing.

FILE is a correction (metadata/corrections/README.md has an example), or a sheet (.xlsx, .csv) that python -m
scripts.sheet made and somebody filled in, which is turned into a correction file. A correction is applied once a
maintainer has put decision, decided_on and version into it; one that was declined is only logged.

The rows that it names must be there and hold what it expects, and the tables must pass the gate with it. Then the CSVs
are written in their canonical form, with Parquet, floors, log (metadata/corrections.csv), CHANGELOG, README and data
dictionary, in one step that cannot stop half-way. Without FILE, log and CHANGELOG are written anew from the files.

Examples:
  python -m scripts.correct metadata/corrections/2026-11-fine-of-two-days.yaml
  python -m scripts.correct fine.yaml --dry-run      show what would change and what the gate would say; write nothing
  python -m scripts.correct returned.xlsx            write metadata/corrections/<id>.yaml from a sheet

Exit codes: 0 applied, or applied before; 1 it cannot be applied, one line a reason; 2 could not run.
"""

import argparse
import sys
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from scripts.applying import Applied, apply_all
from scripts.change_texts import as_text
from scripts.changes import compare
from scripts.correcting import changed_log, changed_tables, checked, differing, followed, new_log
from scripts.correction_log import LogRow, read_log, right_log
from scripts.corrections import FOLDER, VALID, Correction, read_correction, read_folder, read_schema
from scripts.differences import Version
from scripts.endings import exit_code
from scripts.files import CannotRun, fault, one_line
from scripts.folder import oddness
from scripts.given_files import read_files, sort_out
from scripts.package import ROOT, Package, load_package
from scripts.problems import Problem, finish
from scripts.returned_sheets import SHEETS, correction_text
from scripts.transaction import lock, recover, write_all
from scripts.versions import read_folder as read_rows
from scripts.workbench import Workbench


@dataclass(frozen=True)
class Task:
    """What is to be done: the package, its rows as they are, its log, and the corrections to apply."""

    package: Package
    rows: Version
    log: list[LogRow]
    corrections: list[Correction]


def carry_out(task: Task, dry: bool, scope: str) -> int:
    """Apply, check, and print or write; returns the exit code."""
    bench = Workbench.over(task.package, task.rows.tables)
    applied: Applied = apply_all(bench, [c for c in task.corrections if c.decision != "declined"])
    if applied.problems:
        return finish(applied.problems, "correct")
    log = new_log(settled_log(task), [c for c in task.corrections if c.decision], applied.row_ids)
    files = changed_tables(task.package, task.rows.tables, bench) | followed(task.package, bench)
    files |= changed_log(task.package, log, task.corrections)
    result = checked(task.package, files, scope)
    if dry:
        after = Version("with the corrections", task.package.descriptor, bench.tables)
        print(as_text(compare(task.rows, after)), end="")
    if not result.files or dry:
        if not result.files:
            print("correct: with it the gate would say this, of the lines as they would be:", file=sys.stderr)
        return finish(result.problems, "correct")
    return write(task, result.files, result.problems)


def settled_log(task: Task) -> list[LogRow]:
    """The log as the files in their folder give it, without the corrections that were not applied yet."""
    accepted = {row["correction_id"] for row in task.log if row["decision"] == "accepted"}
    files, _ = read_folder(task.package.root, read_schema(task.package.root))
    return right_log(task.log, [c for c in files if c.decision == "declined" or c.correction_id in accepted])


def write(task: Task, files: dict[Path, bytes], warnings: list[Problem]) -> int:
    """Write what changes, unless somebody changed the tables meanwhile; returns the exit code."""
    if read_rows(task.rows.name, task.package.root).tables != task.rows.tables:
        raise CannotRun("somebody changed the tables meanwhile: run it again")
    changed = differing(task.package, files)
    write_all(task.package.root, dict(changed))
    code = finish(warnings, "correct")
    for correction in task.corrections:
        print(f"correct: {correction.correction_id} is {correction.decision}", file=sys.stderr)
    for path in sorted(path.as_posix() for path in changed):
        print(path)
    return code


def run(options: argparse.Namespace) -> int:
    """Do what the options ask; returns the exit code."""
    with lock(options.root):
        recover(options.root)
        package = load_package(options.root)
        sheets = [file for file in options.files if file.suffix.lower() in SHEETS]
        if sheets:
            return from_sheets(sheets, options, package)
        log = read_log(package.root)
        corrections, problems = read_files(options.files, package)
        if problems:
            return finish(problems, "correct")
        sorted_out = list(sort_out(corrections, package, log, options.dry_run))
        problems = [found for found in sorted_out if isinstance(found, Problem)]
        if problems:
            return finish(problems, "correct")
        for word in sorted_out:
            if isinstance(word, str):
                print(f"correct: {word}", file=sys.stderr)
        todo = [found for found in sorted_out if isinstance(found, Correction)]
        if options.files and not todo:
            return 0
        return carry_out(Task(package, read_rows("as it is", package.root), log, todo), options.dry_run, options.scope)


def from_sheets(sheets: list[Path], options: argparse.Namespace, package: Package) -> int:
    """Write a correction file from each returned sheet; returns the exit code."""
    if len(sheets) < len(options.files):
        raise CannotRun("sheets and correction files are given in two runs")
    given = {"id": options.id, "asked_by": options.asked_by, "reason": options.reason, "evidence": options.evidence}
    tables, schema = read_rows("as it is", package.root).tables, read_schema(package.root)
    made: dict[Path, bytes] = {}
    problems: list[Problem] = []
    for sheet in sheets:
        if oddness(sheet) or not sheet.is_file():
            raise CannotRun(f"{one_line(str(sheet))} is no plain file")
        correction_id, text, more = correction_text(sheet, package, tables, given)
        path = FOLDER / f"{correction_id}.yaml"
        if not more:
            correction, more = read_correction(text.encode("utf-8"), path.as_posix(), schema)
            more = apply_all(Workbench.over(package, tables), [correction]).problems if correction else more
        if not more and (path in made or (package.root / path).exists()):
            more = [fault(path.as_posix(), 0, "", VALID, "a correction of this id is there already: give --id")]
        problems += more
        made[path] = text.encode("utf-8")
    if problems:
        return finish(problems, "correct")
    for path, content in made.items():
        print(content.decode("utf-8") if options.dry_run else path.as_posix())
    if not options.dry_run:
        write_all(package.root, dict(made))
    return 0


def main(arguments: list[str] | None = None) -> int:
    """Run the program; returns the exit code. Whatever goes wrong is told in one line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="*", metavar="FILE", help="correction files, or returned sheets")
    parser.add_argument("--dry-run", action="store_true", help="write nothing; show the diff and the gate's words")
    about = parser.add_argument_group("for a sheet that does not say it itself")
    about.add_argument("--asked-by", default="", metavar="WHO", help="subject, relative, lawyer, researcher or editor")
    about.add_argument("--reason", default="", metavar="TEXT", help="why, in one or two sentences")
    about.add_argument("--evidence", default="", metavar="TEXT", help="links, or ids of passages or sources")
    about.add_argument("--id", default="", metavar="ID", help="id of the correction (default: made from the changes)")
    parser.add_argument("--root", type=Path, default=ROOT, metavar="DIR", help="folder of the package (default: here)")
    parser.add_argument(
        "--scope", choices=["model", "all"], default="all", help="model: leave out what holds for this edition alone"
    )
    options = parser.parse_args(arguments)
    return exit_code(
        "correct", lambda: run(options), (CannotRun, OSError, ValueError, BrokenProcessPool), form=one_line
    )


if __name__ == "__main__":
    sys.exit(main())
