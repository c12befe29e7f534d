"""Every expectation of the suites and every rule across tables is seen to fail, at the place it should name.

Each case adds one wrong row to the artificial package, copied from a good one; the gate runs once over all of them, and
once over what fails for a table as a whole. What it prints is the example that the check gives of itself.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from fixture_package import Tables, artificial_rows, build_package

from scripts import validate
from scripts.catalogue import read_catalogue
from scripts.package import ROOT, Package, load_package, primary_key

Case = tuple[str, str, str, str, dict[str, Any]]  # rule, table, id of the row to copy, column to be named, changes

UNDATED = {"date_start": "", "date_end": "", "date_precision": "", "date_as_printed": ""}
MARCH_3 = {"date_start": "2018-03-03", "date_end": "2018-03-03", "date_as_printed": "3 March 2018"}


def date_cases(prefix: str, table: str, row: str) -> list[Case]:
    """The faults of the four columns of a date."""
    backward = MARCH_3 | {"date_precision": "range", "date_end": "2018-03-02"}
    two_days = MARCH_3 | {"date_precision": "day", "date_end": "2018-03-04"}
    words_alone = UNDATED | {"date_precision": "unknown", "date_as_printed": "3 March 2018"}
    return [
        (f"{prefix}-dates-in-order", table, row, "date_end", backward),
        (f"{prefix}-day-is-one-day", table, row, "date_start", two_days),
        (f"{prefix}-start-filled", table, row, "date_start", MARCH_3 | {"date_precision": "since", "date_start": ""}),
        (f"{prefix}-end-filled", table, row, "date_end", MARCH_3 | {"date_precision": "before", "date_end": ""}),
        (f"{prefix}-start-open", table, row, "date_start", MARCH_3 | {"date_precision": "before"}),
        (f"{prefix}-end-open", table, row, "date_end", MARCH_3 | {"date_precision": "since"}),
        (f"{prefix}-date-words-filled", table, row, "date_as_printed", {"date_as_printed": ""}),
        (f"{prefix}-date-words-coded", table, row, "date_as_printed", words_alone),
    ]


EXPECTATIONS: list[Case] = [
    ("complainant-has-surname", "persons", "P0001", "surname", {"surname": ""}),
    ("complainant-has-given-name", "persons", "P0001", "given_name", {"given_name": ""}),
    ("complainant-has-place", "persons", "P0001", "place_id", {"place_id": ""}),
    ("list-heading-only-for-complainants", "persons", "P0002", "place_id", {"place_id": "L0001"}),
    ("list-age-only-for-complainants", "persons", "P0002", "age_as_printed", {"age_as_printed": 30}),
    ("complainant-named-as-such", "persons", "P0001", "naming_basis", {"naming_basis": "named_in_source"}),
    ("others-named-by-source", "persons", "P0002", "naming_basis", {"naming_basis": "complainant_in_source"}),
    ("withheld-says-so", "persons", "P0003", "naming_basis", {"naming_basis": "named_in_source"}),
    ("withheld-is-marked", "persons", "P0003", "is_withheld", {"is_withheld": "false"}),
    ("person-spelling-is-short", "person_names", "P0001", "name_as_printed", {"name_as_printed": "So"}),
    ("person-spelling-is-a-name", "person_names", "P0001", "name_as_printed",
     {"name_as_printed": "Placeholder (46)"}),
    ("official-spelling-is-short", "official_names", "O0001", "name_as_printed",
     {"name_as_printed": "Fixturov Fixturov Fixturov Fixturov Fixturov Fixturov Fixturov Fixturov Fixturov "}),
    ("official-spelling-is-a-name", "official_names", "O0001", "name_as_printed",
     {"name_as_printed": "Judge: Fixturov"}),
    ("settlement-has-latitude", "places", "L0001", "latitude", {"latitude": ""}),
    ("settlement-has-longitude", "places", "L0001", "longitude", {"longitude": ""}),
    ("area-has-no-latitude", "places", "L0002", "latitude", {"latitude": 45}),
    ("area-has-no-longitude", "places", "L0002", "longitude", {"longitude": 60}),
    ("province-is-an-area", "places", "L0002", "geo_precision", {"geo_precision": "settlement"}),
    ("country-is-an-area", "places", "L0003", "geo_precision", {"geo_precision": "province"}),
    ("kazakh-place-has-province", "places", "L0001", "admin1_code", {"admin1_code": ""}),
    ("country-has-no-province", "places", "L0003", "admin1_code", {"admin1_code": "XM-1"}),
    ("kazakh-latitude", "places", "L0001", "latitude", {"latitude": 60}),
    ("kazakh-longitude", "places", "L0001", "longitude", {"longitude": 45}),
    ("gazetteer-id-used-once", "places", "L0001", "geonames_id", {"geonames_id": 1}),
    ("place-listed-once", "places", "L0001", "name", {"name": "Sampleton"}),
    ("settlement-in-gazetteer", "places", "L0001", "geonames_id", {"geonames_id": ""}),
    *date_cases("event", "events", "E0001"),
    ("event-title-once", "events", "E0001", "title", {"title": "Rally"}),
    *date_cases("act", "acts", "A0001"),
    ("act-undated-start", "acts", "A0001", "date_start", UNDATED | {"date_start": "2018-03-03"}),
    ("act-undated-end", "acts", "A0001", "date_end", UNDATED | {"date_end": "2018-03-03"}),
    ("act-undated-words", "acts", "A0001", "date_as_printed", UNDATED | {"date_as_printed": "3 March 2018"}),
    ("named-act-has-person", "acts", "A0001", "person_id", {"person_id": ""}),
    ("unnamed-act-has-no-person", "acts", "A0003", "person_id", {"person_id": "P0001"}),
    ("unnamed-act-says-whom", "acts", "A0003", "victim_description", {"victim_description": ""}),
    ("unnamed-persons-are-counted", "acts", "A0003", "victims_min", {"victims_min": ""}),
    ("named-act-is-one-lowest", "acts", "A0001", "victims_min", {"victims_min": 1}),
    ("named-act-is-one-highest", "acts", "A0001", "victims_max", {"victims_max": 1}),
    ("named-act-needs-no-description", "acts", "A0001", "victim_description", {"victim_description": "a bystander"}),
    ("victims-in-order", "acts", "A0003", "victims_max", {"victims_min": 4, "victims_max": 3}),
    ("relation-needs-target", "acts", "A0001", "relation_to_target", {"relation_to_target": "wife"}),
    ("hours-in-order", "acts", "A0001", "hours_max", {"hours_min": 8, "hours_max": 7}),
    ("held-until-says-what", "acts", "A0001", "held_until_kind", {"held_until_kind": ""}),
    ("held-kind-needs-time", "acts", "A0002", "held_until_kind", {"held_until_kind": "released"}),
    ("held-until-says-day", "acts", "A0001", "is_next_day", {"is_next_day": ""}),
    ("next-day-needs-time", "acts", "A0002", "is_next_day", {"is_next_day": "false"}),
    ("quantity-has-unit", "acts", "A0004", "quantity_unit", {"quantity_unit": ""}),
    ("unit-has-quantity", "acts", "A0004", "quantity", {"quantity": ""}),
    ("listed-detention-has-date", "acts", "A0001", "date_as_printed", UNDATED),
    ("no-person-attests-for-a-body", "attestations", "T0002", "person_id", {"person_id": "P0001"}),
    ("victim-is-first-hand", "attestations", "T0001", "distance", {"distance": "third_hand"}),
    ("person-attests-once", "attestations", "T0001", "act_id", {"act_id": "A0001"}),
    ("named-official-has-id", "involvements", "V0001", "official_id", {"official_id": ""}),
    ("unnamed-actor-has-no-official", "involvements", "V0002", "official_id", {"official_id": "O0001"}),
    ("named-official-has-basis", "involvements", "V0001", "name_basis", {"name_basis": "none"}),
    ("unnamed-actor-has-no-basis", "involvements", "V0002", "name_basis", {"name_basis": "named_in_passage"}),
    ("institution-has-id", "involvements", "V0002", "institution_id", {"institution_id": ""}),
    ("private-actor-has-no-institution", "involvements", "V0002", "institution_id",
     {"actor_kind": "private_party", "institution_id": "I0002"}),
    ("official-involved-once", "involvements", "V0001", "act_id", {"act_id": "A0001"}),
    ("authority-is-no-person", "responses", "R0001", "person_id", {"person_id": "P0001"}),
    ("private-answer-has-no-official", "responses", "R0001", "official_id",
     {"responder_kind": "relative", "official_id": "O0002"}),
    ("response-date-has-precision", "responses", "R0001", "date_precision",
     {"date_start": "2018-03-03", "date_precision": ""}),
    ("response-says-what", "responses", "R0001", "description", {"response": "updates", "description": ""}),
    ("case-title-once", "cases", "K0001", "title", {"title": "Case of Testo Mockson"}),
    ("sentenced-case-type", "cases", "K0001", "case_type",
     {"status_as_last_reported": "sentenced", "case_type": "civil"}),
    ("extradition-is-criminal", "cases", "K0001", "case_type",
     {"status_as_last_reported": "extradition_proceedings", "case_type": "administrative"}),
    ("case-person-status-said", "case_persons", "K0001", "procedural_status",
     {"person_id": "P0001", "procedural_status": "not_said"}),
    ("years-sought-within-limit", "charges", "C0001", "max_years_stated", {"years_sought": 6, "max_years_stated": 5}),
    ("charge-listed-once", "charges", "C0001", "case_id", {"case_id": "K0001"}),
    ("witness-faces-no-years", "charges", "C0001", "years_sought",
     {"status": "listed_but_witness", "years_sought": 4}),
    *date_cases("penalty", "penalties", "N0001"),
    ("fine-has-amount", "penalties", "N0001", "amount_kzt", {"amount_kzt": ""}),
    ("fine-has-no-duration", "penalties", "N0001", "duration_value", {"duration_value": 3}),
    ("only-fines-have-amounts", "penalties", "N0002", "amount_kzt", {"amount_kzt": 2405}),
    ("arrest-has-duration", "penalties", "N0002", "duration_value", {"duration_value": ""}),
    ("arrest-in-days", "penalties", "N0002", "duration_unit", {"duration_unit": "months"}),
    ("arrest-is-custody", "penalties", "N0002", "duration_kind", {"duration_kind": "restriction"}),
    ("duration-has-unit", "penalties", "N0002", "duration_unit", {"duration_unit": ""}),
    ("duration-has-kind", "penalties", "N0002", "duration_kind", {"duration_kind": ""}),
    ("unit-needs-duration", "penalties", "N0002", "duration_unit", {"duration_value": "", "duration_unit": "days"}),
    ("kind-needs-duration", "penalties", "N0002", "duration_kind",
     UNDATED | {"date_precision": "unknown", "duration_value": "", "duration_kind": "custody"}),
    ("euros-beside-tenge", "penalties", "N0001", "amount_kzt", {"amount_eur_as_printed": 56, "amount_kzt": ""}),
    ("fine-is-not-suspended", "penalties", "N0001", "is_suspended", {"is_suspended": "false"}),
    ("whole-name-has-given-name", "officials", "O0001", "given_name", {"given_name": ""}),
    ("partial-name-has-no-given-name", "officials", "O0002", "given_name", {"given_name": "Abcde"}),
    ("leader-has-no-case", "official_roles", "Q0001", "case_id",
     {"basis": "responsibility_asserted_by_source", "case_id": "K0001"}),
    ("leader-has-no-event", "official_roles", "Q0001", "event_id",
     {"basis": "responsibility_asserted_by_source", "event_id": "E0003"}),
    ("listed-role-has-case", "official_roles", "Q0001", "case_id", {"event_id": "", "case_id": ""}),
    ("role-date-has-precision", "official_roles", "Q0001", "date_precision", {"date_precision": ""}),
    ("role-date-has-words", "official_roles", "Q0001", "date_as_printed", {"date_as_printed": ""}),
    ("role-in-case-once", "official_roles", "Q0001", "official_id", {"official_id": "O0001"}),
    ("institution-listed-once", "institutions", "I0001", "name", {"name": "Sampleton Court"}),
    ("provision-listed-once", "provisions", "B0001", "instrument", {"instrument": "Mock Code"}),
    ("part-has-article", "provisions", "B0001", "article", {"article": ""}),
    ("footnote-has-parent", "sources", "S0002", "parent_source_id", {"parent_source_id": ""}),
    ("web-source-has-url", "sources", "S0002", "url", {"source_type": "video", "url": ""}),
    ("request-made-once", "recommendations", "M0001", "addressee", {}),
    ("right-named-once", "rights", "G0001", "name", {}),
    ("dispute-has-note", "other_values", "W0001", "note", {"status": "disputed", "note": ""}),
    ("total-in-order", "reported_totals", "F0001", "value_max", {"value_min": 20, "value_max": 19}),
    ("exact-total-is-one-number", "reported_totals", "F0001", "value_min", {"value_max": 21, "value_min": 20}),
    ("uncounted-total-says-why", "reported_totals", "F0001", "difference_note",
     {"counting_rule": "", "difference_note": ""}),
    ("passage-lines-in-order", "passages", "X0012", "last_line", {"first_line": 90, "last_line": 89}),
    ("passage-pages-in-order", "passages", "X0012", "page_latest", {"page": 2, "page_latest": 1}),
    ("page-has-latest", "passages", "X0012", "page_latest", {"page_latest": ""}),
    ("withheld-has-no-person-type", "persons", "P0003", "person_type", {"person_type": "lawyer"}),
    ("withheld-has-no-relation", "persons", "P0003", "relation", {"relation": "affected"}),
    ("foreign-guest-is-other-named", "persons", "P0002", "relation", {"person_type": "parliamentarian"}),
    ("clock-time-only-of-holding", "acts", "A0004", "held_until",
     {"held_until": "03:00", "held_until_kind": "released", "is_next_day": "true"}),
    ("detention-ends-in-release", "acts", "A0001", "held_until_kind", {"held_until_kind": "interrogated"}),
    ("interrogation-ends-in-its-end", "acts", "A0001", "held_until_kind", {"act_type": "interrogation"}),
    ("hours-only-of-holding", "acts", "A0004", "hours_min", {"hours_min": 5}),
    ("threat-is-threatened", "acts", "A0002", "completion", {"description": "Done."}),
    ("other-acts-are-not-threatened", "acts", "A0001", "completion", {"completion": "threatened"}),
    ("attempt-is-described", "acts", "A0004", "description", {"victim_description": "photographers"}),
    ("supposed-act-is-described", "acts", "A0001", "description", {"assertion": "suspected_by_source"}),
    ("quantity-only-of-things", "acts", "A0001", "quantity", {"quantity": 3, "quantity_unit": "hours"}),
    ("target-has-relation", "acts", "A0002", "relation_to_target", {"relation_to_target": ""}),
    ("unnamed-persons-have-highest", "acts", "A0003", "victims_max", {"victims_max": ""}),
    ("group-has-no-number", "acts", "A0004", "victims_min", {"victims_min": 3}),
    ("mass-detention-has-a-day", "events", "E0001", "date_precision",
     {"title": "Detentions in March", "event_type": "mass_detention", "date_precision": "month",
      "date_start": "2018-03-01", "date_end": "2018-03-31", "date_as_printed": "March 2018"}),
    ("mass-detention-has-a-place", "events", "E0001", "place_id",
     {"title": "Detentions nowhere", "event_type": "mass_detention"}),
    ("mass-detention-is-part-of-a-rally", "events", "E0001", "parent_event_id",
     {"title": "Detentions of no rally", "event_type": "mass_detention", "place_id": "L0001"}),
    ("hearsay-has-no-distance", "attestations", "T0002", "distance", {"distance": "first_hand"}),
    ("unnamed-person-has-no-institution", "involvements", "V0002", "institution_id", {"actor_kind": "unnamed_person"}),
    ("personal-answer-names-the-person", "responses", "R0001", "person_id",
     {"responder_kind": "relative", "official_id": "", "person_id": ""}),
    ("officials-answer-names-the-official", "responses", "R0001", "official_id", {"official_id": ""}),
    ("body-answers-without-official", "responses", "R0001", "official_id", {"responder_kind": "authority"}),
    ("denial-is-described", "responses", "R0001", "description", {"source_alleges_pressure": "true"}),
    ("pressure-is-on-persons", "responses", "R0001", "source_alleges_pressure",
     {"source_alleges_pressure": "true", "description": "Denied."}),
    ("asserted-responsibility-is-of-leaders", "official_roles", "Q0001", "role",
     {"basis": "responsibility_asserted_by_source", "case_id": "", "event_id": "", "participation": "not_said",
      "date_start": "", "date_precision": "", "date_as_printed": ""}),
    ("asserted-responsibility-names-no-act", "official_roles", "Q0001", "participation",
     {"basis": "responsibility_asserted_by_source", "case_id": "", "event_id": "", "role": "leadership",
      "date_start": "", "date_precision": "", "date_as_printed": ""}),
    ("unsaid-part-is-asserted-responsibility", "official_roles", "Q0001", "basis",
     {"participation": "not_said", "case_id": ""}),
    ("leader-has-not-acted", "official_roles", "Q0001", "participation", {"role": "leadership", "case_id": ""}),
    ("listed-official-acted", "official_roles", "Q0001", "participation", {"participation": "declined", "case_id": ""}),
    ("investigator-has-case", "official_roles", "Q0001", "case_id", {"role": "investigator", "case_id": ""}),
    ("officer-has-no-case", "official_roles", "Q0001", "case_id", {"role": "officer"}),
    ("remembered-official-is-an-officer", "official_roles", "Q0002", "role", {"role": "judge"}),
    ("remembered-official-acted", "official_roles", "Q0002", "participation", {"participation": "presence_only"}),
    ("remembered-official-has-place", "official_roles", "Q0002", "place_id", {"place_id": ""}),
    ("remembered-official-has-day", "official_roles", "Q0002", "date_start", {"place_id": "L0003"}),
    ("administrative-penalty-has-no-case", "penalties", "N0001", "case_id", {"case_id": "K0001"}),
    ("sentence-has-a-case", "penalties", "N0002", "case_id", {"penalty_type": "imprisonment", "case_id": ""}),
    ("fine-and-restriction-are-imposed", "penalties", "N0001", "status", {"status": "ended"}),
    ("suspension-only-of-sentences", "penalties", "N0002", "is_suspended", {"is_suspended": "true"}),
    ("arrest-of-thirty-days-at-most", "penalties", "N0002", "duration_value", {"duration_value": 100}),
    ("tried-case-has-court", "cases", "K0001", "court", {"title": "Trial without court"}),
    ("case-is-described", "cases", "K0001", "description", {"title": "Case without description"}),
    ("charge-has-provision", "charges", "C0001", "provision_id", {"provision_id": "", "label": "Nothing printed"}),
    ("criminal-article-has-title", "provisions", "B0001", "title",
     {"instrument": "Criminal Code of Kazakhstan", "title": ""}),
    ("treaty-article-has-no-part", "provisions", "B0001", "part",
     {"instrument": "Mock Convention", "jurisdiction": "INT"}),
    ("exact-total-has-value", "reported_totals", "F0001", "value_min", {"value_min": ""}),
    ("open-total-has-no-top", "reported_totals", "F0001", "value_max", {"qualifier": "at_least"}),
    ("bounded-total-has-top", "reported_totals", "F0001", "value_max", {"value_max": ""}),
    ("merged-row-has-successor", "retired_ids", "P0009", "successor_id", {"row_id": "P0011", "successor_id": ""}),
    ("withdrawn-row-has-no-successor", "retired_ids", "P0009", "successor_id",
     {"row_id": "P0012", "reason_code": "withheld"}),
    ("anomaly-says-what", "anomalies", "D0001", "description", {"description": "Odd."}),
    ("note-gives-a-reason", "passage_notes", "X0001", "reason", {"passage_id": "X0005", "reason": "No."}),
    ("footnote-is-one-of-67", "sources", "S0002", "footnote_number", {"footnote_number": 68}),
    ("note-has-no-address", "sources", "S0002", "url", {"url": "https://example.org/b"}),
    ("linked-source-has-footnote", "sources", "S0002", "footnote_number", {"footnote_number": ""}),
    ("addressee-is-one-of-the-reports", "recommendations", "M0001", "addressee", {"addressee": "Mock Asembly"}),
]  # fmt: skip

RULES: list[Case] = [
    ("fine-has-euros", "penalties", "N0001", "amount_eur_as_printed", {"amount_eur_as_printed": ""}),
    ("source-with-passages-is-cited-by-them", "citations", "Z00001", "source_id",
     {"passage_id": "", "source_id": "S0001"}),
    ("source-of-passages-has-hash", "sources", "S0002", "sha256", {"sha256": "0" * 64}),
    ("citation-row-exists", "citations", "Z00006", "row_id", {"row_id": "A0099"}),
    ("every-row-is-cited", "cases", "K0001", "", {"title": "Uncited"}),
    ("citation-has-passage-or-source", "citations", "Z00006", "passage_id",
     {"source_id": "S0001", "passage_id": "X0003"}),
    ("citation-field-exists", "citations", "Z00006", "field", {"field": "colour"}),
    ("citation-given-once", "citations", "Z00006", "passage_id", {"passage_id": "X0003"}),
    ("reference-row-exists", "anomalies", "D0001", "row_id", {"row_id": "N9999"}),
    ("other-value-field-exists", "other_values", "W0001", "field", {"field": "colour"}),
    ("act-within-event-dates", "acts", "A0001", "date_start",
     {"date_end": "2018-03-05", "date_as_printed": "5 March 2018", "date_start": "2018-03-05"}),
    ("event-within-parent-dates", "events", "E0002", "date_start",
     {"date_end": "2018-03-05", "date_start": "2018-03-05"}),
    ("parent-chain-ends", "events", "E0001", "parent_event_id", {"event_id": "E9000", "parent_event_id": "E9000"}),
    ("no-penalty-before-its-event", "penalties", "N0001", "date_start",
     {"date_end": "2018-03-01", "date_start": "", "date_precision": "before"}),
    ("decision-not-before-event", "penalties", "N0002", "decision_event_id",
     {"event_id": "E0003", "event_basis": "stated", "decision_event_id": "E0002"}),
    ("event-has-basis", "acts", "A0001", "event_basis", {"event_basis": ""}),
    ("date-span-fits-precision", "penalties", "N0002", "date_precision",
     {"date_end": "2018-06-29", "date_precision": "month"}),
    ("official-has-a-role", "officials", "O0001", "", {"name_as_reported": "Nobody Else"}),
    ("role-date-equals-event-date", "official_roles", "Q0001", "event_id",
     {"date_start": "2018-06-08", "event_id": "E0003"}),
    ("charge-person-in-case", "charges", "C0001", "person_id", {"person_id": "P0003"}),
    ("penalty-person-in-case", "penalties", "N0002", "person_id", {"person_id": "P0003"}),
    ("convicted-in-decided-case", "charges", "C0001", "status", {"status": "convicted"}),
    ("case-of-decision", "penalties", "N0002", "decision_event_id",
     {"case_id": "K9000", "decision_event_id": "E0003"}),
    ("person-is-not-also-target", "acts", "A0002", "target_person_id", {"target_person_id": "P0001"}),
    ("act-coded-once", "acts", "A0001", "person_id", {"person_id": "P0001"}),
    ("involvement-shares-a-passage", "involvements", "V0002", "act_id", {}),
    ("victim-attests-own-act", "attestations", "T0001", "person_id", {"person_id": "P0002"}),
    ("retired-ids-not-alive", "retired_ids", "P0009", "row_id", {"row_id": "P0002"}),
    ("fines-in-half-multiples-of-2405", "penalties", "N0001", "amount_kzt", {"amount_kzt": 24051}),
    ("withheld-rows-hold-nothing", "persons", "P0003", "is_withheld",
     {"description": "A neighbour.", "is_withheld": "true"}),
    ("name-is-printed-somewhere", "persons", "P0002", "name", {"name": "Testo Other"}),
    ("note-and-citation-exclude", "passage_notes", "X0001", "coding", {"passage_id": "X0003", "coding": "context"}),
    ("passage-accounted-for", "passages", "X0012", "passage_id",
     {"first_line": 95, "last_line": 95, "passage_id": "X9001"}),
    ("passage-points-backward", "passages", "X0012", "governed_by", {"governed_by": "X9999"}),
    ("passages-do-not-overlap", "passages", "X0012", "first_line", {"first_line": 24}),
    ("fingerprint-of-each-cited-passage", "citations", "Z00006", "passage_id", {"passage_id": "X9000"}),
    ("attestation-shares-a-passage", "attestations", "T0002", "act_id", {}),
    ("case-row-shares-a-passage", "charges", "C0001", "case_id", {"provision_id": "", "label": "Uncited"}),
    ("role-passage-names-the-official", "official_roles", "Q0002", "official_id", {"official_id": "O0001"}),
    ("stated-event-shares-a-passage", "acts", "A0001", "event_id",
     {"event_id": "E0003", "date_start": "", "date_end": "", "date_precision": "", "date_as_printed": "",
      "description": "Uncited."}),
    ("listed-event-has-its-list", "penalties", "N0001", "event_id", {"event_basis": "only_listed_event"}),
    ("decision-shares-a-passage", "penalties", "N0002", "decision_event_id",
     {"decision_event_id": "E0001", "case_id": ""}),
    ("response-stands-near-its-row", "responses", "R0001", "row_id", {}),
    ("anomaly-shares-a-passage", "anomalies", "D0001", "row_id", {}),
    ("complainants-stand-under-their-heading", "persons", "P0001", "place_id", {}),
    ("same-words-same-actor", "involvements", "V0002", "actor_kind",
     {"actor_kind": "unnamed_person", "institution_id": "", "actor_as_reported": "The police"}),
    ("office-fits-role", "official_roles", "Q0001", "role", {"case_id": "", "role": "prosecutor"}),
    ("statuses-agree", "charges", "C0001", "status",
     {"status": "listed_but_witness", "years_sought": "", "provision_id": ""}),
    ("penalty-agrees-with-its-case", "penalties", "N0002", "relation_to_ban", {"relation_to_ban": "prior"}),
    ("penalty-dated-by-its-decision", "penalties", "N0002", "date_start",
     {"date_start": "2018-07-01", "date_end": "2018-07-31", "date_as_printed": "July 2018"}),
    ("decision-fits-penalty", "penalties", "N0002", "decision_event_id",
     {"penalty_type": "imprisonment", "decision_event_id": ""}),
    ("penalty-measure-fits-type", "penalties", "N0002", "duration_value", {"penalty_type": "imprisonment"}),
    ("euros-at-the-reports-rate", "penalties", "N0001", "amount_eur_as_printed", {"amount_eur_as_printed": 65}),
    ("complainant-has-something", "persons", "P0001", "is_complainant", {}),
    ("relation-fits-what-happened", "persons", "P0002", "relation", {}),
    ("case-has-charges", "cases", "K0001", "case_id", {"case_id": "K9001", "title": "Empty of charges"}),
    ("case-has-persons", "cases", "K0001", "case_id", {"title": "Empty of persons"}),
    ("case-has-officials", "cases", "K0001", "case_id", {"title": "Empty of officials"}),
    ("alleged-act-has-a-teller", "acts", "A0002", "assertion", {"description": "Uncited."}),
    ("told-act-is-not-stated", "attestations", "T0001", "attestor_kind", {}),
    ("teller-fits-act", "attestations", "T0001", "attestor_kind", {"attestor_kind": "witness"}),
    ("same-person-twice", "persons", "P0002", "name",
     {"name": "Tésto Moksson", "surname": "Moksson", "given_name": "Tésto"}),
    ("note-fits-passage-kind", "passage_notes", "X0001", "coding", {"passage_id": "X0002", "coding": "layout"}),
    ("host-has-one-kind", "sources", "S0002", "publisher",
     {"source_type": "news", "url": "https://example.net/a", "publisher": "example.com"}),
    ("labels-in-their-script", "person_types", "not_stated", "label_ru", {"code": "swapped", "label_ru": "Swapped"}),
    ("label-used-once", "penalty_types", "imprisonment", "label_kk", {"code": "zz_repeated", "label_kk": "А"}),
    ("code-is-used", "person_types", "not_stated", "code", {"code": "unused"}),
    ("looked-up-row-is-used", "provisions", "B0001", "provision_id", {"article": "99"}),
    ("title-names-the-day", "events", "E0002", "date_start", {"title": "Rally of 4 March 2018 in Sampleton"}),
    ("title-names-the-place", "events", "E0002", "place_id",
     {"title": "Second rally in Sampleton", "place_id": "L0003"}),
    ("title-fits-type", "events", "E0002", "event_type", {"title": "Sentencing of nobody"}),
    ("part-fits-whole", "events", "E0002", "parent_event_id",
     {"title": "Hearing in a rally", "event_type": "court_hearing"}),
    ("event-has-its-rows", "events", "E0001", "event_type", {"title": "Rally of nobody"}),
    ("court-sits-at-its-case", "events", "E0003", "place_id", {"title": "Hearing elsewhere", "place_id": "L0003"}),
    ("name-is-made-of-its-parts", "persons", "P0002", "name", {"name": "Testo Mocksen"}),
    ("spelling-fits-its-basis", "person_names", "P0002", "match_basis",
     {"name_as_printed": "Tsto Mockson", "passage_id": "X0011"}),
    ("case-title-names-its-persons", "case_persons", "K0001", "person_id", {"case_id": "K9001"}),
    ("provision-has-one-label", "charges", "C0001", "provision_id", {"case_id": "K9002", "label": "Mocking"}),
    ("instrument-has-one-jurisdiction", "provisions", "B0001", "jurisdiction",
     {"article": "13", "jurisdiction": "INT"}),
    ("row-coded-once", "involvements", "V0002", "involvement_id", {}),
    ("ids-run-on", "rights", "G0001", "", {"right_id": "G0009", "name": "Right to more samples"}),
    ("nothing-after-the-report", "acts", "A0001", "date_start",
     {"event_id": "", "event_basis": "", "date_start": "2018-12-03", "date_end": "2018-12-03",
      "date_as_printed": "3 December 2018"}),
    ("role-place-is-its-events", "official_roles", "Q0002", "place_id", {"place_id": "L0003"}),
    ("institution-fits-its-name", "institutions", "I0002", "institution_type",
     {"name": "Second Mock Police", "institution_type": "court"}),
    ("total-is-as-printed", "reported_totals", "F0001", "value_min", {"measure": "Persons who came", "value_min": 19}),
    ("retired-id-fits-its-table", "retired_ids", "P0009", "table_name",
     {"row_id": "P0010", "table_name": "acts", "successor_id": ""}),
    ("withheld-person-is-nowhere", "attestations", "T0002", "person_id",
     {"attestor_kind": "witness", "person_id": "P0003"}),
]  # fmt: skip

SPARSE: list[Case] = [  # rows that lower a fill rate; two of each
    ("complainants-have-ages", "persons", "P0001", "age_as_printed", {"age_as_printed": ""}),
    ("officials-have-offices", "officials", "O0001", "office", {"office": ""}),
    ("complainants-have-patronymics", "persons", "P0001", "patronymic", {"patronymic": ""}),
    ("acts-are-dated", "acts", "A0002", "date_start", {}),
    ("events-are-dated", "events", "E0001", "date_start", UNDATED | {"date_precision": "unknown"}),
    *[("rows-below-ceiling", "rights", "G0001", "", {"name": f"Right {n}"}) for n in range(4)],
]

WHOLE_TABLE = {  # rule: (path, column) of what fails for a table as a whole once the sparse rows are added
    "complainants-have-ages": ("data/persons.csv", "age_as_printed"),
    "officials-have-offices": ("data/officials.csv", "office"),
    "footnotes-are-67": ("data/sources.csv", "footnote_number"),
    "complainants-are-129": ("data/persons.csv", "is_complainant"),
    "complainants-have-patronymics": ("data/persons.csv", "patronymic"),
    "acts-are-dated": ("data/acts.csv", "date_start"),
    "acts-have-events": ("data/acts.csv", "event_id"),
    "acts-are-described": ("data/acts.csv", "description"),
    "events-are-dated": ("data/events.csv", "date_start"),
    "events-have-places": ("data/events.csv", "place_id"),
    "last-row-is-there": ("data/places.csv", "place_id"),
    "rows-below-ceiling": ("data/rights.csv", ""),
    "code-shares-stay-in-band": ("data/acts.csv", "completion"),
}

EXAMPLES = {  # id: the message of its case, as the expectation or rule gives it
    check.check_id: check.example
    for check in read_catalogue(ROOT / "validation")
    if check.kind in ("expectation", "rule")
}


@dataclass(frozen=True)
class Broken:
    """The gate's report on the broken package, and each case's row id by rule."""

    package: Package
    report: list[dict[str, Any]]
    row_ids: dict[str, str]

    def places(self, rule: str) -> set[tuple[str, int, str, str]]:
        """(path, line, column, row id) of each problem of a rule."""
        return {(p["path"], p["line"], p["column"], p["row_id"]) for p in self.report if p["rule"] == rule}

    def messages(self, rule: str, row_id: str, column: str) -> list[str]:
        """What a rule says of a cell."""
        place = (rule, row_id, column)
        return [p["message"] for p in self.report if (p["rule"], p["row_id"], p["column"]) == place]


def add_case(rows: Tables, case: Case, number: int, key: list[str]) -> str:
    """Add the case's row under a new id, where its changes give none; the row's id."""
    _, table, copied, _, changes = case
    row = next(row for row in rows[table] if row[key[0]] == copied) | changes
    if len(key) == 1 and key[0] not in changes and key[0] != "row_id":
        row[key[0]] = f"{copied[0]}{number:0{len(copied) - 1}}"
    rows[table].append(row)
    return "/".join(str(row[column]) for column in key)


def break_package(folder: Path, cases: list[Case]) -> Broken:
    """The artificial package with the row of every case, and what the gate reports of it."""
    rows = artificial_rows()
    resources = load_package(ROOT)
    row_ids = {
        case[0]: add_case(rows, case, number, primary_key(resources.resource(case[1])))
        for number, case in enumerate(cases, start=2000)
    }
    package = build_package(folder / "package", rows)
    assert validate.main(["--root", str(package), "--report", str(folder / "report.json")]) == 1
    return Broken(load_package(package), json.loads((folder / "report.json").read_text(encoding="utf-8")), row_ids)


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Broken:
    """The package with a wrong row of every kind."""
    return break_package(tmp_path_factory.mktemp("broken"), EXPECTATIONS + RULES)


@pytest.fixture(scope="module")
def lowered(tmp_path_factory: pytest.TempPathFactory) -> Broken:
    """The package with what fails for a table as a whole, so that no other case changes its figures."""
    return break_package(tmp_path_factory.mktemp("lowered"), SPARSE + SPARSE)


@pytest.mark.parametrize("case", EXPECTATIONS + RULES, ids=lambda case: case[0])
def test_fails(broken: Broken, case: Case) -> None:
    rule, table, _, column, _ = case
    path, row_id = f"data/{table}.csv", broken.row_ids[rule]
    lines = (broken.package.root / path).read_text(encoding="utf-8").split("\n")
    line = next(n for n, text in enumerate(lines, start=1) if all(cell in text for cell in row_id.split("/")))
    assert (path, line, column, row_id) in broken.places(rule)
    assert broken.messages(rule, row_id, column) == [EXAMPLES[rule]]


@pytest.mark.parametrize(("rule", "place"), WHOLE_TABLE.items())
def test_fails_for_the_table_as_a_whole(lowered: Broken, rule: str, place: tuple[str, str]) -> None:
    path, column = place
    assert (path, 0, column, "") in lowered.places(rule)
    assert lowered.messages(rule, "", column) == [EXAMPLES[rule]]


def test_only_the_broken_rows_fail(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert validate.main(["--root", str(package), "--scope", "model"]) == 0
    assert capsys.readouterr().out == ""


def test_part_of_an_event_may_be_dated_more_vaguely(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = artificial_rows()
    rows["events"][1] |= MARCH_3 | {"date_precision": "month", "date_start": "2018-03-01", "date_end": "2018-03-31"}
    package = build_package(tmp_path / "package", rows)
    validate.main(["--root", str(package), "--scope", "model"])
    assert "event-within-parent-dates" not in capsys.readouterr().out


def test_every_rule_has_a_case() -> None:
    assert sorted(EXAMPLES) == sorted([case[0] for case in EXPECTATIONS + RULES] + list(WHOLE_TABLE))
