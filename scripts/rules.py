"""The rules across tables: SQL that selects the offending rows.

A rule is `validation/rules/<rule-id>.sql`. It starts with five lines of comment:

  -- <sentence>
  -- severity: error|warning  scope: model|edition    (model: any package of this schema; edition: this dataset)
  -- why: <why the rule exists>
  -- do: <what to do when it fires>
  -- example: <the message of its case in tests/test_rules.py>

Then comes one SELECT in DuckDB's dialect that returns the columns table_name, row_id, column_name and message (empty:
the sentence). It sees every table of the package under its name, and three relations made from the descriptor and the
rows:
  all_rows(table_name, row_id)          every row of every table whose key is one column
  all_columns(table_name, column_name)  every column of every table
  cited_tables(table_name)              the tables in which each row needs a citation
"""

import re
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from scripts.check_words import ID
from scripts.files import fault
from scripts.lines import line_numbers, row_ids
from scripts.memo import Contents, Memo
from scripts.package import Package, column_names, primary_key
from scripts.problems import Problem

COLUMNS = ["table_name", "row_id", "column_name", "message"]
HEAD = (  # the lines that a rule starts with
    re.compile(r"-- (?P<sentence>\S.*)"),
    re.compile(r"-- severity: (?P<severity>error|warning)  scope: (?P<scope>model|edition)"),
    re.compile(r"-- why: (?P<why>\S.*)"),
    re.compile(r"-- do: (?P<do>\S.*)"),
    re.compile(r"-- example: (?P<example>\S.*)"),
)
FORMS = ("-- <sentence>", "-- severity: error|warning  scope: model|edition", "-- why: …", "-- do: …", "-- example: …")


class RuleHeadError(ValueError):
    """A file that does not start as a rule does; `line` is the first line that is amiss, 0 where it is the name."""

    def __init__(self, line: int, message: str) -> None:
        self.line = line
        super().__init__(message)


@dataclass(frozen=True)
class Rule:
    """One rule; `sql` is the whole file, `scope` model (any package of this schema) or edition (this dataset)."""

    rule_id: str
    sentence: str
    why: str
    do: str
    example: str
    severity: str
    scope: str
    sql: str

    @property
    def path(self) -> str:
        """The rule's file."""
        return f"validation/rules/{self.rule_id}.sql"


def load_rules(folder: Path, scope: str) -> tuple[list[Rule], list[Problem]]:
    """The rules that `scope` (model or all) takes in, sorted by id, and the files whose head cannot be read."""
    rules, problems = [], []
    for file in sorted(folder.glob("*.sql")):
        path = f"validation/rules/{file.name}"
        try:
            rule = read_rule(file)
        except RuleHeadError as error:
            problems.append(fault(path, error.line, "", "rule-error", str(error)))
            continue
        if scope == "all" or rule.scope == "model":
            rules.append(rule)
    return rules, problems


def read_rule(file: Path) -> Rule:
    """The rule in a file. Raises RuleHeadError where one of its first lines is not what it should be."""
    sql = file.read_text(encoding="utf-8")
    if not ID.fullmatch(file.stem):
        raise RuleHeadError(0, "the file of a rule is called by its id: small letters, digits and hyphens")
    words = {"rule_id": file.stem, "sql": sql}
    lines = [*sql.split("\n"), *[""] * len(HEAD)]
    for number, (line, pattern) in enumerate(zip(lines, HEAD, strict=False), start=1):
        match = pattern.fullmatch(line)
        if match is None:
            raise RuleHeadError(number, f"line {number} of a rule reads “{FORMS[number - 1]}”")
        words |= match.groupdict()
    return Rule(**words)


def check_rules(
    package: Package, tables: dict[str, pa.Table], rules: list[Rule], only: str | None, contents: Contents, memo: Memo
) -> tuple[list[Problem], dict[str, str]]:
    """Run the rules on the typed tables: (problems, why a rule was left out, by its file).

    With `only`, rules that do not read that table are left out. `contents` is of `tables`.
    """
    found: list[Problem] = []
    skipped: dict[str, str] = {}
    with closing(Engine(package, tables)) as engine:
        for rule in rules:
            try:
                read = tables_of(package, rule)
                missing = sorted(read - set(tables))
                if missing:
                    skipped[rule.path] = f"it needs {', '.join(missing)}"
                elif only is not None and only not in read:
                    skipped[rule.path] = f"--only {only} leaves it out"
                else:
                    key = (rule, contents.descriptor, *(contents.of(name) for name in sorted(read)))
                    found += memo.get(key, partial(engine.run, rule))
            except duckdb.Error as error:
                message = f"the rule cannot be run: {' '.join(str(error).split())[:300]}"
                found.append(fault(rule.path, 0, "", "rule-error", message))
    return found, skipped


