"""Corrections applied to the tables: row by row, as text, in the order of the files and of the changes in them.

What already stands as a correction asks is left as it is, so that applying again changes nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from scripts.corrections import Change, Correction, fault_in, scalars
from scripts.differences import Row
from scripts.files import one_line, shortened
from scripts.package import column_names, primary_key
from scripts.problems import Problem
from scripts.retiring import merge, still_needed, withdraw
from scripts.workbench import ANY_ID, LOG_OF_IDS, Unfit, Workbench, withheld_ids

FITS = "correction-fits-the-rows"
HIDDEN = "correction-names-no-withheld-row"
NO_VERSION = "0.0.0"  # of what is tried before anybody decided on a version


@dataclass
class Applied:
    """What applying gave: the problems, and the id of the row of each change, by (correction, number of the change)."""

    problems: list[Problem] = field(default_factory=list)
    row_ids: dict[tuple[str, int], str] = field(default_factory=dict)


def apply_all(bench: Workbench, corrections: Iterable[Correction]) -> Applied:
    """Apply corrections to the workbench's tables; where there are problems, these are not to be used."""
    applied = Applied()
    for correction in corrections:
        hidden = list(names_withheld(bench, correction))
        if hidden:
            applied.problems += hidden
        else:
            apply(bench, correction, applied)
    return applied


def names_withheld(bench: Workbench, correction: Correction) -> Iterator[Problem]:
    """Where a file names a row that is withheld, or tells somebody to be so; neither id nor value is repeated."""
    hidden = withheld_ids(bench.tables)
    for place, text in scalars(correction.said, ()):
        if hidden.intersection(ANY_ID.findall(text)):
            message = "this row is withheld: no correction names it (CONTRIBUTING.md says whom to ask)"
            yield fault_in(correction, HIDDEN, message, *place)
    for change in correction.changes:
        cells = change.cells("row") | ({change.text("field"): change.text("value")} if change.text("field") else {})
        if "is_withheld" in cells and (change.kind != "add" or cells["is_withheld"] != "false"):
            message = "nobody is withheld, or shown again, by a correction: it would say so in public"
            yield fault_in(correction, HIDDEN, message, "changes", change.number)


def apply(bench: Workbench, correction: Correction, applied: Applied) -> None:
    """Apply one correction; problems and ids are entered in `applied`."""
    version = correction.version or NO_VERSION
    new: Row = {}
    done: list[Change] = []
    for change in correction.changes:
        try:
            if change.kind == "add":
                new |= give_id(bench, correction, change, new, applied)
        except Unfit as error:
            applied.problems.append(fault_in(correction, FITS, str(error), "changes", change.number, error.key))
    if applied.problems:
        return
    for change in correction.changes:
        try:
            row_id = one(bench, correction, change, new, version, applied)
            applied.row_ids[correction.correction_id, change.number] = row_id
            done.append(change)
        except Unfit as error:
            applied.problems.append(fault_in(correction, FITS, str(error), "changes", change.number, error.key))
    for change in done:
        if change.kind == "withdraw" and (needed := still_needed(bench, change.table, change.text("row_id"))):
            message = f"other rows refer to this one: {needed}"
            applied.problems.append(fault_in(correction, FITS, message, "changes", change.number, "row_id"))


def give_id(bench: Workbench, correction: Correction, change: Change, new: Row, applied: Applied) -> Row:
    """Put the row of an `add` in place with its id; returns its name in the file with that id.

    Cells that name other new rows are filled in by `one`, when every row has its id. Raises Unfit.
    """
    resource = bench.resource(change.table)
    cells = {column: new.get(cell, cell) for column, cell in change.cells("row").items()}
    unknown = sorted(set(cells) - set(column_names(resource)))
    if unknown:
        raise Unfit("row", f"{change.table} has no column {one_line(shortened(unknown[0]))}")
    key = primary_key(resource)
    whole = {column: cell for column, cell in (bench.blank(change.table) | cells).items() if column not in key}
    row_id = bench.same(change.table, whole | {column: cells[column] for column in key if column in cells})
    if bench.id_form(change.table) is not None and set(key) & set(cells):
        raise Unfit("row", f"the program gives the row its id: leave {key[0]} out")
    if not row_id:
        own = {key[0]: bench.next_id(change.table)} if bench.id_form(change.table) else {}
        if missing := [column for column in key if not (own | cells).get(column)]:
            raise Unfit("row", f"the row's key is missing: {', '.join(missing)}")
        row_id = bench.put(change.table, bench.blank(change.table) | cells | own)
    applied.row_ids[correction.correction_id, change.number] = row_id
    return {f"new:{change.text('new')}": row_id}


