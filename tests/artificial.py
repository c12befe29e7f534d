"""A small artificial package: the real descriptor over invented rows, for tests of what is built from them."""

import csv
import json
import shutil
import sys
from pathlib import Path
from typing import Any

from scripts import build_parquet, build_sqlite
from scripts.package import ROOT, column_names, load_package

Row = dict[str, Any]
CODE = {"label_ru": "Код", "label_kk": "Код", "label_status": "draft", "counting_rule": "One row."}
DAY = {"date_start": "2018-05-10", "date_end": "2018-05-10", "date_precision": "day", "date_as_printed": "10 May"}
PERSON = {"person_type": "not_stated", "relation": "affected", "is_complainant": "true", "is_withheld": "false"}
ACT = {"victim_scope": "person", "act_type": "detention", "completion": "completed", "assertion": "stated"}
PENALTY = {"date_precision": "unknown", "status": "imposed", "relation_to_ban": "not_said"}
SHA256 = "0" * 64
UNSET = dict.fromkeys(("publisher", "contact", "repository", "answered_by"), "") | {"answered_within_days": None}


def code(name: str, label: str) -> Row:
    """A row of a code list."""
    return CODE | {"code": name, "label_en": label, "definition": f"{label}, and nothing else."}


def passage(number: int, section: str, page: int, page_latest: int, kind: str = "paragraph") -> Row:
    """A passage of one line."""
    return {
        "passage_id": f"X{number:04}",
        "source_id": "S0001",
        "section": section,
        "page": page,
        "page_latest": page_latest,
        "passage_kind": kind,
        "first_line": number,
        "last_line": number,
        "sha256": SHA256,
    }


def citation(number: int, table: str, row_id: str, passage_id: str, source_id: str = "") -> Row:
    """A citation of a whole row."""
    keys = {"citation_id": f"Z{number:05}", "table_name": table, "row_id": row_id}
    return keys | {"passage_id": passage_id, "source_id": source_id}


