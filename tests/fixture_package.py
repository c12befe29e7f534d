"""A small artificial package under the real descriptor, with a few invented rows in every table.

Its people, places and bodies do not exist. It passes the gate (with `--scope model`). A test changes a copy of its rows
and looks at what happens:

    rows = artificial_rows()
    rows["acts"][0]["act_type"] = "detentoin"
    build_package(tmp_path, rows)
"""

import copy
import csv
import json
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

from pyarrow import parquet

from scripts import build_parquet, reference_tables
from scripts.fingerprints import make_fingerprints
from scripts.floors import HEAD
from scripts.package import Package, column_names, load_package
from scripts.seals import sealed

HERE = Path(__file__).resolve().parent.parent
Tables = dict[str, list[dict[str, Any]]]

TEXTS = {
    "X0001": "Samples",
    "X0002": "On 3 March 2018 these people were detained in Sampleton:",
    "X0003": "Exempla Placeholder until 3:00 a. m., for 5 to 7 hours",
    "X0004": "Testo Mockson; his wife Exempla Placeholder was threatened.",
    "X0005": "Exempla Placeholder was fined 24,050 tenge (56 euros) on 4 March 2018.",
    "X0006": "Testo Mockson was put under arrest for 10 days in June 2018 at Sampleton Court.",
    "X0007": "Testo Mockson was charged in Sampleton under article 12, part 3; the prosecutor asked for 4 of 5 years.",
    "X0008": "Judge Dummy Fixturov of the Sampleton Court sat in the case of Testo Mockson on 7 June 2018.",
    "X0009": "The officer A. Stubbs of the Mock Police took part on 3 March 2018 in Sampleton and denies it.",
    "X0010": "Sampleton: Exempla Placeholder Patronymova (aged 46)",
    "X0011": "Some 20 people signed; the Mock Assembly should ask why.",
    "X0012": "Page 7",
}
ZERO = "0" * 64
LABELS = {"label_en": "A", "label_ru": "А", "label_kk": "А", "label_status": "draft", "definition": "A case.",
          "counting_rule": "One each."}  # fmt: skip


def code(value: str) -> dict[str, Any]:
    """A row of a code list."""
    return {"code": value, **LABELS}


def dated(first: str, last: str, precision: str, printed: str) -> dict[str, Any]:
    """The four columns of a date."""
    return {"date_start": first, "date_end": last, "date_precision": precision, "date_as_printed": printed}


MARCH_3 = dated("2018-03-03", "2018-03-03", "day", "3 March 2018")
MARCH_4 = dated("2018-03-04", "2018-03-04", "day", "4 March 2018")
JUNE = dated("2018-06-01", "2018-06-30", "month", "June 2018")
JUNE_7 = dated("2018-06-07", "2018-06-07", "day", "7 June 2018")

