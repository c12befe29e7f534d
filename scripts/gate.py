"""The stages of the gate in their order: files, schema, hygiene, suites, rules, citations, counting rules, Parquet."""

import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from scripts import citations, suites
from scripts.build_parquet import stale_parquet
from scripts.build_sqlite import check_database
from scripts.canonical import FORM, check_form
from scripts.catalogue import gather
from scripts.descriptor import check_descriptor
from scripts.document import stale_list
from scripts.door import check_files
from scripts.exceptions import leave_out, read_exceptions
from scripts.files import CannotRun, Rows, fault
from scripts.floors import check_floors
from scripts.folder import presence_problems
from scripts.hushed import without_private
from scripts.hygiene import descriptor_problems, table_problems, without_those_told
from scripts.lines import located
from scripts.memo import Contents, Memo
from scripts.outcome import EVERYTHING, Outcome
from scripts.package import Package, arrow_schema, column_names, foreign_keys, read_table
from scripts.parquet_files import CannotRead, read_small
from scripts.problems import Problem
from scripts.queries import check_queries
from scripts.rules import check_rules, load_rules
from scripts.schema_check import check_schema, unreadable_tables
from scripts.seals import check_seals
from scripts.second_coding import check_second_coding

NEEDS_ALL_TABLES = ("scripts/citations.py", "scripts/second_coding.py", "scripts/floors.py")
MADE = ("scripts/build_sqlite.py", "scripts/build_parquet.py")  # the checks of what is made from the tables


@dataclass(frozen=True)
class Extent:
    """How much of the gate is run.

    `scope` is model (leave out what holds for this edition alone) or all. `only` names the one table that matters:
    schema and rules of others are left out, and suites too unless `suites` is set. `parquet` compares data/parquet.
    """

    scope: str = "all"
    only: str | None = None
    suites: bool = False
    parquet: bool = True

    @property
    def runs_suites(self) -> bool:
        """Whether Great Expectations is needed."""
        return self.only is None or self.suites


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
    progress("files and schema")
    tables, problems = check_files(package, kept)
    fingerprints, more = read_fingerprints(package)
    contents = Contents(package, [*tables, *fingerprints])
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
    progress("rules and citations")
    more, skipped = check_relations(package, base, typed, extent, contents, kept)
    checks, faults = gather(base / "validation")
    problems += more + faults
    if extent.scope == "all" and not faults and (base / "metadata").is_dir():
        problems += stale_list(Package(base, package.descriptor), checks)
    problems += [problem for table in fingerprints.values() for problem in check_seals(package, table)]
    left_out |= skipped
    problems += check_queries(base / "scripts", typed)
    if not typed.keys() >= {*names, "fingerprints"} or loose_ends(package, tables):
        unfit = "not every table can be read, or a key leads to no row"
        left_out |= dict.fromkeys(NEEDS_ALL_TABLES, unfit)
        say("citations are not checked before every table can be read and every key leads to a row")
    else:
        problems += located(citations.check(typed, typed["fingerprints"]), package, typed)
        if extent.scope == "all":
            problems += check_floors(base, package, typed)
            problems += located(check_second_coding(base, typed), package, typed)
    if in_order:
        problems += located(check_database(typed, package.descriptor), package, typed)
        problems += [replace(p, severity="warning") for p in (stale_parquet(package) if extent.parquet else [])]
    else:
        left_out |= dict.fromkeys(MADE, "files and schema are not in order")
        say("counting rules and Parquet are not checked before files and schema are in order")
    progress("suites")
    problems += running()
    problems = without_those_told(without_private(problems, hygiene, package, tables), hygiene) + hygiene
    concerned = [p for p in problems if extent.only is None or concerns(p, package, extent.only)]
    return Outcome(list(dict.fromkeys(concerned)), left_out)  # the catalogue tells misshapen suites and rules once more


def of_tables(
    stage: str, names: Iterable[str], contents: Contents, memo: Memo, check: Callable[[str], Iterable[Problem]]
) -> list[Problem]:
    """Problems of a stage that looks at one table at a time."""
    return [
        problem
        for name in names
        for problem in memo.get((stage, *contents.of(name)), lambda name=name: list(check(name)))  # type: ignore[misc]
    ]


def check_cells(
    package: Package, tables: dict[str, Rows], contents: Contents, only: str | None, memo: Memo
) -> list[Problem]:
    """Problems of cells and keys of the tables that passed the door, or of the one that matters."""
    return [
        problem
        for name in tables
        if only in (None, name)
        for problem in memo.get(
            ("schema", *contents.with_references(name)), partial(check_schema, package, tables, [name])
        )
    ]


