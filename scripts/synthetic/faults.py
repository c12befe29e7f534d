"""Faults on purpose in a synthetic package: each in a row of its own, with the one check that must find it."""

from dataclasses import dataclass

from scripts.synthetic.sizes import INSTITUTIONS, PROVISIONS, Sizes

NEAR = 50_000  # rows beyond the first possible one among which they are looked for, for each fault wanted


@dataclass(frozen=True)
class Kind:
    """One kind of fault: cells of a table's rows that are written otherwise, or rows added to tables.

    `where` says which rows can have it, `cells` the SQL of a column's new value by the row's own columns; `rows` the
    SELECT of an added row i by table, with the columns of that table. `row_id` is the SQL of the id of the row that
    `rule` must name, in `column`: of the row's columns, or of i.
    """

    table: str
    column: str
    rule: str
    row_id: str
    where: str = ""
    cells: tuple[tuple[str, str], ...] = ()
    rows: tuple[tuple[str, str], ...] = ()


def kinds(sizes: Sizes) -> list[Kind]:
    """The kinds of faults that a package of this size can have."""
    spare = f"n >= {sizes.persons} AND n % 4 <> 0 AND n % 10 <> 0"  # acts that no other row is made from
    nobody = "9" * sizes.digits
    twin, away = f"P({sizes.persons + sizes.withheld} + i)", f"Z({sizes.citations} + {{offset}} + i)"
    named = "given_of(10 * i + 1) || ' ' || surname_of(10 * i + 1) || 's'"
    return [
        Kind("acts", "act_type", "unknown-code", "act_id", f"{spare} AND act_type = 'search'",
             (("act_type", "'no_such_type'"),)),
        Kind("acts", "completion", "unknown-code", "act_id", spare, (("completion", "'done'"),)),
        Kind("acts", "person_id", "foreign-key", "act_id", f"{spare} AND victim_scope = 'person'",
             (("person_id", f"'P{nobody}'"),)),
        Kind("acts", "hours_max", "hours-in-order", "act_id", spare, (("hours_min", "9.0"), ("hours_max", "8.0"))),
        Kind("acts", "hours_min", "minimum", "act_id", spare, (("hours_min", "-1.0"), ("hours_max", "NULL"))),
        Kind("acts", "date_as_printed", "act-date-words-filled", "act_id",
             f"{spare} AND date_precision = 'day' AND act_type <> 'detention'", (("date_as_printed", "NULL"),)),
        Kind("acts", "date_start", "act-within-event-dates", "act_id", f"{spare} AND date_precision = 'day'",
             (("date_start", "date_start - 400"), ("date_end", "date_end - 400"))),
        Kind("acts", "assertion", "alleged-act-has-a-teller", "act_id", spare, (("assertion", "'alleged'"),)),
        Kind("acts", "target_person_id", "person-is-not-also-target", "act_id", f"{spare} AND victim_scope = 'person'",
             (("target_person_id", "person_id"), ("relation_to_target", "'the same'"))),
        Kind("passages", "sha256", "pattern", "passage_id", "TRUE", (("sha256", "'unknown'"),)),
        Kind("persons", "place_id", "list-heading-only-for-complainants", "person_id",
             f"n % 10 <> 0 AND n < {sizes.persons}", (("place_id", "L(0)"),)),
        Kind("persons", "age_as_printed", "maximum", "person_id", f"n % 10 = 0 AND n < {sizes.persons}",
             (("age_as_printed", "150"),)),
        Kind("attestations", "distance", "required", "attestation_id", "TRUE", (("distance", "NULL"),)),
        Kind("events", "date_start", "title-names-the-day", "event_id", "n % 10 = 7 AND date_precision = 'day'",
             (("title", "'Rally ' || (n + 1) || ' of 30 February 2018 in ' || place_name(place_of(n))"),)),
        Kind("involvements", "name_basis", "unnamed-actor-has-no-basis", "involvement_id", "name_basis = 'none'",
             (("name_basis", "'named_in_passage'"),)),
        Kind("citations", "row_id", "citation-row-exists", away.format(offset=0), rows=(
            ("citations", f"{away.format(offset=0)} AS citation_id, 'acts' AS table_name,"
                          f" 'A' || ({nobody} - i) AS row_id, X(0) AS passage_id"),)),
        Kind("citations", "passage_id", "citation-given-once", away.format(offset=1000), rows=(
            ("citations", f"{away.format(offset=1000)} AS citation_id, 'persons' AS table_name, P(i) AS row_id,"
                          " X(event_of(i)) AS passage_id"),)),
        Kind("institutions", "", "every-row-is-cited", f"I({INSTITUTIONS} + i)", rows=(
            ("institutions", f"I({INSTITUTIONS} + i) AS institution_id, 'Uncited office ' || (i + 1) AS name,"
                             " 'police' AS institution_type"),)),
        Kind("persons", "name", "same-person-twice", twin, rows=(
            ("persons", f"{twin} AS person_id, {named} AS name, surname_of(10 * i + 1) || 's' AS surname,"
                        " given_of(10 * i + 1) AS given_name, 'other_named' AS relation, 'not_stated' AS person_type,"
                        " FALSE AS is_complainant, FALSE AS is_withheld, 'named_in_source' AS naming_basis"),
            ("person_names", f"{twin} AS person_id, {named} AS name_as_printed, X(0) AS passage_id,"
                             " 'same' AS match_basis"),
            ("citations", f"{away.format(offset=2000)} AS citation_id, 'persons' AS table_name, {twin} AS row_id,"
                          " X(0) AS passage_id"))),
        Kind("right_provisions", "right_id", "primary-key",
             f"(SELECT min(right_id) FROM rights) || '/' || B(i % {PROVISIONS})", rows=(
            ("right_provisions", "(SELECT min(right_id) FROM rights) AS right_id,"
                                 f" B(i % {PROVISIONS}) AS provision_id"),)),
    ]  # fmt: skip


def shares(faults: int, of: int) -> list[int]:
    """How many faults each of `of` kinds has, as even as can be."""
    return [faults // of + (number < faults % of) for number in range(of)]
