"""Faults of whole tables: rows dropped, doubled or renamed, citations moved, encodings, columns, and what does harm."""

from collections.abc import Iterator
from typing import Any

from scripts.canonical import render
from scripts.files import Rows
from scripts.mutations import Mutation, Target, row_name
from scripts.package import column_names, primary_key

DROPPED, MOVED = 3, 30
BYTE_FAULTS_A_TABLE = 4
WITHHELD = {
    "name": "withheld", "relation": "affected", "person_type": "not_stated", "is_complainant": "false",
    "is_withheld": "true", "naming_basis": "withheld",
}  # fmt: skip
PRIVATE = (  # invented
    ("acts", "description", "Lives at home, telephone 8 701 555 01 23."),
    ("persons", "description", "Personal number 800101300123."),
    ("events", "description", "Write to somebody@example.org."),
    ("acts", "description", "Passport No. N01234567."),
    ("acts", "description", "The telephone has the IMEI 352099001761481."),
    ("responses", "description", "Call +7 (701) 555-01-23."),
    ("penalties", "description", "ID card 012345678."),
)
QUERIES = (  # counting rules that bring officials and people together, or make a share
    "SELECT count(*) FROM acts JOIN official_roles USING (event_id)",
    "SELECT count(*) FROM penalties JOIN official_roles USING (case_id)",
    "SELECT count(*) * 100 / 129 FROM persons",
)


def broken_rows(target: Target, resource: dict[str, Any]) -> Iterator[Mutation]:
    """Rows dropped, doubled, doubled under a new id, given a new id; two rows' ids exchanged."""
    rows = target.tables[resource["name"]]
    chosen = target.chance(resource["name"], "rows").sample(rows, min(DROPPED, len(rows)))
    for row in chosen:
        rest = [other for other in rows if other is not row]
        yield target.with_rows(resource, ("rows", "dropped"), "", f"{row_name(resource, row)} dropped", rest)
    row, named = chosen[0], row_name(resource, chosen[0])
    yield target.with_rows(resource, ("keys", "doubled"), "", f"{named} stands twice", [*rows, row])
    if not (len(primary_key(resource)) == 1 and row[0][1:].isdigit()):
        return
    free = row[0][0] + str(int(max(r[0] for r in rows)[1:]) + 1).zfill(len(row[0]) - 1)
    again = [*rows, [free, *row[1:]]]
    yield target.with_rows(resource, ("rows", "doubled under a new id"), "", f"{named} again as {free}", again)
    renamed = [[free, *r[1:]] if r is row else r for r in rows]
    yield target.with_rows(resource, ("rows", "given a new id"), "", f"{named} is now {free}", renamed)
    if len(chosen) > 1:
        ids = {row[0]: chosen[1][0], chosen[1][0]: row[0]}
        exchanged = [[ids.get(r[0], r[0]), *r[1:]] for r in rows]
        words = f"{named} and {chosen[1][0]}: ids exchanged"
        yield target.with_rows(resource, ("rows", "ids exchanged"), "", words, exchanged)


def moved_citations(target: Target) -> Iterator[Mutation]:
    """A row's citation moved to the next passage, or to any other."""
    resource = target.package.resource("citations")
    at = target.column("citations", "passage_id")
    passages = [row[0] for row in target.tables["passages"]]
    chance = target.chance("citations", "moved")
    cited = [row for row in target.tables["citations"] if row[at]]
    for number, row in enumerate(chance.sample(cited, min(2 * MOVED, len(cited)))):
        near = passages[(passages.index(row[at]) + 1) % len(passages)]
        fault, new = ("to the next", near) if number % 2 else ("to any", chance.choice(passages))
        if new != row[at]:
            yield target.with_cell(resource, ("citations", f"moved {fault}"), row, "passage_id", new)


