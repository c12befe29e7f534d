"""Views and counting rules may not join officials to people outside involvements, nor make a share of anything."""

from pathlib import Path

import pytest

from scripts.package import ROOT
from scripts.queries import check_queries, faults

JOIN, SHARE = "officials-meet-people-in-involvements", "no-share-without-denominator"
COUNT = "makes a share of what has no closed whole: count instead"
DIVISION = f"a division or mean {COUNT}"
ROLES = {"roles": "SELECT * FROM official_roles"}


@pytest.mark.parametrize(
    ("sql", "met"),
    [
        ("SELECT * FROM acts JOIN official_roles USING (event_id)", "official_roles and acts"),
        (
            "SELECT * FROM case_persons k JOIN official_roles r ON r.case_id = k.case_id",
            "official_roles and case_persons",
        ),
        ("SELECT * FROM penalties, officials", "officials and penalties"),
        ("SELECT * FROM roles JOIN persons ON true", "official_roles and persons"),
        ("WITH o AS (SELECT * FROM official_roles) SELECT * FROM o, charges", "official_roles and charges"),
        ("SELECT (SELECT count(*) FROM officials) FROM persons", "officials and persons"),
        (
            "SELECT * FROM official_names o JOIN person_names p ON p.passage_id = o.passage_id",
            "official_names and person_names",
        ),
        (
            "SELECT * FROM acts a JOIN involvements i ON i.act_id = a.act_id JOIN responses r ON r.row_id = a.act_id"
            " JOIN officials o ON o.official_id = r.official_id",
            "officials and acts",
        ),
    ],
)
def test_officials_and_people_are_kept_apart(sql: str, met: str) -> None:
    assert list(faults(sql, sql, ROLES)) == [(JOIN, f"{met} meet outside involvements: keep them in two queries")]


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("SELECT count(*) / 129 FROM persons", DIVISION),
        ("SELECT count(*) / 24 FROM persons", DIVISION),
        ("SELECT 100.0 * count(*) FROM acts", DIVISION),
        ("SELECT avg(amount_kzt) FROM penalties", DIVISION),
        ("SELECT count(*) AS conviction_rate FROM charges", f"the word “rate” {COUNT}"),
        ("SELECT count(*) || '%' FROM acts", f"the word “%” {COUNT}"),
    ],
)  # fmt: skip
def test_no_share_is_made(sql: str, message: str) -> None:
    assert list(faults(sql, sql, {})) == [(SHARE, message)]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM acts a JOIN involvements i ON i.act_id = a.act_id"
        " JOIN officials o ON o.official_id = i.official_id",
        "SELECT count(DISTINCT person_id) FROM acts WHERE description LIKE '%share%'",
        "SELECT role, count(*) FROM official_roles GROUP BY role",
        "SELECT duration_value / 24, duration_value * 12 FROM penalties",
        "SELECT (SELECT count(*) FROM person_names n WHERE n.passage_id = p.passage_id),"
        " (SELECT count(*) FROM official_names n WHERE n.passage_id = p.passage_id) FROM passages p",
        "SELEC",
    ],
)
def test_what_is_allowed(sql: str) -> None:
    assert list(faults(sql, sql, {})) == []


def test_views_of_the_site_keep_to_it() -> None:
    assert check_queries(ROOT / "scripts", {}) == []


def test_view_that_does_not(tmp_path: Path) -> None:
    (tmp_path / "views").mkdir()
    view = "-- One row is a case and its rate.\nSELECT 1 FROM charges JOIN official_roles USING (case_id)\n"
    (tmp_path / "views" / "rates.sql").write_text(view, encoding="utf-8")
    met = "official_roles and charges meet outside involvements: keep them in two queries"
    assert [str(problem) for problem in check_queries(tmp_path, {})] == [
        f"scripts/views/rates.sql:0:  {JOIN}  {met}",
        f"scripts/views/rates.sql:0:  {SHARE}  the word “rate” {COUNT}",
    ]
