"""The tables of a synthetic package as DuckDB's SQL, each from its row number alone.

All about one event stands in one passage, so that every row shares its passage with the row it belongs to. How rows
fall to events, persons and places is skewed: few have many. Chance is DuckDB's hash of seed, table and row number, so
one seed and one version of DuckDB give the same package.
"""

from scripts.synthetic import names
from scripts.synthetic.sizes import COUNTRIES, INSTITUTIONS, PASSAGES_A_SOURCE, PLACES, PROVISIONS, Sizes

LETTERS = {
    "persons": "P", "events": "E", "acts": "A", "attestations": "T", "involvements": "V", "responses": "R",
    "cases": "K", "charges": "C", "penalties": "N", "officials": "O", "official_roles": "Q", "institutions": "I",
    "places": "L", "provisions": "B", "sources": "S", "passages": "X", "citations": "Z", "anomalies": "D",
}  # fmt: skip
FIRST_DAY, DAYS = "2014-01-01", 3287  # events fall into nine years
PUBLISHED = "2024-01-01"
DATES = "date_start, date_end, date_precision, date_as_printed"


def macros(sizes: Sizes, seed: int) -> str:
    """The functions that the tables share."""
    ids = "\n".join(
        f"CREATE MACRO {letter}(n) AS '{letter}' || lpad(CAST(n + 1 AS VARCHAR), {sizes.digits}, '0');"
        for letter in LETTERS.values()
    )
    return f"""{names.MACROS}
{ids}
CREATE MACRO chance(what, n) AS (hash({seed}, what, n) // 2048) / 9007199254740992.0;
CREATE MACRO event_of(a) AS
    CAST(least({sizes.events} - 1, floor({sizes.events} * pow(chance('event', a), 2))) AS BIGINT);
CREATE MACRO person_of(a) AS CASE WHEN a < {sizes.persons} THEN a
    ELSE CAST(least({sizes.persons} - 1, floor({sizes.persons} * pow(chance('person', a), 2))) AS BIGINT) END;
CREATE MACRO scope_of(a) AS CASE WHEN a < {sizes.persons} OR a % 10 = 0 OR chance('scope', a) < 0.95 THEN 'person'
    WHEN chance('scope', a) < 0.98 THEN 'unnamed_person' ELSE 'unnamed_group' END;
CREATE MACRO place_of(e) AS CAST(least({PLACES} - 1, floor({PLACES} * pow(chance('place', e), 3))) AS BIGINT);
CREATE MACRO country_of(l) AS [{", ".join(f"'{c}'" for c in COUNTRIES)}][1 + CAST(l % {len(COUNTRIES)} AS INTEGER)];
CREATE MACRO place_name(l) AS surname_of(l * 37 + 11);
CREATE MACRO parent_of(e) AS CASE WHEN e % 10 IN (2, 3, 4) THEN e - e % 10 + 1 END;
CREATE MACRO precision_of(e) AS CASE WHEN e % 10 = 5 OR chance('precision', e - e % 10) < 0.8 THEN 'day'
    WHEN chance('precision', e - e % 10) < 0.9 THEN 'month' WHEN chance('precision', e - e % 10) < 0.95 THEN 'unknown'
    ELSE 'range' END;
CREATE MACRO day_of(e) AS DATE '{FIRST_DAY}' + CAST(floor({DAYS} * chance('day', e - e % 10)) AS INTEGER);
CREATE MACRO start_of(e) AS CASE precision_of(e) WHEN 'month' THEN CAST(date_trunc('month', day_of(e)) AS DATE)
    WHEN 'unknown' THEN NULL ELSE day_of(e) END;
CREATE MACRO end_of(e) AS CASE precision_of(e) WHEN 'month' THEN last_day(day_of(e)) WHEN 'unknown' THEN NULL
    WHEN 'range' THEN day_of(e) + 2 ELSE day_of(e) END;
CREATE MACRO printed_of(e) AS CASE precision_of(e) WHEN 'month' THEN strftime(day_of(e), '%B %Y')
    WHEN 'unknown' THEN NULL WHEN 'range' THEN 'from ' || strftime(day_of(e), '%-d %B %Y')
    ELSE strftime(day_of(e), '%-d %B %Y') END;
CREATE MACRO type_of(a) AS CASE WHEN precision_of(event_of(a)) <> 'unknown' AND chance('type', a) < 0.6 THEN 'detention'
    WHEN chance('type', a) < 0.8 THEN 'interrogation' WHEN chance('type', a) < 0.9 THEN 'search' ELSE 'threat' END;
"""