ROWS: dict[str, list[Row]] = {
    "act_types": [code("detention", "Detention"), code("search", "Search")],
    "event_types": [code("rally", "Rally"), code("mass_detention", "Mass detention"), code("sentencing", "Sentencing")],
    "penalty_types": [code("fine", "Fine"), code("imprisonment", "Imprisonment"), code("ban", "Ban on meetings")],
    "person_types": [code("not_stated", "Not stated")],
    "institution_types": [code("court", "Court")],
    "places": [
        {"place_id": "L0001", "name": "Oldtown", "name_2026": "Ескі Ёл", "place_type": "settlement"}
        | {"geo_precision": "settlement", "country_code": "ZZ", "latitude": 1.5, "longitude": 2, "geonames_id": 7},
    ],
    "institutions": [
        {"institution_id": "I0001", "name": "Oldtown Court", "institution_type": "court", "place_id": "L0001"},
    ],
    "persons": [
        PERSON | {"person_id": "P0001", "name": "Alfa Example", "naming_basis": "complainant_in_source"},
        PERSON | {"person_id": "P0002", "name": "Béta O'Sample", "naming_basis": "complainant_in_source"},
        PERSON
        | {"person_id": "P0003", "name": "withheld", "relation": "other_named", "naming_basis": "withheld"}
        | {"is_complainant": "false", "is_withheld": "true"},
        PERSON
        | {
            "person_id": "P0004",
            "name": "Gamma Lawyer",
            "relation": "acting_for_them",
            "naming_basis": "named_in_source",
        }
        | {"is_complainant": "false"},
    ],
    "person_names": [
        {"person_id": "P0001", "name_as_printed": "Alpha Exemple", "passage_id": "X0002", "match_basis": "misprint"},
        {"person_id": "P0001", "name_as_printed": "Alfa Example", "passage_id": "X0002", "match_basis": "same"},
    ],
    "officials": [
        {"official_id": "O0001", "name_as_reported": "J. Placeholder", "surname": "Placeholder"}
        | {"name_is_partial": "true", "country_code": "ZZ", "institution_id": "I0001", "office": "judge"},
        {"official_id": "O0002", "name_as_reported": "Kappa Standin", "surname": "Standin", "given_name": "Kappa"}
        | {"name_is_partial": "false", "country_code": "ZZ"},
    ],
    "official_names": [
        {"official_id": "O0002", "name_as_printed": "Кёппа", "passage_id": "X0003", "match_basis": "transliteration"},
    ],
    "official_roles": [
        {"official_role_id": "Q0001", "official_id": "O0001", "case_id": "K0001", "role": "judge"}
        | {"participation": "acted", "basis": "case_file_listing"},
        {"official_role_id": "Q0002", "official_id": "O0002", "case_id": "K0001", "role": "judge"}
        | {"participation": "declined", "basis": "named_in_narrative"},
        {"official_role_id": "Q0003", "official_id": "O0002", "case_id": "K0001", "role": "investigator"}
        | {"participation": "acted", "basis": "case_file_listing"},
    ],
    "cases": [
        {"case_id": "K0001", "title": "Case of Alfa", "case_type": "criminal", "relation_to_ban": "stated"}
        | {"status_as_last_reported": "sentenced", "place_id": "L0001"},
    ],
    "case_persons": [
        {"case_id": "K0001", "person_id": "P0001", "procedural_status": "convicted"},
        {"case_id": "K0001", "person_id": "P0004", "procedural_status": "witness"},
    ],
    "provisions": [
        {"provision_id": "B0001", "instrument": "Example Code", "article": "12", "part": "2", "jurisdiction": "ZZ"},
        {"provision_id": "B0002", "instrument": "Example Charter", "jurisdiction": "INT"},
    ],
    "events": [
        DAY | {"event_id": "E0001", "event_type": "rally", "title": "Rally"},
        DAY
        | {"event_id": "E0002", "event_type": "mass_detention", "title": "Detentions in Oldtown"}
        | {"place_id": "L0001", "parent_event_id": "E0001"},
        {"event_id": "E0003", "event_type": "sentencing", "title": "Sentencing of Alfa", "case_id": "K0001"}
        | {"date_start": "2018-06-01", "date_end": "2018-06-30", "date_precision": "month", "date_as_printed": "June"},
    ],
    "acts": [
        ACT
        | DAY
        | {"act_id": "A0001", "person_id": "P0001", "event_id": "E0002", "event_basis": "stated"}
        | {"held_until": "23:30", "held_until_kind": "released", "is_next_day": "false", "hours_min": 2.5},
        ACT
        | {"act_id": "A0002", "person_id": "P0002", "event_id": "E0002", "event_basis": "only_listed_event"}
        | {"date_precision": "unknown"},
        ACT
        | {"act_id": "A0003", "event_id": "E0002", "event_basis": "stated", "victim_scope": "unnamed_person"}
        | {"victims_min": 2, "victims_max": 3, "victim_description": "passers-by", "date_precision": "unknown"},
        ACT
        | {"act_id": "A0004", "event_id": "E0002", "event_basis": "stated", "victim_scope": "unnamed_group"}
        | {"victim_description": "most of those present", "assertion": "alleged", "date_precision": "unknown"},
        ACT
        | {"act_id": "A0005", "person_id": "P0002", "target_person_id": "P0001", "act_type": "search"}
        | {"completion": "threatened", "assertion": "alleged", "date_precision": "unknown"},
        ACT
        | {"act_id": "A0006", "person_id": "P0001", "event_id": "E0003", "event_basis": "stated"}
        | {"date_precision": "unknown"},
    ],
    "involvements": [
        {"involvement_id": "V0001", "act_id": "A0001", "actor_kind": "named_official", "official_id": "O0002"}
        | {"actor_as_reported": "officer Standin", "name_basis": "named_in_passage"},
    ],
    "attestations": [
        {"attestation_id": "T0001", "act_id": "A0001", "attestor_kind": "victim", "distance": "first_hand"},
        {"attestation_id": "T0002", "act_id": "A0001", "attestor_kind": "document", "distance": "not_said"},
    ],
    "penalties": [
        PENALTY
        | {"penalty_id": "N0001", "person_id": "P0001", "penalty_type": "imprisonment", "case_id": "K0001"}
        | {"decision_event_id": "E0003", "duration_value": 4, "duration_unit": "years", "duration_kind": "custody"}
        | {"provision_id": "B0001"},
        PENALTY
        | {"penalty_id": "N0002", "person_id": "P0001", "penalty_type": "ban", "case_id": "K0001"}
        | {"decision_event_id": "E0003", "duration_value": 18, "duration_unit": "months"},
        PENALTY
        | {"penalty_id": "N0003", "person_id": "P0002", "penalty_type": "fine", "amount_kzt": 1000}
        | {"event_id": "E0002", "event_basis": "only_listed_event"},
        PENALTY | {"penalty_id": "N0004", "person_id": "P0001", "penalty_type": "fine", "amount_kzt": 1000},
    ],
    "responses": [
        {"response_id": "R0001", "table_name": "acts", "row_id": "A0001", "responder_kind": "authority"}
        | {"response": "denies", "source_alleges_pressure": "false", "source_id": "S0001"},
    ],
    "sources": [{"source_id": "S0001", "source_type": "report", "title": "Example report"}],
    "passages": [
        passage(1, "1", 1, 1, "heading"),
        passage(2, "3.1 J", 22, 22),
        passage(3, "3.1 J", 22, 22),
        passage(4, "4", 61, 63),
        passage(5, "4", 64, 64),
        passage(6, "4", 64, 64),
    ],
    "passage_notes": [
        {"passage_id": "X0001", "coding": "context", "reason": "A heading."},
        {"passage_id": "X0004", "coding": "not_yet_coded", "reason": "Its second half."},
        {"passage_id": "X0005", "coding": "not_yet_coded", "reason": "Later."},
        {"passage_id": "X0006", "coding": "layout", "reason": "A running head."},
    ],
    "citations": [
        citation(1, "acts", "A0001", "X0002"),
        citation(2, "acts", "A0001", "X0003"),
        citation(3, "acts", "A0001", "X0004"),
        citation(4, "penalties", "N0001", "X0004"),
        citation(5, "penalties", "N0003", "", "S0001"),
        citation(6, "events", "E0003", "X0004"),
    ],
    "reported_totals": [
        {"total_id": "F0001", "measure": "persons detained", "unit": "persons", "value_min": 3, "value_max": 3}
        | {"value_as_printed": "three", "qualifier": "exact", "includes_unlisted": "true"}
        | {"counting_rule": "SELECT count(*) FROM persons_detained", "difference_note": "Unnamed persons."},
        {"total_id": "F0002", "measure": "searches", "unit": "incidents", "value_as_printed": "several"}
        | {"qualifier": "approx", "includes_unlisted": "true", "difference_note": "No rule can count them."},
    ],
    "total_events": [{"total_id": "F0001", "event_id": "E0002"}],
    "anomalies": [
        {"anomaly_id": "D0001", "kind": "date", "table_name": "penalties", "row_id": "N0001"}
        | {"description": "Two dates.", "resolution": "open"},
    ],
    "rights": [{"right_id": "G0001", "name": "Example right"}],
    "right_provisions": [{"right_id": "G0001", "provision_id": "B0002"}],
}


def write_package(folder: Path, rows: dict[str, list[Row]] = ROWS) -> Path:
    """Write a package of these rows into an empty folder, every other table empty; the folder."""
    shutil.copy(ROOT / "datapackage.json", folder / "datapackage.json")
    (folder / "data").mkdir()
    for resource in load_package(folder).csv_resources:
        with (folder / resource["path"]).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, column_names(resource), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows.get(resource["name"], []))
    return folder


def write_settings(root: Path, settings: Row = UNSET) -> None:
    """Write the settings of whoever publishes, which the server reads."""
    (root / "metadata").mkdir()
    (root / "metadata" / "project.json").write_text(json.dumps(settings), encoding="utf-8")


def build_all(root: Path) -> Path:
    """Build Parquet and SQLite of a package; the database."""
    assert build_parquet.main(["--root", str(root)]) == 0
    assert build_sqlite.main(["--root", str(root)]) == 0
    return root / build_sqlite.DATABASE


if __name__ == "__main__":  # for the pictures of scripts/picture_site.py
    folder = Path(sys.argv[1])
    folder.mkdir()
    write_settings(write_package(folder))
    build_all(folder)