def tables_of(package: Package, rule: Rule) -> set[str]:
    """The package's tables that a rule reads, also through all_rows. Raises duckdb.Error where the rule is not SQL."""
    used = names_in(rule.sql)
    rows = {r["name"] for r in package.csv_resources if len(primary_key(r)) == 1} if "all_rows" in used else set()
    return rows | used & {resource["name"] for resource in package.resources}


@cache
def names_in(sql: str) -> set[str]:
    """The relations that a query asks for: a database with nothing in it names them all."""
    return set(empty_database().get_table_names(sql))


@cache
def empty_database() -> duckdb.DuckDBPyConnection:
    """A database with nothing in it, opened once: opening one takes longer than most rules."""
    return duckdb.connect(":memory:", config={"enable_external_access": "false"})


def derived_relations(package: Package, tables: dict[str, pa.Table]) -> dict[str, pa.Table]:
    """The relations all_rows, all_columns and cited_tables."""
    names = [r["name"] for r in package.csv_resources if len(primary_key(r)) == 1 and r["name"] in tables]
    rows = [(name, row_id) for name in names for row_id in row_ids(package.resource(name), tables[name])]
    columns = [(r["name"], column) for r in package.resources for column in column_names(r)]
    cited = [(r["name"],) for r in package.resources if r["cited"]]
    return {
        "all_rows": relation(["table_name", "row_id"], rows),
        "all_columns": relation(["table_name", "column_name"], columns),
        "cited_tables": relation(["table_name"], cited),
    }


def relation(columns: list[str], rows: Sequence[tuple[str, ...]]) -> pa.Table:
    """A table of text columns."""
    return pa.table({c: pa.array([row[i] for row in rows], pa.string()) for i, c in enumerate(columns)})


class Engine:
    """DuckDB over the typed tables, opened when the first rule is run; nothing outside them can be read."""

    def __init__(self, package: Package, tables: dict[str, pa.Table]) -> None:
        self.package, self.tables = package, tables

    @cached_property
    def lines(self) -> dict[str, dict[str, int]]:
        """The line of each row by table and row id."""
        here = [resource for resource in self.package.resources if resource["name"] in self.tables]
        return {r["name"]: line_numbers(r, self.tables[r["name"]]) for r in here}

    @cached_property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The database."""
        connection = duckdb.connect(":memory:")
        for name, table in (self.tables | derived_relations(self.package, self.tables)).items():
            connection.register(name, table)
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        return connection

    def close(self) -> None:
        """Close the database, where one was opened."""
        if "connection" in self.__dict__:
            self.connection.close()

    def run(self, rule: Rule) -> list[Problem]:
        """The rows that a rule selects, as problems. Raises duckdb.Error where it cannot be run."""
        statements = self.connection.extract_statements(rule.sql)
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            return [fault(rule.path, 0, "", "rule-error", "a rule is one SELECT")]
        self.connection.begin()
        try:
            result = self.connection.execute(statements[0])
            columns = [column[0] for column in result.description or []]
            rows = result.fetchall()
        finally:
            self.connection.rollback()  # an error closes the transaction to every rule after it
        if columns != COLUMNS:
            return [fault(rule.path, 0, "", "rule-error", f"a rule returns the columns {', '.join(COLUMNS)}")]
        return [selected(self.package, self.lines, rule, *row) for row in rows]


def selected(
    package: Package, lines: dict[str, dict[str, int]], rule: Rule, table: Any, row_id: Any, column: Any, message: Any
) -> Problem:
    """A row that a rule selects, as a problem; without a row id it concerns the table as a whole."""
    if not all(cell is None or isinstance(cell, str) for cell in (table, row_id, column, message)):
        return fault(rule.path, 0, "", "rule-error", f"a rule returns text alone, not {(row_id, column, message)}")
    if table not in lines or (row_id is not None and row_id not in lines[table]):
        return fault(rule.path, 0, "", "rule-error", f"the rule selects {row_id} of {table}, and there is no such row")
    path, line = str(package.resource(table)["path"]), 0 if row_id is None else lines[table][row_id]
    return Problem(path, line, column or "", row_id or "", rule.rule_id, rule.severity, message or rule.sentence)
