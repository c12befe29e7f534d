"""What no view, ready question, released query or counting rule may do: join officials to people, or make a share.

Officials and people meet in `involvements` alone, where the source says who did an act. A query that brings them
together through an event, a case, a place or a passage would accuse officials of what nobody says that they did. And
the report's lists are examples given by those who complained, so nothing can be divided by anything.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from scripts.files import fault
from scripts.problems import Problem

OFFICIALS = {"official_names", "official_roles", "officials"}
PEOPLE = {"acts", "attestations", "case_persons", "charges", "penalties", "person_names", "persons"}
SPELLINGS = {"official_names", "person_names"}
SHARE_WORDS = re.compile(r"%|\b(?:per ?cent\w*|shares?|proportions?|rates?|ratios?|averages?|means?)\b", re.IGNORECASE)
FOLDERS = ("views", "questions", "releasing/analysis")
COMMENT = re.compile(r"^--.*$", re.MULTILINE)
PATTERN = re.compile(r"LIKE '(?:[^']|'')*'", re.IGNORECASE)
DIVIDING = {"/", "//", "avg", "mean", "percent_rank", "cume_dist", "ntile", "divide"}
HOURS_OF_A_DAY = "24"  # turns a printed length from hours to days
HUNDRED = re.compile(r"100(\.0*)?")
Node = dict[str, Any]


def check_queries(scripts: Path, tables: dict[str, pa.Table]) -> list[Problem]:
    """Problems of the queries in the FOLDERS of `scripts` and of the counting rules in `tables`, as far as there."""
    files = [file for folder in FOLDERS for file in sorted((scripts / folder).glob("*.sql"))]
    texts = {file: file.read_text(encoding="utf-8") for file in files}
    views = {file.stem: COMMENT.sub("", text) for file, text in texts.items() if file.parent.name == "views"}
    problems = [
        fault(f"scripts/{file.relative_to(scripts).as_posix()}", 0, "", rule, message)
        for file, text in texts.items()
        for rule, message in faults(COMMENT.sub("", text), text, views)
    ]
    totals = tables["reported_totals"].to_pylist() if "reported_totals" in tables else []
    path = "data/reported_totals.csv"
    return problems + [
        Problem(path, line, "counting_rule", total["total_id"], rule, "error", message)
        for line, total in enumerate(totals, start=2)
        if total["counting_rule"]
        for rule, message in faults(total["counting_rule"], total["counting_rule"], views)
    ]


def faults(sql: str, text: str, views: dict[str, str]) -> Iterator[tuple[str, str]]:
    """(rule, message) of what a query may not do; `text` is the query with its comments, `views` the SQL of each view.

    A query that cannot be parsed has no faults here: it is refused where it is run.
    """
    tree = parse(sql)
    if tree is None:
        return
    read = tables_in(tree, views)
    officials, people = sorted(read & OFFICIALS), sorted(read & PEOPLE)
    through = "involvements" in read and "official_roles" not in read and involved(tree)
    if officials and people and not through:
        who = f"{', '.join(officials)} and {', '.join(people)}"
        rule, message = (
            "officials-meet-people-in-involvements",
            f"{who} meet outside involvements: keep them in two queries",
        )
        yield rule, message
    word = SHARE_WORDS.search(PATTERN.sub("", text).replace("_", " "))
    if word or any(divides(node) for node in nodes(tree)):
        what = f"the word “{word[0]}”" if word else "a division or mean"
        rule, message = (
            "no-share-without-denominator",
            f"{what} makes a share of what has no closed whole: count instead",
        )
        yield rule, message


@cache
def parser() -> duckdb.DuckDBPyConnection:
    """A database with nothing in it, which parses queries."""
    return duckdb.connect(":memory:", config={"enable_external_access": "false"})


@cache
def parse(sql: str) -> Any:
    """The syntax tree of a query, or None where it cannot be parsed."""
    answer = parser().execute("SELECT json_serialize_sql(?)", [sql.strip().removesuffix(";")]).fetchone()
    tree = json.loads(answer[0]) if answer else {"error": True}
    return None if tree["error"] else tree


def nodes(tree: Any) -> Iterator[Node]:
    """Every node of a syntax tree."""
    if isinstance(tree, dict):
        yield tree
    for part in tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ():
        yield from nodes(part)


def tables_in(tree: Any, views: dict[str, str]) -> set[str]:
    """The tables that a query reads, those of its views too, without spellings that are only counted."""
    counted = {id(table) for node in nodes(tree) if counts_spellings(node) for table in nodes(node)}
    names = {n["table_name"] for n in nodes(tree) if n.get("type") == "BASE_TABLE" and id(n) not in counted}
    inner = [parse(views[name]) for name in sorted(names & views.keys())]
    return names.union(*(tables_in(view, views) for view in inner))


def counts_spellings(node: Node) -> bool:
    """Whether a node is a query that gives one number from a table of spellings."""
    source, selected = node.get("from_table"), node.get("select_list")
    if not isinstance(source, dict) or not isinstance(selected, list) or source.get("table_name") not in SPELLINGS:
        return False
    return [item.get("function_name") for item in selected] == ["count_star"]


def involved(tree: Any) -> bool:
    """Whether each condition on official_id is between involvements and the officials, and there is one."""
    names = {n["alias"] or n["table_name"]: n["table_name"] for n in nodes(tree) if n.get("type") == "BASE_TABLE"}
    if any("official_id" in (n.get("using_columns") or []) for n in nodes(tree)):
        return False
    pairs = [
        {names.get(side["column_names"][0], "") for side in (node["left"], node["right"])}
        for node in nodes(tree)
        if node.get("class") == "COMPARISON"
        and any(side.get("column_names", [""])[-1] == "official_id" for side in (node["left"], node["right"]))
        and all(side.get("class") == "COLUMN_REF" for side in (node["left"], node["right"]))
    ]
    return bool(pairs) and all("involvements" in pair and pair & OFFICIALS for pair in pairs)


def divides(node: Node) -> bool:
    """Whether a node divides, but for printed hours into days, takes a mean or multiplies by a hundred."""
    if node.get("class") not in ("FUNCTION", "WINDOW"):
        return False
    parts = [argument["expression"] for argument in node.get("arguments", [])]
    numbers = [
        part["literal"]["text"] if part.get("class") == "CONSTANT" and "literal" in part else "" for part in parts
    ]
    if node["function_name"] == "*":
        return any(HUNDRED.fullmatch(number) for number in numbers)
    if node["function_name"] not in DIVIDING:
        return False
    return numbers[1:] != [HOURS_OF_A_DAY] or parts[0].get("column_names", [""])[-1] != "duration_value"