ROWS: Tables = {
    "persons": [
        {"person_id": "P0001", "name": "Exempla Placeholder", "surname": "Placeholder", "given_name": "Exempla",
         "patronymic": "Patronymova", "age_as_printed": 46, "place_id": "L0001", "relation": "affected",
         "person_type": "not_stated", "is_complainant": "true", "is_withheld": "false",
         "naming_basis": "complainant_in_source"},
        {"person_id": "P0002", "name": "Testo Mockson", "surname": "Mockson", "given_name": "Testo",
         "relation": "affected", "person_type": "not_stated", "is_complainant": "false", "is_withheld": "false",
         "naming_basis": "named_in_source"},
        {"person_id": "P0003", "name": "withheld", "relation": "other_named", "person_type": "not_stated",
         "is_complainant": "false", "is_withheld": "true", "naming_basis": "withheld"},
    ],
    "person_names": [
        {"person_id": "P0001", "name_as_printed": "Exempla Placeholder", "passage_id": passage, "match_basis": "same"}
        for passage in ("X0003", "X0004", "X0005", "X0010")
    ] + [
        {"person_id": "P0002", "name_as_printed": "Testo Mockson", "passage_id": passage, "match_basis": "same"}
        for passage in ("X0004", "X0006", "X0007", "X0008")
    ],
    "official_names": [
        {"official_id": "O0001", "name_as_printed": "Dummy Fixturov", "passage_id": "X0008", "match_basis": "same"},
        {"official_id": "O0002", "name_as_printed": "A. Stubbs", "passage_id": "X0009", "match_basis": "same"},
    ],
    "places": [
        {"place_id": "L0001", "name": "Sampleton", "place_type": "settlement", "geo_precision": "settlement",
         "country_code": "KZ", "admin1_code": "KZ-10", "latitude": 45, "longitude": 60, "geonames_id": 1},
        {"place_id": "L0002", "name": "Mock Province", "place_type": "province", "geo_precision": "province",
         "country_code": "KZ", "admin1_code": "KZ-10"},
        {"place_id": "L0003", "name": "Mockland", "place_type": "country", "geo_precision": "country",
         "country_code": "XM"},
    ],
    "events": [
        {"event_id": "E0001", "event_type": "rally", "title": "Rally", **MARCH_3},
        {"event_id": "E0002", "event_type": "rally", "title": "Rally in Sampleton", **MARCH_3, "place_id": "L0001",
         "parent_event_id": "E0001"},
        {"event_id": "E0003", "event_type": "court_hearing", "title": "Hearing", **JUNE_7, "case_id": "K0001"},
    ],
    "acts": [
        {"act_id": "A0001", "event_id": "E0002", "event_basis": "stated", "person_id": "P0001",
         "victim_scope": "person", "act_type": "detention", "completion": "completed", "assertion": "stated",
         **MARCH_3, "hours_min": 5, "hours_max": 7, "held_until": "03:00", "held_until_kind": "released",
         "is_next_day": "true"},
        {"act_id": "A0002", "person_id": "P0001", "victim_scope": "person", "target_person_id": "P0002",
         "relation_to_target": "wife", "act_type": "threat", "completion": "completed", "assertion": "alleged"},
        {"act_id": "A0003", "event_id": "E0002", "event_basis": "stated", "victim_scope": "unnamed_person",
         "victims_min": 2, "victims_max": 3, "victim_description": "bystanders", "act_type": "detention",
         "completion": "completed", "assertion": "stated", **MARCH_3},
        {"act_id": "A0004", "victim_scope": "unnamed_group", "victim_description": "journalists",
         "act_type": "seizure", "completion": "attempted", "assertion": "stated", "quantity": 5,
         "quantity_unit": "cameras"},
    ],
    "attestations": [
        {"attestation_id": "T0001", "act_id": "A0001", "attestor_kind": "victim", "person_id": "P0001",
         "distance": "first_hand"},
        {"attestation_id": "T0002", "act_id": "A0002", "attestor_kind": "source", "distance": "not_said"},
    ],
    "involvements": [
        {"involvement_id": "V0001", "act_id": "A0001", "actor_kind": "named_official", "official_id": "O0002",
         "actor_as_reported": "officer", "name_basis": "named_in_subsection"},
        {"involvement_id": "V0002", "act_id": "A0003", "actor_kind": "institution", "institution_id": "I0002",
         "actor_as_reported": "police", "name_basis": "none"},
    ],
    "responses": [
        {"response_id": "R0001", "table_name": "acts", "row_id": "A0001", "responder_kind": "official",
         "official_id": "O0002", "response": "denies", "source_alleges_pressure": "false", "source_id": "S0001"},
    ],
    "other_values": [
        {"other_value_id": "W0001", "table_name": "persons", "row_id": "P0001", "field": "age_as_printed",
         "value": "47", "source_id": "S0002", "status": "disputed", "note": "By another report."},
    ],
    "cases": [
        {"case_id": "K0001", "title": "Case of Testo Mockson", "case_type": "criminal", "place_id": "L0001",
         "status_as_last_reported": "trial", "relation_to_ban": "not_said"},
    ],
    "case_persons": [{"case_id": "K0001", "person_id": "P0002", "procedural_status": "accused"}],
    "charges": [
        {"charge_id": "C0001", "case_id": "K0001", "person_id": "P0002", "provision_id": "B0001", "label": "Sampling",
         "status": "charged", "years_sought": 4, "max_years_stated": 5},
    ],
    "penalties": [
        {"penalty_id": "N0001", "person_id": "P0001", "event_id": "E0002", "event_basis": "stated",
         "penalty_type": "administrative_fine", "amount_kzt": 24050, "amount_eur_as_printed": 56, **MARCH_4,
         "status": "imposed", "relation_to_ban": "not_said"},
        {"penalty_id": "N0002", "person_id": "P0002", "decision_event_id": "E0003", "case_id": "K0001",
         "penalty_type": "administrative_arrest", "duration_value": 10, "duration_unit": "days",
         "duration_kind": "custody", **JUNE, "court": "Sampleton Court", "status": "imposed",
         "relation_to_ban": "not_said"},
    ],
    "officials": [
        {"official_id": "O0001", "name_as_reported": "Dummy Fixturov", "given_name": "Dummy", "surname": "Fixturov",
         "name_is_partial": "false", "office": "judge", "institution_id": "I0001", "country_code": "KZ"},
        {"official_id": "O0002", "name_as_reported": "A. Stubbs", "surname": "Stubbs", "name_is_partial": "true",
         "office": "officer", "institution_id": "I0002", "country_code": "KZ"},
    ],
    "official_roles": [
        {"official_role_id": "Q0001", "official_id": "O0001", "event_id": "E0003", "case_id": "K0001",
         "role": "judge", "participation": "acted", "basis": "case_file_listing", "date_start": "2018-06-07",
         "date_precision": "day", "date_as_printed": "7 June 2018"},
        {"official_role_id": "Q0002", "official_id": "O0002", "event_id": "E0002", "place_id": "L0001",
         "role": "officer", "participation": "acted", "basis": "self_presented_or_remembered"},
    ],
    "institutions": [
        {"institution_id": "I0001", "name": "Sampleton Court", "institution_type": "court", "place_id": "L0001"},
        {"institution_id": "I0002", "name": "Mock Police", "institution_type": "police"},
    ],
    "provisions": [
        {"provision_id": "B0001", "instrument": "Mock Code", "article": "12", "part": "3", "title": "Sampling",
         "jurisdiction": "KZ"},
    ],
    "rights": [{"right_id": "G0001", "name": "Right to samples"}],
    "right_provisions": [{"right_id": "G0001", "provision_id": "B0001"}],
    "recommendations": [{"recommendation_id": "M0001", "addressee": "Mock Assembly", "summary": "Ask why."}],
    "sources": [
        {"source_id": "S0001", "source_type": "report", "title": "Samples", "date_published": "2018-11-05",
         "url": "https://example.org/", "language": "en", "sha256": ZERO},
        {"source_id": "S0002", "source_type": "note", "title": "Note 1", "footnote_number": 1,
         "parent_source_id": "S0001"},
    ],
    "passages": [
        {"passage_id": passage, "source_id": "S0001", "section": "1", "page": 1, "page_latest": 1,
         "passage_kind": "furniture" if passage == "X0012" else "paragraph",
         "first_line": 2 * line, "last_line": 2 * line,
         "governed_by": {"X0003": "X0002", "X0004": "X0002"}.get(passage, ""), "sha256": ZERO}
        for line, passage in enumerate(TEXTS, start=1)
    ],
    "passage_notes": [
        {"passage_id": "X0001", "coding": "context", "reason": "A title."},
        {"passage_id": "X0012", "coding": "layout", "reason": "A page's number."},
    ],
    "citations": [
        {"citation_id": f"Z{number:05}", "table_name": table, "row_id": row_id, "passage_id": passage}
        for number, (table, row_id, passage) in enumerate([
            ("persons", "P0001", "X0010"), ("persons", "P0002", "X0004"), ("events", "E0001", "X0002"),
            ("events", "E0002", "X0002"), ("events", "E0003", "X0008"), ("acts", "A0001", "X0003"),
            ("acts", "A0002", "X0004"), ("acts", "A0003", "X0002"), ("acts", "A0004", "X0003"),
            ("attestations", "T0001", "X0003"), ("attestations", "T0002", "X0004"),
            ("involvements", "V0001", "X0009"), ("involvements", "V0002", "X0002"), ("responses", "R0001", "X0009"),
            ("cases", "K0001", "X0007"), ("charges", "C0001", "X0007"), ("penalties", "N0001", "X0005"),
            ("penalties", "N0002", "X0006"), ("officials", "O0001", "X0008"), ("officials", "O0002", "X0009"),
            ("official_roles", "Q0001", "X0008"), ("official_roles", "Q0002", "X0009"),
            ("institutions", "I0001", "X0008"), ("institutions", "I0002", "X0009"),
            ("recommendations", "M0001", "X0011"), ("reported_totals", "F0001", "X0011"),
            ("anomalies", "D0001", "X0005"), ("involvements", "V0001", "X0003"),
            ("cases", "K0001", "X0006"), ("cases", "K0001", "X0008"), ("events", "E0003", "X0006"),
            ("responses", "R0001", "X0003"),
        ], start=1)
    ],
    "reported_totals": [
        {"total_id": "F0001", "measure": "Persons who signed", "unit": "persons", "value_min": 20, "value_max": 20,
         "value_as_printed": "20", "qualifier": "exact", "includes_unlisted": "true",
         "counting_rule": "SELECT count(*) FROM persons"},
    ],
    "total_events": [{"total_id": "F0001", "event_id": "E0001"}],
    "anomalies": [
        {"anomaly_id": "D0001", "kind": "amount", "table_name": "penalties", "row_id": "N0001",
         "description": "Printed in euros too.", "resolution": "Kept."},
    ],
    "retired_ids": [
        {"table_name": "persons", "row_id": "P0009", "reason_code": "merged", "successor_id": "P0001",
         "version": "0.1.0"},
    ],
    "act_types": [code("detention"), code("seizure"), code("threat")],
    "event_types": [code("court_hearing"), code("rally")],
    "penalty_types": [code("administrative_arrest"), code("administrative_fine"), code("imprisonment")],
    "person_types": [code("not_stated")],
    "institution_types": [code("court"), code("police")],
}  # fmt: skip

