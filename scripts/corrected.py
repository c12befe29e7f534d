"""The corrections as the gate checks them: decided, logged, and standing in the rows."""

from collections.abc import Iterator
from dataclasses import replace

from scripts.applying import apply_all, names_withheld
from scripts.changelog_sections import FILE as CHANGELOG
from scripts.correction_log import FILE, given_ids, right_log, with_sections
from scripts.corrections import Change, Correction, fault_in
from scripts.differences import Tables
from scripts.files import fault
from scripts.logged import LOG_RULE, Logged
from scripts.package import Package
from scripts.problems import Problem
from scripts.workbench import LOG_OF_IDS, Workbench

UNDECIDED = "correction-undecided"
APPLIED = "correction-is-applied"
TO_DECIDE = "nobody has decided on this correction: a maintainer adds decision, decided_on and, if accepted, version"
Cell = tuple[str, str, str]


def check_corrections(logged: Logged, package: Package, base: Package, tables: Tables | None) -> list[Problem]:
    """What is wrong with the corrections of a package; `tables` are its rows, None where not all can be read.

    Where `base` is another folder, its log is older than what a contributor's folder brings, and is not compared.
    """
    problems = list(logged.problems)
    if not logged.problems and package.root == base.root:
        problems += check_log(logged, base)
    problems += [
        replace(fault_in(correction, UNDECIDED, TO_DECIDE), severity="warning")
        for correction in logged.corrections
        if not correction.decision
    ]
    if tables is None or not logged.corrections:
        return problems
    bench = Workbench(package, tables)
    hidden = [problem for correction in logged.corrections for problem in names_withheld(bench, correction)]
    if hidden:
        return problems + hidden
    tried = apply_all(Workbench.over(package, tables), logged.pending) if logged.pending else None
    problems += [replace(problem, severity="warning") for problem in tried.problems] if tried else []
    return problems + list(not_standing(logged, bench))


def check_log(logged: Logged, base: Package) -> Iterator[Problem]:
    """Whether the log and the CHANGELOG are as the files give them."""
    right = right_log(logged.log, logged.corrections)
    if right != logged.log:
        ids = sorted({row["correction_id"] for row in [*right, *logged.log] if (row in right) != (row in logged.log)})
        message = f"the log is not what the files give for {', '.join(ids)}: run python -m scripts.correct on the file"
        yield fault(FILE.as_posix(), 0, "", LOG_RULE, message)
    file = base.root / CHANGELOG
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    try:
        if text != with_sections(text, logged.log):
            message = "its corrections are not what the log gives: run python -m scripts.correct"
            yield fault(CHANGELOG.as_posix(), 0, "", LOG_RULE, message)
    except ValueError as error:
        yield fault(CHANGELOG.as_posix(), 0, "", LOG_RULE, str(error))


def not_standing(logged: Logged, bench: Workbench) -> Iterator[Problem]:
    """The accepted changes that do not stand in the rows, unless a later one changed the same cell."""
    last: dict[Cell, tuple[Correction, Change]] = {}
    for correction in logged.settled:
        ids = given_ids(logged.log, correction.correction_id)
        for change in correction.changes:
            row_id = ids[change.number] if change.kind == "add" else change.text("row_id")
            last[change.table, row_id, change.text("field") if change.kind == "value" else change.kind] = (
                correction, change,
            )  # fmt: skip
    for (table, row_id, _), (correction, change) in last.items():
        message = amiss(bench, table, row_id, change, new_rows(logged, correction))
        if message:
            yield fault_in(correction, APPLIED, message, "changes", change.number, "row_id")


def new_rows(logged: Logged, correction: Correction) -> dict[str, str]:
    """The ids of the rows that a correction brought, by their name in its file."""
    ids = given_ids(logged.log, correction.correction_id)
    return {f"new:{c.text('new')}": ids[c.number] for c in correction.changes if c.kind == "add" and c.text("new")}


def amiss(bench: Workbench, table: str, row_id: str, change: Change, new: dict[str, str]) -> str:
    """Why an accepted change does not stand, or nothing. A row that was retired later holds nothing any more."""
    rows = bench.tables[table]
    row = rows.get(new.get(row_id, row_id))
    if change.kind in ("merge", "withdraw"):
        return f"{table} {row_id} is there, and this correction took it out" if row is not None else ""
    if row is None:
        is_known = bench.id_form(table) is None or row_id in bench.tables[LOG_OF_IDS]
        return "" if is_known else f"{table} {row_id}, which this correction names, is gone and not retired"
    if change.kind == "value" and row[change.text("field")] != new.get(change.text("value"), change.text("value")):
        return f"{table} {row_id} does not hold the corrected {change.text('field')}"
    if change.kind == "other_value":
        says = {"table_name": table, "row_id": row_id, "field": change.text("field"), "value": change.text("value")}
        return "" if bench.same("other_values", says) else f"{table} {row_id} has lost the other value beside it"
    return ""
