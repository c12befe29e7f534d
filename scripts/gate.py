"""The stages of the gate in their order: files, schema, hygiene, suites, rules, citations, counting rules, Parquet."""

import json
from dataclasses import replace
from functools import partial
from pathlib import Path

import pyarrow as pa

from scripts import citations, suites
from scripts.build_parquet import stale_parquet
from scripts.build_sqlite import check_database
from scripts.canonical import FORM, check_form
from scripts.catalogue import gather
from scripts.corrected import check_corrections
from scripts.descriptor import check_descriptor
from scripts.document import README, RULES, stale_list
from scripts.door import check_files
from scripts.exceptions import leave_out, read_exceptions
from scripts.extent import Extent, say
from scripts.files import CannotRun
from scripts.fingerprints import Prints
from scripts.floors import check_floors
from scripts.history import check_history
from scripts.hushed import without_private
from scripts.hygiene import descriptor_problems, table_problems, without_those_told
from scripts.lines import located
from scripts.logged import as_tables, read_logged
from scripts.memo import Contents, Memo
from scripts.outcome import EVERYTHING, Outcome
from scripts.package import Package
from scripts.parquet_files import read_fingerprints
from scripts.problems import Problem
from scripts.progress import told
from scripts.queries import check_queries
from scripts.reading import check_cells, loose_ends, of_tables, typed_tables
from scripts.reference_tables import check_reference
from scripts.rules import check_rules, load_rules
from scripts.schema_check import unreadable_tables
from scripts.seals import check_seals
from scripts.second_coding import check_second_coding
from scripts.second_reading import check_second_reading
from scripts.spared import spared_by
from scripts.spelling import check_spelling, uses
from scripts.suite_runs import start_suites, suite_path, suite_work
from scripts.support import check_support
from scripts.withheld_log import check_counts

NEEDS_ALL_TABLES = (
    "scripts/citations.py", "scripts/second_coding.py", "scripts/floors.py", "scripts/reference_tables.py",
    "scripts/second_reading.py", "scripts/spelling.py", "scripts/support.py", "scripts/withheld_log.py",
    "scripts/history.py",
)  # fmt: skip
MADE = ("scripts/build_sqlite.py", "scripts/build_parquet.py")  # the checks of what is made from the tables


