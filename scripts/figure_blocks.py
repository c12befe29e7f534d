"""The tables of figures in metadata/faq.md and metadata/datasheet.md, counted in the rows.

No number of them is written by hand. Each line is one number or word that an SQL query gives, over the database that
the build makes of the same rows; the queries put no official beside an act or a person, and name nobody.
"""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa

from scripts.build_sqlite import build
from scripts.dictionary import markdown_table
from scripts.marked import with_block

FAQ = Path("metadata") / "faq.md"
DATASHEET = Path("metadata") / "datasheet.md"
NAMED_DETENTION = "FROM acts WHERE act_type = 'detention' AND completion = 'completed' AND person_id IS NOT NULL"
FIGURE = "FROM stated_vs_counted WHERE total_id = 'F0027'"
COMPLAINANTS = "FROM persons WHERE is_complainant = 1"
Block = tuple[tuple[str, str, str], ...]  # what is counted, where it can be seen, the query

DETAINED: Block = (
    ("the report's own figure for March to October 2018", "`stated_vs_counted`, `F0027`",
     f"SELECT value_as_printed {FIGURE}"),
    ("named people whom our rows count beside that figure: detained at one of the events that it is about",
     "`stated_vs_counted`, `F0027`", f"SELECT counted_value {FIGURE}"),
    ("named people with a completed detention at an event that the passage names", "`persons_detained`",
     "SELECT count(*) FROM persons_detained"),
    ("named people with a completed detention, whatever the occasion", "`acts_by_type`",
     f"SELECT count(DISTINCT person_id) {NAMED_DETENTION}"),
    ("completed detentions of named people: one person may have several", "`acts`",
     f"SELECT count(*) {NAMED_DETENTION}"),
    ("people without a name whom the report counts, at least", "`acts`, `victims_min`",
     "SELECT sum(victims_min) FROM acts WHERE act_type = 'detention' AND completion = 'completed'"
     " AND victim_scope = 'unnamed_person'"),
    ("groups of unknown size (“all”, “many”), never turned into people", "`acts`, `unnamed_group`",
     "SELECT count(*) FROM acts WHERE act_type = 'detention' AND completion = 'completed'"
     " AND victim_scope = 'unnamed_group'"),
)  # fmt: skip


def empty_cells(table: str, column: str, why: str) -> tuple[str, str, str]:
    """A line of the block on empty cells."""
    return (f"`{table}.{column}`", why, f"SELECT count(*) || ' of ' || (SELECT count(*) FROM {table}) FROM {table}"
            f" WHERE {column} IS NULL")  # fmt: skip


EMPTY: Block = (
    empty_cells("persons", "age_as_printed", "only the list of complainants prints ages, and not everybody's"),
    empty_cells("acts", "person_id", "the passage tells of people without a name: `victim_scope` says which"),
    empty_cells("acts", "date_start", "no day is printed for the act itself; its event may have one"),
    empty_cells("acts", "event_id", "the passage names no event"),
    empty_cells("penalties", "court", "no court is printed with this penalty"),
    empty_cells("penalties", "amount_kzt", "mostly no question: an arrest has no amount"),
    empty_cells("officials", "given_name", "an initial or a surname alone is printed"),
)
PEOPLE: Block = (
    ("complainants in the report's list", "`persons.is_complainant`", f"SELECT count(*) {COMPLAINANTS}"),
    ("of them with a completed act coded against them", "`acts`",
     f"SELECT count(*) {COMPLAINANTS} AND person_id IN (SELECT person_id FROM acts WHERE completion = 'completed')"),
    ("of them with a penalty or restraint", "`penalties`",
     f"SELECT count(*) {COMPLAINANTS} AND person_id IN (SELECT person_id FROM penalties)"),
    ("of them with neither", "`persons`",
     f"SELECT count(*) {COMPLAINANTS} AND person_id NOT IN (SELECT person_id FROM penalties) AND person_id NOT IN"
     " (SELECT person_id FROM acts WHERE completion = 'completed' AND person_id IS NOT NULL)"),
    ("people named who are no complainants", "`persons`", "SELECT count(*) FROM persons WHERE is_complainant = 0"),
)  # fmt: skip
OFFICIALS: Block = (
    ("officials named", "`officials`", "SELECT count(*) FROM officials"),
    ("of them with a part that the report calls acting", "`official_roles`, `acted`",
     "SELECT count(DISTINCT official_id) FROM official_roles WHERE participation = 'acted'"),
    ("of them who only declined, are quoted or were present", "`official_roles`",
     "SELECT count(DISTINCT official_id) FROM official_roles WHERE official_id NOT IN (SELECT official_id FROM"
     " official_roles WHERE participation NOT IN ('declined', 'quoted_only', 'presence_only'))"),
    ("statements on who did an act", "`involvements`", "SELECT count(*) FROM involvements"),
    ("of these that name an official", "`involvements`, `named_official`",
     "SELECT count(*) FROM involvements WHERE actor_kind = 'named_official'"),
)  # fmt: skip
SUPPORT: Block = (
    ("citations of a passage", "`citations`", "SELECT count(*) FROM citations WHERE passage_id IS NOT NULL"),
    ("citations of a source as a whole, which no program verifies", "`citations`",
     "SELECT count(*) FROM citations WHERE passage_id IS NULL"),
    ("passages of the report", "`passages`", "SELECT count(*) FROM passages"),
    ("of them cited by a row, or giving a spelling", "`passage_ledger`, `coded`",
     "SELECT count(*) FROM passage_ledger WHERE status = 'coded'"),
    ("of them read, with nothing that the tables model", "`passage_ledger`, `context`",
     "SELECT count(*) FROM passage_ledger WHERE status = 'context'"),
    ("of them page furniture", "`passage_ledger`, `layout`",
     "SELECT count(*) FROM passage_ledger WHERE status = 'layout'"),
)  # fmt: skip


