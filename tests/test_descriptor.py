"""`datapackage.json` against the Data Package 2.0 profile, and against what the data model promises."""

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7

from scripts.package import ROOT, fields_of, load_package

PACKAGE = load_package(ROOT)
MODEL = {
    "persons", "person_names", "official_names", "places", "events", "acts", "attestations", "involvements",
    "responses", "other_values", "cases", "case_persons", "charges", "penalties", "officials", "official_roles",
    "institutions", "provisions", "rights", "right_provisions", "recommendations", "sources", "passages",
    "fingerprints", "passage_notes", "citations", "reported_totals", "total_events", "anomalies", "retired_ids",
    "act_types", "event_types", "penalty_types", "person_types", "institution_types",
}  # fmt: skip


def profiles() -> dict[str, dict[str, Any]]:
    """The profiles of Data Package 2.0 that the package dplib ships, by file name."""
    folder = Path(str(files("dplib"))) / "profiles" / "2.0"
    return {path.name: json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.json")}


def test_the_descriptor_is_a_data_package_2() -> None:
    found = profiles()
    registry: Registry[Any] = Registry().with_resources(
        (f"https://datapackage.org/profiles/2.0/{name}", Resource.from_contents(profile, default_specification=DRAFT7))
        for name, profile in found.items()
    )
    validator = jsonschema.Draft7Validator(found["datapackage.json"], registry=registry)
    assert [f"{error.json_path}: {error.message}"[:300] for error in validator.iter_errors(PACKAGE.descriptor)] == []
    broken = json.loads(json.dumps(PACKAGE.descriptor))
    broken["resources"][0]["schema"]["fields"][0]["example"] = 1
    assert len(list(validator.iter_errors(broken))) == 1


def test_every_table_of_the_data_model_is_described() -> None:
    assert {resource["name"] for resource in PACKAGE.resources} == MODEL


@pytest.mark.parametrize("resource", PACKAGE.resources, ids=lambda resource: resource["name"])
def test_every_column_has_title_description_and_example(resource: dict[str, Any]) -> None:
    bare = [f["name"] for f in fields_of(resource) if not (f["title"] and f["description"] and f["example"])]
    assert bare == []


def test_nobody_is_invented_as_a_contributor() -> None:
    assert [c["title"] for c in PACKAGE.descriptor["contributors"]] == [
        "Kazakhstan 2018 contributors", "Open Dialogue Foundation"
    ]  # fmt: skip
