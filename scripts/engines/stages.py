"""The stages of the gate that an engine runs: descriptor, files, cells and keys, suites, rules across tables.

The others (the files' form, hygiene, citations, the tables of this edition) are for packages that people edit by hand;
they are left to the gate on pandas, and the outcome says so.
"""

import copy
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scripts.catalogue import gather
from scripts.descriptor import check_descriptor
from scripts.engines.checks import Check, Found
from scripts.engines.columns import Columns
from scripts.engines.engine import Engine, each
from scripts.engines.relations import Relation, is_made, relation_of
from scripts.engines.rule_checks import RuleRunner, run_rules
from scripts.engines.rules_sql import derived
from scripts.engines.schema_sql import MALFORMED, cell_checks, implied_forms, raw, reference_checks, unique_checks
from scripts.engines.table_checks import Result, Runner
from scripts.exceptions import read_exceptions
from scripts.extent import say
from scripts.files import CannotRun, fault
from scripts.outcome import EVERYTHING, Outcome
from scripts.package import Package, primary_key
from scripts.problems import Problem
from scripts.progress import told
from scripts.rules import load_rules
from scripts.suites import load_suite

MOST_CODES = 10_000  # of a code list that are looked through for one that is meant
HOMES = {  # of the checks that an engine runs, beside suites and rules
    "datapackage.json", "scripts/cell_words.py", "scripts/descriptor.py", "scripts/exceptions.py", "scripts/files.py",
    "scripts/folder.py", "scripts/rules.py", "scripts/schema_check.py", "scripts/engines/relations.py",
}  # fmt: skip
Suite = Callable[[Runner, Relation, Columns, list[dict[str, Any]]], tuple[list[Result], list[Problem]]]


@dataclass
class Findings:
    """What a run has found so far; `unlisted` says of a closing problem for how many rows it stands."""

    problems: list[Problem] = field(default_factory=list)
    unlisted: dict[Problem, int] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)

    def add(self, found: Found, place: Problem) -> None:
        """Take what a check found; `place` is where and how bad, for the line that stands for the rows not listed."""
        self.problems += found.problems
        if found.unlisted:
            closing = Problem(
                place.path, 0, place.column, "", place.rule, place.severity, f"… and {found.unlisted:,} more"
            )
            self.unlisted[closing] = self.unlisted.get(closing, 0) + found.unlisted
            self.problems.append(closing)

    def add_all(self, results: list[Result]) -> None:
        """Take the results of checks of tables."""
        for check, found in results:
            place = found.problems[0] if found.problems else None
            self.add(found, place or Problem(check.path, 0, check.column, "", check.rule, check.severity, ""))