def one(
    bench: Workbench, correction: Correction, change: Change, new: Row, version: str, applied: Applied
) -> str:  # fmt: skip
    """Make one change; returns the id of its row. Raises Unfit where it does not fit the tables."""
    row_id = new.get(change.text("row_id"), change.text("row_id"))
    bench.resource(change.table)
    if change.kind == "add":
        row_id = applied.row_ids[correction.correction_id, change.number]
        row = bench.tables[change.table].pop(row_id)
        row |= {column: new.get(cell, cell) for column, cell in row.items()}
        row_id = bench.put(change.table, row)
    elif change.kind in ("merge", "withdraw"):
        if not is_retired(bench, change.table, row_id, change.text("into")):
            check_row(bench, change, row_id)
            if change.kind == "merge":
                merge(bench, change.table, row_id, change.text("into"), version)
            else:
                withdraw(bench, change.table, row_id, version)
    else:
        set_cell(bench, change, row_id, new.get(change.text("value"), change.text("value")), new)
    if change.kind in ("add", "value"):
        cite(bench, change, row_id, new)
    return row_id


def is_retired(bench: Workbench, table: str, row_id: str, into: str) -> bool:
    """Whether a row was merged or withdrawn already as a change asks."""
    retired = bench.tables[LOG_OF_IDS].get(row_id)
    return retired is not None and (retired["table_name"], retired["successor_id"]) == (table, into)


def check_row(bench: Workbench, change: Change, row_id: str) -> None:
    """Raise Unfit where a row to be taken out does not hold what the change expects."""
    row = bench.row(change.table, row_id)
    for column, cell in change.cells("expect").items():
        if column not in row:
            raise Unfit("expect", f"{change.table} has no column {one_line(shortened(column))}")
        if row[column] != cell:
            raise Unfit("expect", f"{column} holds {quoted(row[column])} now")


def set_cell(bench: Workbench, change: Change, row_id: str, value: str, new: Row) -> None:
    """Change a cell, or put another value beside it. Raises Unfit where the cell is not as expected."""
    column = change.text("field")
    row = bench.row(change.table, row_id)
    resource = bench.resource(change.table)
    if column not in row:
        raise Unfit("field", f"{change.table} has no column {one_line(shortened(column))}")
    if change.kind == "other_value":
        if row[column] != change.text("expect"):
            raise Unfit("expect", f"{change.table} {row_id} holds {quoted(row[column])} now")
        set_beside(bench, change, row_id, value, new)
        return
    if column in primary_key(resource):
        raise Unfit("field", "this is the row's key: withdraw the row and add the right one")
    if row[column] not in (change.text("expect"), value):
        raise Unfit("expect", f"{change.table} {row_id} holds {quoted(row[column])} now")
    row[column] = value


def set_beside(bench: Workbench, change: Change, row_id: str, value: str, new: Row) -> None:
    """Put what another source says beside a cell, in other_values. Raises Unfit where the source is not known."""
    if bench.id_form(change.table) is None:
        raise Unfit("table", f"other values stand beside cells of rows with an id, and {change.table} has none")
    passage, source = change.text("passage_id"), change.text("source_id")
    if passage:
        source = source or source_of(bench, passage)
    says = {
        "table_name": change.table, "row_id": row_id, "field": change.text("field"), "value": value,
        "source_id": new.get(source, source), "passage_id": passage,
    }  # fmt: skip
    if not bench.same("other_values", says):
        more = {"status": change.text("status"), "note": change.text("note")}
        own = {"other_value_id": bench.next_id("other_values")}
        bench.put("other_values", bench.blank("other_values") | says | more | own)


def cite(bench: Workbench, change: Change, row_id: str, new: Row) -> None:
    """Add the citations that a change names and that are not there. Raises Unfit where the row cannot be cited."""
    wanted = [("passage_id", passage) for passage in change.many("passages")]
    wanted += [("source_id", new.get(source, source)) for source in change.many("sources")]
    if wanted and bench.id_form(change.table) is None:
        raise Unfit("passages", f"the rows of {change.table} have no ids, and no citations")
    for column, cited in wanted:
        says = {"table_name": change.table, "row_id": row_id, "passage_id": "", "source_id": ""} | {column: cited}
        if not bench.same("citations", says):
            own = {"citation_id": bench.next_id("citations")}
            bench.put("citations", bench.blank("citations") | says | own)


def quoted(cell: str) -> str:
    """A cell as a message quotes it."""
    return f"“{one_line(shortened(cell))}”" if cell else "nothing"


def source_of(bench: Workbench, passage: str) -> str:
    """The source of a passage. Raises Unfit where there is no such passage."""
    if passage not in bench.tables["passages"]:
        raise Unfit("passage_id", "there is no such passage")
    return bench.tables["passages"][passage]["source_id"]
