"""Run the rules across tables on an engine, leave out what is excepted, and tell of exceptions that are not needed."""

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from scripts.engines.checks import NOTHING, Found, Offender
from scripts.engines.columns import Columns
from scripts.engines.engine import EngineError
from scripts.engines.literals import name, value, values
from scripts.engines.relations import Relation, is_made
from scripts.engines.rules_sql import in_parentheses
from scripts.engines.table_checks import Runner
from scripts.exceptions import Exemption, named_ids, unneeded
from scripts.files import fault, one_line
from scripts.package import Package, primary_key
from scripts.problems import Problem
from scripts.rules import Rule, empty_database, names_in


def relations_in(rule: Rule) -> set[str]:
    """The relations that a rule reads. Raises EngineError where it is not one SELECT."""
    try:
        statements = empty_database().extract_statements(rule.sql)
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            raise EngineError("a rule is one SELECT")
        return names_in(rule.sql)
    except duckdb.Error as error:
        raise EngineError(" ".join(str(error).split())[:300]) from error


@dataclass(frozen=True)
class RuleRunner:
    """A runner over the tables that can be read: their columns, and the files of each relation by its name."""

    runner: Runner
    package: Package
    tables: dict[str, Columns]
    relations: dict[str, Relation]

    def names(self, rule: Rule) -> set[str]:
        """The package's tables that a rule reads, also through all_rows. Raises EngineError where it is no SELECT."""
        used = relations_in(rule)
        known = {str(resource["name"]) for resource in self.package.resources}
        by_people = [r for r in self.package.resources if not is_made(r)]
        single = {str(r["name"]) for r in by_people if len(primary_key(r)) == 1}
        return used & known | (single if "all_rows" in used else set())

    def run(self, rule: Rule, reads: set[str], exceptions: list[Exemption]) -> tuple[Found, set[tuple[str, str]]]:
        """What a rule selects but for the exceptions, and the (table, row id) of the exceptions that it selects.

        Raises EngineError where it cannot be run.
        """
        files = [file for table in sorted(reads) for file in self.relations[table].files]
        kept, contents = self.runner.kept, [self.runner.kept.content(file) for file in files]
        excepted = sorted((e.table, e.row_id) for e in exceptions)
        said = [rule.rule_id, rule.sql, excepted, self.runner.most, contents]
        keys = [kept.key(part, *said) for part in ("rule", "excepted")]
        if not all(kept.has(key) for key in keys):
            for key, found in zip(keys, self._run(rule, excepted), strict=True):
                kept.put(key, found)
        found, used = (kept.get(key) for key in keys)
        return found, {(offender.cells, offender.row_id) for offender in used.offenders}

    def silent(self, rules: list[Rule]) -> set[str]:
        """The ids of rules that are known to select nothing, where the engine is best asked of several at once.

        Of rules among which one cannot be run nothing is known.
        """
        silent: set[str] = set()
        size = self.runner.engine.together
        for start in range(0, len(rules) if size > 1 else 0, size):
            some = rules[start : start + size]
            columns = "row_id, table_name, column_name, message"
            selects = [
                f"[COUNT(*)] AS times FROM (SELECT {columns} FROM {in_parentheses(rule)}) AS these" for rule in some
            ]
            try:
                counts = list(self.runner.counts(selects))
            except EngineError:
                continue
            silent |= {rule.rule_id for rule, (count,) in zip(some, counts, strict=True) if not count}
        return silent

    def _run(self, rule: Rule, excepted: list[tuple[str, str]]) -> tuple[Found, Found]:
        is_excepted = " OR ".join(f"(table_name = {value(t)} AND row_id = {value(r)})" for t, r in excepted)
        rest = f"WHERE NOT COALESCE({is_excepted}, FALSE)" if excepted else ""
        listed = self.runner.engine.rows(
            f"SELECT COUNT(*) OVER () AS times, row_id, table_name, column_name, message"
            f" FROM {in_parentheses(rule)} {rest}"
            f" ORDER BY row_id, table_name, column_name, message LIMIT {self.runner.most}"
        )
        rows = [row for _, *row in listed]
        offenders = (
            Offender(row[0] or "", " ".join(map(str, row[1:])), (problem,))
            for row, problem in zip(rows, self._problems(rule, rows), strict=True)
        )
        found = Found(int(listed[0][0]), tuple(offenders)) if listed else NOTHING
        if not excepted:
            return found, NOTHING
        used = self.runner.engine.rows(
            f"SELECT DISTINCT row_id, table_name FROM {in_parentheses(rule)} WHERE {is_excepted}"
        )
        return found, Found(0, tuple(Offender(row_id, table, ()) for row_id, table in sorted(used)))

    def _problems(self, rule: Rule, rows: list[list[str | None]]) -> Iterable[Problem]:
        """Selected rows as problems; without a row id one concerns the table as a whole."""
        there = {
            table: self.runner.there(
                self.tables[table], [row[0] for row in rows if row[1] == table and row[0] is not None]
            )
            for table in {row[1] for row in rows}
            if table in self.tables
        }
        for row_id, table, column, message in rows:
            if not all(cell is None or isinstance(cell, str) for cell in (row_id, table, column, message)):
                yield self._error(rule, f"a rule returns text alone, not {(row_id, column, message)}")
            elif table not in there or (row_id is not None and row_id not in there[table]):
                yield self._error(rule, f"the rule selects {row_id} of {table}, and there is no such row")
            else:
                path = str(self.package.resource(table)["path"])
                words = one_line(message or rule.sentence)
                yield Problem(path, 0, column or "", one_line(row_id or ""), rule.rule_id, rule.severity, words)

    def _error(self, rule: Rule, message: str) -> Problem:
        return fault(rule.path, 0, "", "rule-error", message)

    def unneeded(self, exceptions: list[Exemption], used: set[tuple[str, str, str]]) -> list[Problem]:
        """Problems of exceptions whose rule was run and does not select their row; `used` are (rule, table, row)."""
        known = [e for e in exceptions if e.table in self.tables]
        ids = {table: [e.row_id for e in known if e.table == table] for table in {e.table for e in known}}
        alive = {(table, row) for table, rows in ids.items() for row in self.runner.there(self.tables[table], rows)}
        return unneeded(known, used, alive, self._gone({row for e in known for row in named_ids(e)}))

    def _gone(self, ids: set[str]) -> set[str]:
        """Those of some ids that are of retired rows or withheld persons."""
        if not ids:
            return set()
        among = f"IN {values(sorted(ids))}"
        queries = {
            "retired_ids": f"SELECT row_id FROM {name('retired_ids')} WHERE row_id {among}",
            "persons": f"SELECT person_id FROM {name('persons')} WHERE is_withheld AND person_id {among}",
        }
        rows = (self.runner.engine.rows(sql) for table, sql in queries.items() if table in self.tables)
        return {row_id for found in rows for (row_id,) in found}


