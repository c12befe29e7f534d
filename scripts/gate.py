"""The stages of the gate in their order: files, schema, hygiene, suites, rules, citations, counting rules, Parquet."""

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from scripts import citations, suites
from scripts.build_parquet import stale_parquet
from scripts.build_sqlite import check_database
from scripts.canonical import FORM, check_form
from scripts.catalogue import gather
from scripts.descriptor import check_descriptor
from scripts.door import check_files
from scripts.files import CannotRun, fault
from scripts.folder import presence_problems
from scripts.hygiene import check_hygiene, without_those_told
from scripts.lines import located
from scripts.outcome import EVERYTHING, Outcome
from scripts.package import Package, arrow_schema, column_names, read_table
from scripts.parquet_files import CannotRead, read_small
from scripts.problems import Problem
from scripts.rules import check_rules, load_rules
from scripts.schema_check import check_schema, unreadable_tables
from scripts.second_coding import FOLDER as SECOND_CODING
from scripts.second_coding import check_second_coding

MADE = ("scripts/build_sqlite.py", "scripts/build_parquet.py")  # the checks of what is made from the tables
NAMELESS_PLACE = ("required", "data/places.csv")  # a cited row is looked up by its place's name


def check_package(package: Package, base: Path, scope: str, only: str | None, with_parquet: bool) -> Outcome:
    """All problems of a package under the suites and rules in `base`, and what was left out and why.

    `only` keeps what concerns one table; `scope` is model (leave out what holds for this edition alone) or all;
    `with_parquet` compares data/parquet too. Raises CannotRun where the gate's own files are missing.
    """
    schema_file = base / "validation" / "descriptor.schema.json"
    found = check_descriptor(package.descriptor, json.loads(schema_file.read_text(encoding="utf-8")))
    if found:
        say("the descriptor cannot be relied on: nothing else is checked")
        return Outcome(found, {EVERYTHING: "the descriptor cannot be relied on"})
    names = [resource["name"] for resource in package.csv_resources]
    if only is not None and only not in names:
        raise CannotRun(f"datapackage.json declares no table {only}")
    suites.worker().submit(suites.warm)
    progress("files and schema")
    tables, problems = check_files(package)
    problems += check_form(package, tables)
    problems += check_schema(package, tables, list(tables))
    fingerprints, more = read_fingerprints(package)
    problems += more
    in_order = all(problem.rule == FORM for problem in problems)
    unreadable = (set(names) - set(tables)) | unreadable_tables(package, problems)
    left_out: dict[str, str] = {}
    for name in sorted(unreadable):
        path = str(package.resource(name)["path"])
        say(f"{path} cannot be read as a table: suites, rules and citations leave it out")
        left_out |= dict.fromkeys((path, suite_path(name)), f"{path} cannot be read as a table")
    typed = {name: read_table(package, name) for name in names if name not in unreadable}
    typed |= fingerprints
    work, more = suite_work(package, base, typed, scope, only)
    running = suites.worker().submit(suites.check_suites, work)
    problems += more
    if only is not None:
        others = (suite_path(name) for name in names if name != only)
        left_out |= dict.fromkeys(others, f"--only {only} leaves out the suites of other tables")
    hygiene = check_hygiene(package, tables)
    progress("rules and citations")
    more, skipped = check_relations(package, base, typed, scope)
    problems += more + gather(base / "validation")[1]
    left_out |= skipped
    dangling = any(p.rule == "foreign-key" or (p.rule, p.path) == NAMELESS_PLACE for p in problems)
    if unreadable or dangling or "fingerprints" not in typed:
        unfit = "not every table can be read, or a key leads to no row"
        left_out |= dict.fromkeys(("scripts/citations.py", "scripts/second_coding.py"), unfit)
        say("citations are not checked before every table can be read and every key leads to a row")
    else:
        problems += located(citations.check(typed, typed["fingerprints"]), package, typed)
        if scope == "all" and (base / SECOND_CODING).is_dir():
            problems += located(check_second_coding(base, typed), package, typed)
    if in_order:
        problems += located(check_database(typed, package.descriptor), package, typed)
        problems += [replace(p, severity="warning") for p in (stale_parquet(package) if with_parquet else [])]
    else:
        left_out |= dict.fromkeys(MADE, "files and schema are not in order")
        say("counting rules and Parquet are not checked before files and schema are in order")
    progress("suites")
    problems += running.result()
    problems = without_those_told(problems, hygiene) + hygiene
    kept = [p for p in problems if only is None or concerns(p, package, only)]
    return Outcome(list(dict.fromkeys(kept)), left_out)  # the catalogue tells of misshapen suites and rules once more


def suite_path(table: str) -> str:
    """The file of a table's suite, whether there is one or not."""
    return f"validation/expectations/{table}.json"


def suite_work(
    package: Package, base: Path, typed: dict[str, pa.Table], scope: str, only: str | None
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
        elif file.stem in typed and only in (None, file.stem):
            expectations, more = suites.load_suite(file, scope)
            problems += more
            if expectations:
                work.append((package.resource(file.stem), typed[file.stem], expectations))
    return work, problems


def check_relations(
    package: Package, base: Path, typed: dict[str, pa.Table], scope: str
) -> tuple[list[Problem], dict[str, str]]:
    """Problems of the rules across tables, and why a rule was left out, by its file."""
    rules, problems = load_rules(base / "validation" / "rules", scope)
    if not rules and not problems:
        raise CannotRun(f"{base}/validation/rules holds no rule")
    found, skipped = check_rules(package, typed, rules)
    for path, why in skipped.items():
        say(f"rule {Path(path).stem} is left out: {why}")
    return problems + found, skipped


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