@dataclass(frozen=True)
class Run:
    """One run over a package under the suites and rules in `base`."""

    package: Package
    base: Path
    scope: str
    runner: Runner
    suite: Suite

    @property
    def engine(self) -> Engine:
        """The engine."""
        return self.runner.engine

    def outcome(self) -> tuple[Outcome, dict[Problem, int]]:
        """What the run finds, and for how many rows each closing problem stands. Raises CannotRun, EngineError."""
        findings = Findings()
        findings.problems += relaxed(self.package, self.base)
        if findings.problems:
            say("the descriptor cannot be relied on: nothing else is checked")
            return Outcome(findings.problems, {EVERYTHING: "the descriptor cannot be relied on"}), {}
        told("validate", "checking files …")
        relations, columns = self.open(findings)
        self.engine.seal()
        told("validate", "checking cells and keys …")
        readable = self.cells_and_keys(relations, columns, findings)
        for table, there in readable.items():
            self.engine.define(table, there.typed_view(raw(table), self.engine.times_are_text))
        told("validate", "checking suites …")
        self.suites(relations, readable, findings)
        told("validate", "checking rules …")
        self.rules(relations, readable, findings)
        self.leave_out(findings)
        return Outcome(findings.problems, findings.left_out), findings.unlisted

    def open(self, findings: Findings) -> tuple[dict[str, Relation], dict[str, Columns]]:
        """The tables whose files can be read."""
        relations, columns = {}, {}
        found = [relation_of(self.package, resource) for resource in self.package.resources]
        for _, problems in found:
            findings.problems += problems
        there_are = [relation for relation, _ in found if relation is not None]
        for relation, (there, problems) in zip(there_are, each(self.engine, self.engine.open, there_are), strict=True):
            if there is not None:
                relations[relation.table], columns[relation.table] = relation, there
            findings.problems += problems
        return relations, columns

    def cells_and_keys(
        self, relations: dict[str, Relation], columns: dict[str, Columns], findings: Findings
    ) -> dict[str, Columns]:
        """Check cells and keys; the tables that later stages can read: each cell of its type, each id there once."""
        readable = {table: there for table, there in columns.items() if is_made(there.resource)}
        people = {table: there for table, there in columns.items() if not is_made(there.resource)}
        checks: list[Check] = []
        for there in people.values():
            checks += [*cell_checks(there), *unique_checks(there)]
            checks += reference_checks(self.package, there, people, self.codes)
        implied = implied_forms(people)
        results = self.runner.check(relations, people, [check for check in checks if check.place not in implied])
        amiss = {check.place for check, found in results if found.count}
        open_ones = [check for check in checks if amiss & implied.get(check.place, set())]
        results += self.runner.check(relations, people, open_ones)
        findings.add_all(results)
        unfit = {c.table for c, found in results if found.count and spoils(c, primary_key(people[c.table].resource))}
        readable |= {table: there for table, there in people.items() if table not in unfit}
        for resource in self.package.resources:
            if resource["name"] not in readable:
                path, suite = str(resource["path"]), f"validation/expectations/{resource['name']}.json"
                say(f"{path} cannot be read as a table: suites and rules leave it out")
                findings.left_out |= dict.fromkeys((path, suite), f"{path} cannot be read as a table")
        return readable

    def codes(self, table: str) -> list[str]:
        """The codes of a code list."""
        key = primary_key(self.package.resource(table))[0]
        return [
            str(code) for (code,) in self.engine.rows(f'SELECT "{key}" FROM {raw(table)} LIMIT {MOST_CODES}') if code
        ]

    def suites(self, relations: dict[str, Relation], readable: dict[str, Columns], findings: Findings) -> None:
        """Run the suite of each table that can be read."""
        files = sorted((self.base / "validation" / "expectations").glob("*.json"))
        if not files:
            raise CannotRun(f"{self.base}/validation/expectations holds no suite")
        declared = {resource["name"] for resource in self.package.resources}
        for file in files:
            if file.stem not in declared:
                message = f"datapackage.json declares no table {file.stem}"
                findings.problems.append(fault(f"validation/expectations/{file.name}", 0, "", "rule-error", message))
            elif file.stem in readable:
                expectations, problems = load_suite(file, self.scope)
                results, more = self.suite(self.runner, relations[file.stem], readable[file.stem], expectations)
                findings.add_all(results)
                findings.problems += problems + more

    def rules(self, relations: dict[str, Relation], readable: dict[str, Columns], findings: Findings) -> None:
        """Run the rules across the tables that can be read."""
        rules, problems = load_rules(self.base / "validation" / "rules", self.scope)
        if not rules and not problems:
            raise CannotRun(f"{self.base}/validation/rules holds no rule")
        exceptions, more = read_exceptions(self.base / "validation")
        for relation, sql in derived(
            self.package, {t: c for t, c in readable.items() if not is_made(c.resource)}
        ).items():
            self.engine.define(relation, sql)
        found, faults, skipped = run_rules(
            RuleRunner(self.runner, self.package, readable, relations), rules, exceptions
        )
        for result in found:
            if result.problems:
                findings.add(result, result.problems[0])
        for path, why in skipped.items():
            say(f"rule {Path(path).stem} is left out: {why}")
        findings.problems += problems + more + faults
        findings.left_out |= skipped

    def leave_out(self, findings: Findings) -> None:
        """Say of every check that no engine runs that it was left out."""
        checks, faults = gather(self.base / "validation")
        findings.problems += faults
        others = {check.home for check in checks if check.kind in ("program", "schema")} - HOMES
        findings.left_out |= dict.fromkeys(others, "the engine pandas runs it")


def spoils(check: Check, key: list[str]) -> bool:
    """Whether a table with such a fault cannot be read by later stages."""
    return check.rule in (MALFORMED, "primary-key") or (check.rule == "required" and check.column in key)


def relaxed(package: Package, base: Path) -> list[Problem]:
    """Faults of the descriptor but for where the files are, which scripts/engines/relations.py reads."""
    schema = json.loads((base / "validation" / "descriptor.schema.json").read_text(encoding="utf-8"))
    descriptor = copy.deepcopy(package.descriptor)
    for resource in descriptor["resources"]:
        if isinstance(resource, dict) and isinstance(resource.get("path"), str):
            resource |= {"path": f"data/{resource.get('name')}.csv", "format": "csv"}
    return check_descriptor(descriptor, schema)