CODED_ACTS = (
    "unit,person,victim_scope,target_person,act_type,completion,assertion,date_start,date_end,date_precision,held_until,"
    "hours_min,hours_max,quantity,actor_kind,lines"
)
SECOND_CODING = {  # agrees with the rows above
    "acts": [
        CODED_ACTS,
        "a1,P0001,person,,detention,completed,stated,2018-03-03,2018-03-03,day,03:00,5,7,,named_official,X0003",
        "a2,P0001,person,P0002,threat,completed,alleged,,,,,,,,,X0004",
        "a3,,unnamed_person,,detention,completed,stated,2018-03-03,2018-03-03,day,,,,,institution,X0002",
        "a4,,unnamed_group,,seizure,attempted,stated,,,,,,,5,,X0003",
    ],
    "penalties": [
        "unit,person,penalty_type,duration_value,duration_unit,amount_kzt,amount_eur_as_printed,date_start,date_end,"
        "date_precision,status,is_suspended,relation_to_ban,lines",
        "p1,P0001,administrative_fine,,,24050,56,2018-03-04,2018-03-04,day,imposed,,not_said,X0005",
        "p2,P0002,administrative_arrest,10,days,,,2018-06-01,2018-06-30,month,imposed,,not_said,X0006",
    ],
    "charges": [
        "unit,person,article,part,status,years_sought,max_years_stated,lines",
        "c1,P0002,12,3,charged,4,5,X0007",
    ],
    "official_roles": [
        "unit,official,role,participation,basis,date_start,place,case,lines",
        "r1,Fixturov Dummy,judge,acted,case_file_listing,2018-06-07,,Testo Mockson,X0008",
        "r2,A. Stubbs,officer,acted,self_presented_or_remembered,,Sampleton,,X0009",
    ],
}
SECOND_READING = {  # likewise
    "events": ["event_id,event_type,place_id", "E0001,rally,"],
    "reported_totals": ["total_id,unit,event_ids", "F0001,persons,E0001"],
}
READ = """table_name,row_id,passage_id,reason
events,E0003,X0006,It tells of what was ordered there.
reported_totals,F0001,X0011,Its figure is a small number.
"""
DECISION = "table_name,row_id,first_unit,second_unit,variable,first_value,second_value,decision,decided_value,reason"
PAIRS = [
    ("acts", "A0001", "a1"), ("acts", "A0002", "a2"), ("acts", "A0003", "a3"), ("acts", "A0004", "a4"),
    ("penalties", "N0001", "p1"), ("penalties", "N0002", "p2"), ("charges", "C0001", "c1"),
    ("official_roles", "Q0001", "r1"), ("official_roles", "Q0002", "r2"),
]  # fmt: skip