def broken_bytes(target: Target, resource: dict[str, Any]) -> Iterator[Mutation]:
    """A table's bytes in other encodings, damaged or gone."""
    path = str(resource["path"])
    good = render(resource, target.tables[resource["name"]]).encode()
    faults = {
        "a byte order mark": b"\xef\xbb\xbf" + good,
        "lines end in CRLF": good.replace(b"\n", b"\r\n"),
        "UTF-16": good.decode().encode("utf-16"),
        "Windows-1251": good + "да\n".encode("cp1251"),
        "a NUL": good[:-2] + b"\0" + good[-2:],
        "semicolons": good.replace(b",", b";"),
        "cut short": good[: len(good) * 2 // 3].rstrip(b"\n") + b',"',
        "gone": None,
        "empty": b"",
    }
    for operator in target.chance(path).sample(sorted(faults), BYTE_FAULTS_A_TABLE):
        yield Mutation("encodings", operator, resource["name"], f"{path}: {operator}", path, faults[operator])


def broken_columns(target: Target, resource: dict[str, Any]) -> Iterator[Mutation]:
    """Each column renamed and dropped; columns in another order; one more."""
    name, path, rows = resource["name"], str(resource["path"]), target.tables[resource["name"]]
    columns = column_names(resource)
    for at, column in enumerate(columns):
        renamed = [*columns[:at], f"{column}s", *columns[at + 1 :]]
        content = csv(renamed, rows)
        yield Mutation("structure", "a column renamed", f"{name}.{column}", f"{path}: {column}", path, content)
    at = target.chance(name, "columns").randrange(len(columns))
    without = [[cell for i, cell in enumerate(row) if i != at] for row in rows]
    rest = [column for column in columns if column != columns[at]]
    yield Mutation("structure", "a column dropped", name, f"{path}: {columns[at]}", path, csv(rest, without))
    backward = csv(columns[::-1], [row[::-1] for row in rows])
    yield Mutation("structure", "columns reordered", name, f"{path}: backward", path, backward)
    more = csv([*columns, "colour"], [[*row, ""] for row in rows])
    yield Mutation("structure", "a column added", name, f"{path}: colour", path, more)


def csv(header: list[str], rows: Rows) -> bytes:
    """A table that holds no quotation marks of its own, under another header."""
    cells = [header, *rows]
    quoted = [[f'"{c.replace(chr(34), chr(34) * 2)}"' if set(c) & set(',"\n') else c for c in row] for row in cells]
    return "".join(",".join(row) + "\n" for row in quoted).encode()


def harm(target: Target) -> Iterator[Mutation]:
    """What principle 9 of the data model excludes, as far as a form shows it."""
    yield from undone_withholding(target)
    persons = target.package.resource("persons")
    chance = target.chance("harm")
    for age in ("5", "12", "15", "17"):
        row = chance.choice(target.tables["persons"])
        yield target.with_cell(persons, ("do no harm", "a child's age"), row, "age_as_printed", age)
    for table, column, words in PRIVATE:
        if not target.tables[table]:
            continue
        row = chance.choice(target.tables[table])
        yield target.with_cell(
            target.package.resource(table), ("do no harm", "private data"), row, column, words
        )
    totals = target.package.resource("reported_totals")
    for query in QUERIES:
        row = chance.choice(target.tables["reported_totals"])
        yield target.with_cell(totals, ("do no harm", "a query that accuses"), row, "counting_rule", query)
    view = "SELECT acts.act_id, official_roles.official_id FROM acts JOIN official_roles USING (event_id)\n"
    path = "scripts/views/acts_and_officials.sql"
    text = f"-- Acts beside officials.\n{view}".encode()
    yield Mutation("do no harm", "a view that accuses", "views", "acts joined to officials by event", path, text)


def undone_withholding(target: Target) -> Iterator[Mutation]:
    """A person withheld with one detail left, or with rows left in other tables."""
    persons = target.package.resource("persons")
    columns, rows = column_names(persons), target.tables["persons"]
    chance = target.chance("withheld")
    for column in ("age_as_printed", "patronymic", "description", "surname", ""):
        possible = [row for row in rows if not column or row[columns.index(column)]]
        if not possible:
            continue
        row = chance.choice(possible)
        kept = {"person_id", column}
        cells = [WITHHELD.get(c, cell if c in kept else "") for c, cell in zip(columns, row, strict=True)]
        words = f"{row[0]} withheld, but {column or 'rows of other tables'} left"
        changed = [cells if r is row else r for r in rows]
        yield target.with_rows(persons, ("do no harm", "withheld by half"), column, words, changed)