def typed_tables(
    package: Package, names: list[str], unreadable: set[str], contents: Contents, memo: Memo
) -> tuple[dict[str, pa.Table], dict[str, str]]:
    """The tables that can be read, typed, and by home why checks of the others are left out."""
    typed: dict[str, pa.Table] = {}
    left_out: dict[str, str] = {}
    for name in sorted(names):
        try:
            if name not in unreadable:
                typed[name] = memo.get(("typed", contents.of(name)), partial(read_table, package, name))
                continue
        except pa.ArrowInvalid:  # of a table that --only left unchecked
            pass
        path = str(package.resource(name)["path"])
        say(f"{path} cannot be read as a table: suites, rules and citations leave it out")
        left_out |= dict.fromkeys((path, suite_path(name)), f"{path} cannot be read as a table")
    return typed, left_out


def loose_ends(package: Package, tables: dict[str, Rows]) -> bool:
    """Whether a key leads to no row, or a place has no name: a cited row is looked up by both."""
    columns = {name: column_names(package.resource(name)) for name in tables}

    def cells(name: str, column: str) -> set[str]:
        at = columns[name].index(column)
        return {row[at] for row in tables[name]}

    return "" in cells("places", "name") or any(
        cells(name, column) - cells(table, key) - {""}
        for name in tables
        for column, table, key in foreign_keys(package.resource(name))
    )


def start_suites(
    work: list[tuple[dict[str, Any], pa.Table, list[dict[str, Any]]]], contents: Contents, memo: Memo
) -> Callable[[], list[Problem]]:
    """Start those suites whose result is not remembered; the function returned waits for their problems."""
    keys = [("suite", contents.of(item[0]["name"]), json.dumps(item[2])) for item in work]
    running = {
        key: suites.worker().submit(suites.check_suites, [item])
        for key, item in zip(keys, work, strict=True)
        if key not in memo.results
    }

    def wait() -> list[Problem]:
        for key, future in running.items():
            memo.get(key, future.result)
        return [problem for key in keys for problem in memo.results[key]]

    return wait


def suite_path(table: str) -> str:
    """The file of a table's suite, whether there is one or not."""
    return f"validation/expectations/{table}.json"


def suite_work(
    package: Package, base: Path, typed: dict[str, pa.Table], extent: Extent
) -> tuple[list[tuple[dict[str, Any], pa.Table, list[dict[str, Any]]]], list[Problem]]:
    """What the suites have to check: (resource, rows, expectations) of each table with a suite; unreadable suites."""
    files = sorted((base / "validation" / "expectations").glob("*.json"))
    if not files:
        raise CannotRun(f"{base}/validation/expectations holds no suite")
    work, problems = [], []
    for file in files:
        if file.stem not in {resource["name"] for resource in package.csv_resources}:
            message = f"datapackage.json declares no table {file.stem}"
            problems.append(fault(f"validation/expectations/{file.name}", 0, "", "rule-error", message))
        elif file.stem in typed and extent.runs_suites and extent.only in (None, file.stem):
            expectations, more = suites.load_suite(file, extent.scope)
            problems += more
            if expectations:
                work.append((package.resource(file.stem), typed[file.stem], expectations))
    return work, problems


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


def read_fingerprints(package: Package) -> tuple[dict[str, pa.Table], list[Problem]]:
    """The fingerprints as {table: rows}, empty where they cannot be read, and why; a missing file is the door's."""
    resource = package.resource("fingerprints")
    if presence_problems(package.root, str(resource["path"])):
        return {}, []
    try:
        table = read_small(package.root / resource["path"])
    except CannotRead as error:
        return {}, [fault(resource["path"], 0, "", "parquet-unreadable", f"the file {error}")]
    if table.schema.names != column_names(resource) or table.schema.types != arrow_schema(resource).types:
        message = f"its columns are not {', '.join(column_names(resource))}, each of text"
        return {}, [fault(resource["path"], 0, "", "parquet-unreadable", message)]
    return {resource["name"]: table}, []


def concerns(problem: Problem, package: Package, table: str) -> bool:
    """Whether a problem is of this table or of no table."""
    path = str(package.resource(table)["path"])
    return problem.path == path or problem.path not in {str(r["path"]) for r in package.csv_resources}


def say(text: str) -> None:
    """A line on stderr about what the gate left out."""
    print(f"validate: {text}", file=sys.stderr)


def progress(stage: str) -> None:
    """Name the stage on stderr where somebody is watching."""
    if sys.stderr.isatty():
        say(f"checking {stage} …")