def run_rules(
    rules: RuleRunner, chosen: list[Rule], exceptions: list[Exemption]
) -> tuple[list[Found], list[Problem], dict[str, str]]:
    """What each rule found; rules that cannot be run, exceptions not needed; why a rule was left out, by file."""
    found, problems, skipped = [], [], {}
    used: set[tuple[str, str, str]] = set()
    runnable: list[tuple[Rule, set[str]]] = []
    ran: set[str] = set()
    for rule in chosen:
        try:
            reads = rules.names(rule)
        except EngineError as error:
            problems.append(cannot_run(rule, error))
            continue
        missing = sorted(reads - set(rules.tables))
        if missing:
            skipped[rule.path] = f"it needs {', '.join(missing)}"
        else:
            runnable.append((rule, reads))
    silent = rules.silent([rule for rule, _ in runnable])
    for rule, reads in runnable:
        mine = [e for e in exceptions if e.rule == rule.rule_id]
        try:
            result, rows = (NOTHING, set()) if rule.rule_id in silent else rules.run(rule, reads, mine)
        except EngineError as error:
            problems.append(cannot_run(rule, error))
            continue
        found.append(result if result.count else NOTHING)
        used |= {(rule.rule_id, *row) for row in rows}
        ran.add(rule.rule_id)
    return found, problems + rules.unneeded([e for e in exceptions if e.rule in ran], used), skipped


def cannot_run(rule: Rule, error: EngineError) -> Problem:
    """That a rule cannot be run, and why."""
    return fault(rule.path, 0, "", "rule-error", f"the rule cannot be run: {error}")