def dates(event: str) -> str:
    """The four columns of a date, as an event has them."""
    return (
        f"start_of({event}) AS date_start, end_of({event}) AS date_end, precision_of({event}) AS date_precision,"
        f" printed_of({event}) AS date_as_printed"
    )


def tables(sizes: Sizes) -> dict[str, str]:
    """A SELECT of each table that is made, with columns by name and `n`, the row's number; others have no rows."""
    every = {"persons": sizes.persons, "events": sizes.events, "acts": sizes.acts}
    of_case = "10 * n + 5"
    return {
        "places": f"""SELECT L(n) AS place_id, place_name(n) AS name, 'settlement' AS place_type,
            'settlement' AS geo_precision, country_of(n) AS country_code, 10 + n * 0.25 AS latitude,
            20 + n * 0.5 AS longitude, 1000 + n AS geonames_id, n FROM range({PLACES}) AS r(n)""",
        "institutions": f"""SELECT I(n) AS institution_id, 'Office of ' || place_name(n) AS name,
            'police' AS institution_type, L(n) AS place_id, n FROM range({INSTITUTIONS}) AS r(n)""",
        "provisions": f"""SELECT B(n) AS provision_id, 'Code of ' || country_of(n) AS instrument,
            CAST(100 + n AS VARCHAR) AS article, CAST(1 + n % 3 AS VARCHAR) AS part, 'Offence ' || (100 + n) AS title,
            country_of(n) AS jurisdiction, n FROM range({PROVISIONS}) AS r(n)""",
        "right_provisions": f"""SELECT right_id, B(n) AS provision_id, n
            FROM (SELECT min(right_id) AS right_id FROM rights) AS first CROSS JOIN range({PROVISIONS}) AS r(n)""",
        "sources": f"""SELECT S(n) AS source_id, 'report' AS source_type, 'Invented report ' || (n + 1) AS title,
            DATE '{PUBLISHED}' AS date_published, 'en' AS language, sha256('source ' || n) AS sha256, n
            FROM range({sizes.sources}) AS r(n)""",
        "passages": f"""SELECT X(n) AS passage_id, S(n // {PASSAGES_A_SOURCE}) AS source_id,
            CAST(1 + n % {PASSAGES_A_SOURCE} // 500 AS VARCHAR) AS section,
            1 + n % {PASSAGES_A_SOURCE} // 5 AS page, 1 + n % {PASSAGES_A_SOURCE} // 5 AS page_latest,
            'paragraph' AS passage_kind, 1 + 10 * (n % {PASSAGES_A_SOURCE}) AS first_line,
            9 + 10 * (n % {PASSAGES_A_SOURCE}) AS last_line, sha256('passage ' || n) AS sha256, n
            FROM range({sizes.events}) AS r(n)""",
        "fingerprints": f"SELECT X(n) AS passage_id, '' AS grams, '' AS binds, n FROM range({sizes.events}) AS r(n)",
        "persons": f"""SELECT P(n) AS person_id, given_of(n) || ' ' || surname_of(n) AS name, surname_of(n) AS surname,
            given_of(n) AS given_name, CASE WHEN n % 10 = 0 THEN 18 + CAST(floor(60 * chance('age', n)) AS BIGINT) END
            AS age_as_printed, CASE WHEN n % 10 = 0 THEN L(n % {PLACES}) END AS place_id, 'affected' AS relation,
            'not_stated' AS person_type, n % 10 = 0 AS is_complainant, FALSE AS is_withheld,
            CASE WHEN n % 10 = 0 THEN 'complainant_in_source' ELSE 'named_in_source' END AS naming_basis, n
            FROM range({every["persons"]}) AS r(n)
            UNION ALL SELECT P({sizes.persons} + n), 'withheld', NULL, NULL, NULL, NULL, 'other_named', 'not_stated',
            FALSE, TRUE, 'withheld', {sizes.persons} + n FROM range({sizes.withheld}) AS r(n)""",
        "person_names": f"""SELECT P(n) AS person_id, given_of(n) || ' ' || surname_of(n) AS name_as_printed,
            X(event_of(n)) AS passage_id, 'same' AS match_basis, n FROM range({every["persons"]}) AS r(n)""",
        "events": f"""SELECT E(n) AS event_id, CASE WHEN n % 10 = 5 THEN 'sentencing' ELSE 'rally' END AS event_type,
            CASE WHEN n % 10 = 5 THEN 'Sentencing ' ELSE 'Rally ' END || (n + 1)
            || coalesce(' of ' || printed_of(n), '')
            || ' in ' || place_name(place_of(n)) AS title, {dates("n")}, L(place_of(n)) AS place_id,
            E(parent_of(n)) AS parent_event_id, CASE WHEN n % 10 = 5 THEN K(n // 10) END AS case_id, n
            FROM range({every["events"]}) AS r(n)""",
        "acts": f"""SELECT A(n) AS act_id, E(event_of(n)) AS event_id, 'stated' AS event_basis,
            CASE WHEN scope_of(n) = 'person' THEN P(person_of(n)) END AS person_id, scope_of(n) AS victim_scope,
            CASE WHEN scope_of(n) = 'unnamed_person' THEN 1 END AS victims_min,
            CASE WHEN scope_of(n) = 'unnamed_person' THEN 1 + CAST(floor(3 * chance('most', n)) AS BIGINT) END
            AS victims_max, CASE WHEN scope_of(n) <> 'person' THEN 'somebody in the crowd' END AS victim_description,
            type_of(n) AS act_type,
            CASE WHEN type_of(n) = 'threat' THEN 'threatened' ELSE 'completed' END AS completion,
            CASE WHEN n % 4 = 0 THEN 'alleged' ELSE 'stated' END AS assertion, {dates("event_of(n)")},
            CASE WHEN type_of(n) = 'detention' AND n % 3 = 0 THEN 1 + n % 7 * 0.5 END AS hours_min,
            CASE WHEN type_of(n) = 'detention' AND n % 3 = 0 THEN 2 + n % 7 * 0.5 END AS hours_max,
            CASE WHEN type_of(n) = 'detention' AND n % 7 = 0 THEN TIME '23:30:00' END AS held_until,
            CASE WHEN type_of(n) = 'detention' AND n % 7 = 0 THEN 'released' END AS held_until_kind,
            CASE WHEN type_of(n) = 'detention' AND n % 7 = 0 THEN FALSE END AS is_next_day,
            'Invented act ' || (n + 1) || '.' AS description, n FROM range({every["acts"]}) AS r(n)""",
        "attestations": f"""SELECT T(n) AS attestation_id, A(4 * n) AS act_id,
            CASE WHEN scope_of(4 * n) = 'person' THEN 'victim' ELSE 'witness' END AS attestor_kind,
            CASE WHEN scope_of(4 * n) = 'person' THEN P(person_of(4 * n)) END AS person_id, 'first_hand' AS distance, n
            FROM range({sizes.attestations}) AS r(n)""",
        "involvements": f"""SELECT V(n) AS involvement_id, A(2 * n) AS act_id,
            CASE WHEN event_of(2 * n) % 10 = 0 THEN 'named_official' ELSE 'unnamed_state_agent' END AS actor_kind,
            CASE WHEN event_of(2 * n) % 10 = 0 THEN O(event_of(2 * n) // 10) END AS official_id,
            CASE WHEN event_of(2 * n) % 10 = 0 THEN 'officer ' || surname_of({sizes.persons} + event_of(2 * n) // 10)
            ELSE 'police officers' END AS actor_as_reported,
            CASE WHEN event_of(2 * n) % 10 = 0 THEN 'named_in_passage' ELSE 'none' END AS name_basis, n
            FROM range({sizes.involvements}) AS r(n)""",
        "responses": f"""SELECT R(n) AS response_id, 'acts' AS table_name, A(100 * n) AS row_id,
            'authority' AS responder_kind, I(n % {INSTITUTIONS}) AS institution_id, 'denies' AS response,
            FALSE AS source_alleges_pressure, S(event_of(100 * n) // {PASSAGES_A_SOURCE}) AS source_id, n
            FROM range({sizes.responses}) AS r(n)""",
        "officials": f"""SELECT O(n) AS official_id, given_of({sizes.persons} + n) || ' '
            || surname_of({sizes.persons} + n) AS name_as_reported,
            given_of({sizes.persons} + n) AS given_name, surname_of({sizes.persons} + n) AS surname,
            FALSE AS name_is_partial, I(n % {INSTITUTIONS}) AS institution_id, country_of(place_of(10 * n))
            AS country_code, n FROM range({sizes.officials}) AS r(n)""",
        "official_names": f"""SELECT O(n) AS official_id, given_of({sizes.persons} + n) || ' '
            || surname_of({sizes.persons} + n) AS name_as_printed, X(10 * n) AS passage_id, 'same' AS match_basis, n
            FROM range({sizes.officials}) AS r(n)""",
        "official_roles": f"""SELECT Q(n) AS official_role_id, O(n) AS official_id, E(10 * n) AS event_id,
            L(place_of(10 * n)) AS place_id, 'officer' AS role, 'acted' AS participation, 'named_in_narrative' AS basis,
            n FROM range({sizes.officials}) AS r(n)""",
        "cases": f"""SELECT K(n) AS case_id, 'Case ' || (n + 1) || ' of ' || surname_of(n) AS title,
            'criminal' AS case_type, L(place_of({of_case})) AS place_id, 'Court of ' || place_name(place_of({of_case}))
            AS court, 'sentenced' AS status_as_last_reported, 'stated' AS relation_to_ban, n
            FROM range({sizes.cases}) AS r(n)""",
        "case_persons": f"""SELECT K(n) AS case_id, P(n) AS person_id, 'convicted' AS procedural_status, n
            FROM range({sizes.cases}) AS r(n)""",
        "charges": f"""SELECT C(n) AS charge_id, K(n) AS case_id, P(n) AS person_id,
            B(n % {PROVISIONS}) AS provision_id,
            'Offence ' || (100 + n % {PROVISIONS}) AS label, 'convicted' AS status, 3.0 AS years_sought,
            5.0 AS max_years_stated, n FROM range({sizes.cases}) AS r(n)""",
        "penalties": f"""SELECT N(n) AS penalty_id, P(n) AS person_id, CAST(NULL AS VARCHAR) AS event_id,
            CAST(NULL AS VARCHAR) AS event_basis, E({of_case}) AS decision_event_id, K(n) AS case_id,
            'imprisonment' AS penalty_type, 2.0 AS duration_value, 'years' AS duration_unit, 'custody' AS duration_kind,
            CAST(NULL AS DOUBLE) AS amount_kzt, {dates(of_case)},
            'Court of ' || place_name(place_of({of_case})) AS court,
            B(n % {PROVISIONS}) AS provision_id, 'imposed' AS status, 'stated' AS relation_to_ban,
            'Invented sentence ' || (n + 1) || '.' AS description, n FROM range({sizes.cases}) AS r(n)
            UNION ALL SELECT N({sizes.cases} + n), P(person_of(10 * n)), E(event_of(10 * n)), 'stated', NULL, NULL,
            'administrative_fine', NULL, NULL, NULL, 1000.0 * (1 + n % 50), start_of(event_of(10 * n)),
            end_of(event_of(10 * n)), precision_of(event_of(10 * n)), printed_of(event_of(10 * n)), NULL, NULL,
            'imposed',
            'not_said', 'Invented fine ' || (n + 1) || '.', {sizes.cases} + n FROM range({sizes.fines}) AS r(n)""",
        "anomalies": f"""SELECT D(n) AS anomaly_id, 'date' AS kind, 'acts' AS table_name, A(1000 * n) AS row_id,
            'Invented inconsistency ' || (n + 1) || '.' AS description, 'left as printed' AS resolution, n
            FROM range({sizes.anomalies}) AS r(n)""",
        "citations": citations(sizes),
    }