def rows_of(table: str, what: str, where: str = "") -> tuple[str, str, str]:
    """A line that counts a table's rows, or those that fit a condition."""
    return (what, f"`{table}`", f"SELECT count(*) FROM {table}{' WHERE ' * bool(where)}{where}")


COMPOSITION: Block = (
    rows_of("persons", "people named who do not act for a state"),
    rows_of("persons", "of them complainants", "is_complainant = 1"),
    rows_of("officials", "people named as acting for a state"),
    rows_of("events", "events"),
    rows_of("acts", "reported treatment of a named person", "victim_scope = 'person'"),
    rows_of("acts", "reported treatment of countable people without a name", "victim_scope = 'unnamed_person'"),
    rows_of("acts", "reported treatment of a group of unknown size", "victim_scope = 'unnamed_group'"),
    rows_of("penalties", "penalties and restraints"),
    rows_of("charges", "charges"),
    rows_of("cases", "cases"),
    rows_of("official_roles", "parts in which an official is named"),
    rows_of("responses", "answers of the other side, and retractions"),
    rows_of("reported_totals", "figures that the report states"),
    rows_of("anomalies", "inconsistencies of the report"),
    rows_of("citations", "citations"),
)
STATEMENTS: Block = (
    rows_of("acts", "acts that the report states in its own voice", "assertion = 'stated'"),
    rows_of("acts", "acts that somebody else is said to have told", "assertion = 'alleged'"),
    rows_of("acts", "acts that the report supposes", "assertion = 'suspected_by_source'"),
    rows_of("acts", "acts attempted or threatened, not completed", "completion <> 'completed'"),
)
BLOCKS: Mapping[Path, Mapping[str, Block]] = {
    FAQ: {"detained": DETAINED, "empty": EMPTY, "people": PEOPLE, "officials": OFFICIALS, "support": SUPPORT},
    DATASHEET: {"composition": COMPOSITION, "statements": STATEMENTS, "support": SUPPORT},
}


def with_figures(root: Path, tables: Mapping[str, pa.Table], descriptor: dict[str, Any]) -> dict[Path, str]:
    """Each document of BLOCKS that is in `root`, its tables counted anew in `tables` (every CSV table, typed).

    Raises ValueError where a document has no such marks or the rows make no database.
    """
    present = [path for path in BLOCKS if (root / path).is_file()]
    if not present:
        return {}
    texts = {path: (root / path).read_text(encoding="utf-8") for path in present}
    with closing(sqlite3.connect(":memory:")) as connection:
        build(connection, dict(tables), descriptor, search=False)
        for path in present:
            for name, block in BLOCKS[path].items():
                texts[path] = with_block(texts[path], path, name, block_text(connection, block))
    return texts


def block_text(connection: sqlite3.Connection, block: Block) -> str:
    """The Markdown table of a block."""
    rows = [[what, number(connection.execute(query).fetchone()), where] for what, where, query in block]
    return "\n".join(markdown_table(["What", "Number", "Why" if block is EMPTY else "Where"], rows))


def number(row: tuple[Any, ...] | None) -> str:
    """What a query gave: a number with thousands apart, words as they are, “none” where there is no row to ask."""
    value = None if row is None else row[0]
    return "none" if value is None else value if isinstance(value, str) else f"{value:,.15g}"