def artificial_rows() -> Tables:
    """The rows by table, to be changed at will; a column that a row does not name is empty."""
    return copy.deepcopy(ROWS)


def build_package(folder: Path, rows: Tables | None = None) -> Path:
    """Write the package into `folder`, which it returns: descriptor, suites, rules, CSV files, fingerprints, Parquet.

    Parquet of the tables is left out where the rows cannot be typed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / "datapackage.json", folder)
    of_real_rows = shutil.ignore_patterns("double_coding", "exceptions.csv", "read_citations.csv")
    shutil.copytree(HERE / "validation", folder / "validation", ignore=of_real_rows, dirs_exist_ok=True)
    write_second_coding(folder / "validation" / "double_coding" / "round-3")
    write_second_reading(folder / "validation" / "double_coding" / "round-4")
    (folder / "validation" / "read_citations.csv").write_text(READ, encoding="utf-8")
    write_floors(folder / "validation" / "floors.csv")
    (folder / "data" / "parquet").mkdir(parents=True)
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    write_csvs(folder, descriptor, ROWS)
    reference = reference_tables.hashes(Package(folder, descriptor))
    (folder / reference_tables.FILE).write_text(reference_tables.render(reference), encoding="utf-8")
    tables = artificial_rows() if rows is None else rows
    write_csvs(folder, descriptor, tables)
    made = sealed(make_fingerprints(TEXTS), (folder / "data" / "passages.csv").read_bytes())
    parquet.write_table(made, folder / "data" / "parquet" / "fingerprints.parquet")
    build_parquet.main(["--root", str(folder)])
    return folder


def write_csvs(folder: Path, descriptor: dict[str, Any], tables: Tables) -> None:
    """Write the CSV of every table."""
    for resource in descriptor["resources"]:
        if resource["format"] == "csv":
            write_table(folder / resource["path"], resource["schema"], tables[resource["name"]])


def write_second_coding(folder: Path) -> None:
    """Write a second coding that agrees with the unchanged rows."""
    (folder / "second").mkdir(parents=True)
    for table, lines in SECOND_CODING.items():
        (folder / "second" / f"{table}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    with (folder / "pairs.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("table_name", "row_id", "second_unit"), *PAIRS])
    (folder / "adjudications.csv").write_text(DECISION + "\n", encoding="utf-8")


def write_second_reading(folder: Path) -> None:
    """Write a second reading of some variables that agrees with the unchanged rows."""
    for coder in ("first", "second"):
        (folder / coder).mkdir(parents=True)
        for table, lines in SECOND_READING.items():
            (folder / coder / f"{table}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "adjudications.csv").write_text("table_name,row_id,variable,second_value,decided_value,reason\n")


def write_floors(file: Path) -> None:
    """Write how many cells of each column are filled in the unchanged rows."""
    cells = ((table, column) for table, rows in ROWS.items() for row in rows for column in row if row[column] != "")
    filled = Counter(cells)
    for row in ROWS["retired_ids"]:
        columns = column_names(load_package().resource(row["table_name"]))
        filled.update((row["table_name"], column) for column in columns)
    filled.update(("persons", column) for column in column_names(load_package().resource("persons")))  # one is withheld
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([HEAD, *((*key, number) for key, number in sorted(filled.items()))])


def write_table(file: Path, schema: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    """Write rows as the CSV of a table, sorted by its key; a key that is no column of the table is an error."""
    rows = sorted(rows, key=lambda row: [str(row[column]) for column in schema["primaryKey"]])
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, [field["name"] for field in schema["fields"]], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