def citations(sizes: Sizes) -> str:
    """A SELECT of one citation for each row that needs one."""
    parts = (  # table, letter, rows, passage of row n
        ("persons", "P", sizes.persons, "event_of(n)"),
        ("events", "E", sizes.events, "n"),
        ("acts", "A", sizes.acts, "event_of(n)"),
        ("attestations", "T", sizes.attestations, "event_of(4 * n)"),
        ("involvements", "V", sizes.involvements, "event_of(2 * n)"),
        ("responses", "R", sizes.responses, "event_of(100 * n)"),
        ("officials", "O", sizes.officials, "10 * n"),
        ("official_roles", "Q", sizes.officials, "10 * n"),
        ("cases", "K", sizes.cases, "10 * n + 5"),
        ("charges", "C", sizes.cases, "10 * n + 5"),
        ("penalties", "N", sizes.cases, "10 * n + 5"),
        ("institutions", "I", INSTITUTIONS, "0"),
        ("anomalies", "D", sizes.anomalies, "event_of(1000 * n)"),
    )
    selects, before = [], 0
    for table, letter, rows, passage in parts:
        selects.append(cited(before, table, f"{letter}(n)", passage, rows))
        before += rows
    selects.append(cited(before, "penalties", f"N({sizes.cases} + n)", "event_of(10 * n)", sizes.fines))
    return "\nUNION ALL ".join(selects)


def cited(before: int, table: str, row: str, passage: str, rows: int) -> str:
    """A SELECT of the citations of one table's rows, after `before` others."""
    return (
        f"SELECT Z({before} + n) AS citation_id, '{table}' AS table_name, {row} AS row_id, X({passage}) AS passage_id,"
        f" {before} + n AS n FROM range({rows}) AS r(n)"
    )