def check_package(package: Package, base: Path, extent: Extent, memo: Memo | None = None) -> Outcome:
    """All problems of a package under the suites and rules in `base`, and what was left out and why.

    `memo` holds what an earlier run in this process found; the outcome is the same with any. Raises CannotRun where the
    gate's own files are missing.
    """
    kept = Memo() if memo is None else memo
    schema = (base / "validation" / "descriptor.schema.json").read_text(encoding="utf-8")
    described = json.dumps(package.descriptor)
    key = ("descriptor", described, schema)
    found = kept.get(key, partial(check_descriptor, package.descriptor, json.loads(schema)))
    if found:
        say("the descriptor cannot be relied on: nothing else is checked")
        return Outcome(found, {EVERYTHING: "the descriptor cannot be relied on"})
    names = [resource["name"] for resource in package.csv_resources]
    if extent.only is not None and extent.only not in names:
        raise CannotRun(f"datapackage.json declares no table {extent.only}")
    if extent.runs_suites:
        suites.worker().submit(suites.warm)
    told("validate", "checking files and schema …")
    tables, problems = check_files(package, kept)
    fingerprints, more = read_fingerprints(package)
    contents = Contents(package, [*tables, *fingerprints])
    corrections = read_logged(package, Package(base, package.descriptor))
    problems += more + of_tables("form", tables, contents, kept, lambda name: check_form(package, name, tables[name]))
    problems += check_cells(package, tables, contents, extent.only, kept)
    in_order = all(problem.rule == FORM for problem in problems)
    unreadable = (set(names) - set(tables)) | unreadable_tables(package, problems)
    typed, left_out = typed_tables(package, names, unreadable, contents, kept)
    typed |= fingerprints
    work, more = suite_work(package, base, typed, extent)
    running = start_suites(work, contents, kept)
    problems += more
    if extent.only is not None:
        others = (suite_path(name) for name in names if name != extent.only or not extent.runs_suites)
        left_out |= dict.fromkeys(others, f"--only {extent.only} leaves it out")
        say(f"suites{' of other tables' if extent.suites else ''} were left out (--suites adds this table's)")
    hygiene = of_tables(
        "hygiene", tables, contents, kept, lambda name: table_problems(package.resource(name), tables[name])
    ) + kept.get(("hygiene", described), lambda: list(descriptor_problems(package.descriptor)))
    told("validate", "checking rules and citations …")
    more, skipped = check_relations(package, base, typed, extent, contents, kept)
    checks, faults = gather(base / "validation")
    problems += more + faults
    if extent.scope == "all" and not faults and any((base / path).is_file() for path in (README, RULES)):
        problems += stale_list(Package(base, package.descriptor), checks)
    problems += [problem for table in fingerprints.values() for problem in check_seals(package, table)]
    left_out |= skipped
    problems += check_queries(base / "scripts", typed)
    readable = as_tables(package, tables) if corrections.corrections and set(names) <= set(tables) else None
    if not typed.keys() >= {*names, "fingerprints"} or loose_ends(package, tables):
        unfit = "not every table can be read, or a key leads to no row"
        left_out |= dict.fromkeys(NEEDS_ALL_TABLES, unfit)
        say("citations are not checked before every table can be read and every key leads to a row")
    else:
        cited = citations.Check(typed, Prints.of(typed["fingerprints"])).run()
        problems += located(cited.problems, package, typed)
        spared = spared_by(corrections, package, readable or {})
        if extent.scope == "all":
            problems += check_floors(base, package, typed, spared) + check_reference(base, package, spared)
            words = [kept.get(("words", contents.of(n)), partial(uses, package, n, tables[n])) for n in tables]
            problems += located(check_spelling(base, words), package, typed)
            problems += located(check_second_coding(base, typed, spared), package, typed)
            problems += located(check_second_reading(base, package, typed, spared), package, typed)
            if extent.only in (None, "citations"):
                problems += located(check_support(base, cited, spared), package, typed)
            problems += check_counts(base, typed)
            problems += check_history(base, package, typed)
    problems += check_corrections(corrections, package, Package(base, package.descriptor), readable)
    if in_order:
        problems += located(check_database(typed, package.descriptor), package, typed)
        problems += [replace(p, severity="warning") for p in (stale_parquet(package) if extent.parquet else [])]
    else:
        left_out |= dict.fromkeys(MADE, "files and schema are not in order")
        say("counting rules and Parquet are not checked before files and schema are in order")
    told("validate", "checking suites …")
    problems += running()
    problems = without_those_told(without_private(problems, hygiene, package, tables), hygiene) + hygiene
    concerned = [p for p in problems if extent.only is None or concerns(p, package, extent.only)]
    return Outcome(list(dict.fromkeys(concerned)), left_out)  # the catalogue tells misshapen suites and rules once more


def check_relations(
    package: Package, base: Path, typed: dict[str, pa.Table], extent: Extent, contents: Contents, memo: Memo
) -> tuple[list[Problem], dict[str, str]]:
    """Problems of the rules across tables but for the exceptions, and why a rule was left out, by its file."""
    rules, problems = load_rules(base / "validation" / "rules", extent.scope)
    if not rules and not problems:
        raise CannotRun(f"{base}/validation/rules holds no rule")
    exceptions, more = read_exceptions(base / "validation")
    found, skipped = check_rules(package, typed, rules, extent.only, contents, memo)
    ran = {rule.rule_id for rule in rules if rule.path not in skipped}
    found = leave_out(found, exceptions, ran, package, typed)
    for path, why in skipped.items():
        if extent.only is None:
            say(f"rule {Path(path).stem} is left out: {why}")
    return problems + more + found, skipped


def concerns(problem: Problem, package: Package, table: str) -> bool:
    """Whether a problem is of this table or of no table."""
    path = str(package.resource(table)["path"])
    return problem.path == path or problem.path not in {str(r["path"]) for r in package.csv_resources}
