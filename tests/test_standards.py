"""The dataset as standards describe it: each file passes its standard's own validator offline, and all agree."""

import hashlib
import io
import json
import logging
import shutil
import socket
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import rdflib
import yaml
from artificial import write_package
from jsonschema import FormatChecker
from jsonschema.validators import validator_for
from requests import PreparedRequest, Response
from requests.adapters import HTTPAdapter
from standard_readers import READERS, Told
from urllib3 import HTTPResponse

from scripts.package import ROOT, Package, column_names, load_package, read_table
from scripts.project import Project, draft_note, read_project
from scripts.standards import DescribedFile, kept_files, standards_files
from scripts.standards.responsible_ai import ANSWERS, responsible_ai

SHAPES = Path(__file__).parent / "schemas" / "science-on-schema.org"
RELEASED = date(2026, 12, 1)
SET = {
    "publisher": "Example Archive",
    "contact": "answers@archive.example",
    "repository": "https://code.example/kz2018",
    "answered_by": "Two editors",
    "answered_within_days": 9,
    "site": "https://archive.example",
    "doi": "10.5072/example",
    "place": {"name": "Exampleland", "country_code": "ZZ"},
    "subjects": ({"term": "FOS: Law", "scheme": "Fields", "scheme_uri": "https://fields.example/"},),
}
DRAFT = Project("", "", "", "", None)
PUBLISHED = Project(**SET)  # type: ignore[arg-type]
TITLE = "Kazakhstan 2018: persons, events, penalties and officials in one human-rights report"


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever asks for a host fails."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError("a standard's validator asked for the network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def described(package: Package, folder: Path) -> list[DescribedFile]:
    """The tables of a package and a readme, laid in a release's folder, as a release describes them."""
    (folder / "data").mkdir(parents=True)
    (folder / "README.md").write_bytes(b"Read me.\n")
    files = [DescribedFile("README.md", "text/markdown", "Read me", 9, hashlib.sha256(b"Read me.\n").hexdigest())]
    for resource in package.csv_resources:
        name, content = resource["name"], package.csv_path(resource["name"]).read_bytes()
        (folder / resource["path"]).write_bytes(content)
        rows = read_table(package, name).num_rows
        told = (len(content), hashlib.sha256(content).hexdigest(), name, rows)
        files.append(DescribedFile(resource["path"], "text/csv", resource["title"], *told))
    return files


def lay(folder: Path, project: Project, released: date | None) -> Path:
    """A release of the artificial package in a folder, with its standards' files."""
    (folder / "source").mkdir(parents=True)
    package = load_package(write_package(folder / "source"))
    files = described(package, folder / "release")
    for name, content in standards_files(package, project, files, released).items():
        (folder / "release" / name).write_bytes(content)
    return folder / "release"


@pytest.fixture(scope="module")
def draft(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release that nobody publishes and that has no day."""
    return lay(tmp_path_factory.mktemp("draft"), DRAFT, None)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release that an archive publishes."""
    return lay(tmp_path_factory.mktemp("published"), PUBLISHED, RELEASED)


@pytest.fixture(params=["draft", "published"])
def release(request: pytest.FixtureRequest) -> Path:
    """The one, then the other."""
    return Path(request.getfixturevalue(request.param))


# Each passes its validator


def test_citation_cff_is_valid(release: Path) -> None:
    from check_jsonschema.builtin_schemas import get_builtin_schema

    schema = get_builtin_schema("vendor.citation-file-format")
    check = validator_for(schema)(schema, format_checker=FormatChecker())
    document = yaml.safe_load((release / "CITATION.cff").read_bytes())
    assert [error.message for error in check.iter_errors(document)] == []
    assert [e.message for e in check.iter_errors(document | {"doi": "10.5072"})] != []


def test_datacite_is_valid(release: Path) -> None:
    from datacite import schema45

    document = json.loads((release / "datacite.json").read_bytes())
    assert [error.message for error in schema45.validator.iter_errors(document)] == []
    assert [e.message for e in schema45.validator.iter_errors(document | {"titles": []})] == ["[] should be non-empty"]


def violations(file: Path, shapes: Path) -> set[str]:
    """The properties at which a JSON-LD file breaks shapes."""
    import pyshacl

    data = rdflib.Graph().parse(data=file.read_text("utf-8"), format="json-ld", publicID="https://archive.example/")
    _, found, _ = pyshacl.validate(data, shacl_graph=rdflib.Graph().parse(shapes), do_owl_imports=False)
    path = rdflib.URIRef("http://www.w3.org/ns/shacl#resultPath")
    return {str(node).removeprefix("http://schema.org/") for node in found.objects(None, path)}


@pytest.mark.parametrize("shapes", sorted(SHAPES.glob("*.ttl")), ids=lambda path: path.stem)
def test_schema_org_fits_the_shapes(draft: Path, published: Path, shapes: Path) -> None:
    assert violations(published / "schema-org.json", shapes) == set()
    # schema.org has no word for an address that nobody has yet: a draft lacks it, and what a repository would give.
    lacks = {"soso_common_v1.2.3": {"url", "sameAs"}, "googleRequired": {"url"}}
    lacks["googleRecommended"] = {"url", "sameAs", "spatialCoverage"}  # no place is set either
    assert violations(draft / "schema-org.json", shapes) == lacks[shapes.stem]


def test_croissant_is_valid_and_reads_the_tables(release: Path, caplog: pytest.LogCaptureFixture) -> None:
    import mlcroissant

    caplog.set_level(logging.CRITICAL)
    dataset = mlcroissant.Dataset(release / "croissant.json")
    assert dataset.metadata.ctx.issues.errors == set()
    undated = "datePublished"
    assert [undated in warning for warning in dataset.metadata.ctx.issues.warnings] == [True] * (
        release.parent.name.startswith("draft")
    )
    package = load_package(release.parent / "source")
    found = {each.uuid: len(list(dataset.records(each.uuid))) for each in dataset.metadata.record_sets}
    rows = {r["name"]: read_table(package, r["name"]).num_rows for r in package.csv_resources}
    assert found == rows
    record = next(iter(dataset.records("events")))
    assert record["events/event_id"] == b"E0001"
    assert str(record["events/date_start"])[:10] == "2018-05-10"


class Given(HTTPAdapter):
    """Answers every address with one text."""

    def __init__(self, text: bytes) -> None:
        super().__init__()
        self.text = text

    def send(self, request: PreparedRequest, *_: Any, **__: Any) -> Response:
        body = {"body": io.BytesIO(self.text), "headers": {"Content-Type": "application/ld+json"}}
        return self.build_response(request, HTTPResponse(status=200, preload_content=False, **body))


CRATE = "https://w3id.org/ro/crate/1.2/context"
CONTEXT = Path(__file__).parent / "schemas" / "ro-crate-1.2-context.jsonld"
TERMS = (
    "CreativeWork Dataset Organization Place ContactPoint PropertyValue about author citation contactPoint contactType"
    " contentSize creativeWorkStatus creator creditText dateCreated datePublished description email encodingFormat"
    " hasPart identifier inLanguage isBasedOn keywords license name propertyID publisher sha256 size spatialCoverage"
    " temporalCoverage url value variableMeasured version"
)


def context() -> bytes:
    """RO-Crate's context where it is here, else the terms that our file uses, as that context has them."""
    if CONTEXT.is_file():
        return CONTEXT.read_bytes()
    terms = {term: f"http://schema.org/{term}" for term in TERMS.split()}
    terms |= {"File": "http://schema.org/MediaObject", "conformsTo": "http://purl.org/dc/terms/conformsTo"}
    return json.dumps({"@context": terms}).encode()


@pytest.fixture
def crate_cache(tmp_path: Path) -> Iterator[Path]:
    """What roc-validator remembers of the network: the context alone."""
    from requests_cache import CachedSession

    with CachedSession(str(tmp_path / "http"), expire_after=-1) as session:
        session.mount("https://", Given(context()))
        for accepted in ({}, {"Accept": "application/ld+json, application/json"}):
            session.get(CRATE, headers=accepted)
    yield tmp_path / "http"


def faults(crate: Path, cache: Path) -> list[str]:
    """What roc-validator finds missing that RO-Crate 1.2 requires."""
    from rocrate_validator import services

    settings = {"rocrate_uri": str(crate), "profile_identifier": "ro-crate-1.2", "requirement_severity": "REQUIRED"}
    found = services.validate(settings | {"offline": True, "cache_path": cache}).get_issues()
    return sorted(str(issue.message) for issue in found)


def test_ro_crate_is_valid(published: Path, crate_cache: Path) -> None:
    assert faults(published, crate_cache) == []


@pytest.mark.long
def test_ro_crate_of_a_draft_is_valid_and_a_lost_file_is_seen(draft: Path, crate_cache: Path, tmp_path: Path) -> None:
    assert faults(draft, crate_cache) == []
    broken = shutil.copytree(draft, tmp_path / "broken")
    (broken / "README.md").unlink()
    assert any("README.md" in fault for fault in faults(broken, crate_cache))


# The fields of a deposit that Zenodo's developers' pages document, with what they may hold
ZENODO = {
    "upload_type": {"const": "dataset"},
    "title": {"type": "string", "minLength": 1},
    "description": {"type": "string", "minLength": 1},
    "version": {"type": "string"},
    "publication_date": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    "access_right": {"enum": ["open", "closed"]},
    "license": {"const": "cc-by-4.0"},
    "creators": {"type": "array", "minItems": 1, "items": {"type": "object", "required": ["name"]}},
    "keywords": {"type": "array", "items": {"type": "string"}},
    "language": {"type": "string", "pattern": "^[a-z]{3}$"},
    "notes": {"type": "string"},
    "related_identifiers": {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["identifier", "relation"],
            "properties": {
                "identifier": {"type": "string", "format": "uri"},
                "relation": {"enum": ["isDerivedFrom", "isSupplementedBy"]},
                "resource_type": {"const": "publication-report"},
            },
            "additionalProperties": False,
        },
    },
}


def test_zenodo_has_documented_fields_alone(release: Path) -> None:
    from jsonschema import Draft202012Validator

    needed = ["upload_type", "title", "description", "creators", "access_right", "license"]
    schema = {"type": "object", "properties": ZENODO, "required": needed, "additionalProperties": False}
    document = json.loads((release / ".zenodo.json").read_bytes())
    assert [error.message for error in Draft202012Validator(schema).iter_errors(document)] == []


# All say the same


def told(release: Path) -> dict[str, Told]:
    """What each file of a release tells."""
    return {name: read((release / name).read_bytes()) for name, read in READERS.items()}


def test_all_agree_with_the_tables(release: Path) -> None:
    package = load_package(release.parent / "source")
    tables = {
        r["name"]: (read_table(package, r["name"]).num_rows, column_names(r)) for r in package.csv_resources
    }  # fmt: skip
    assert len(tables) == 34
    assert told(release) == dict.fromkeys(READERS, Told(TITLE, "0.1.0", "CC-BY-4.0", tables))


PLANTED = {"title": ("Kazakhstan 2018:", "Kazakhstan 2019:"), "version": ("0.1.0", "0.1.1"),
           "rows": ("4 rows", "5 rows"), "column": ("given_name", "given_names")}  # fmt: skip


@pytest.mark.parametrize("planted", list(PLANTED))
@pytest.mark.parametrize("name", list(READERS))
def test_a_planted_difference_is_seen(published: Path, name: str, planted: str) -> None:
    text, (old, new) = (published / name).read_text(encoding="utf-8"), PLANTED[planted]
    assert old in text
    assert READERS[name](text.replace(old, new).encode()) != told(published)[name]


def test_the_release_is_the_same_each_time(published: Path, tmp_path: Path) -> None:
    again = lay(tmp_path, PUBLISHED, RELEASED)
    assert {name: (again / name).read_bytes() for name in READERS} == {
        name: (published / name).read_bytes() for name in READERS
    }


# Drafts


def test_a_draft_says_so_in_each_file(draft: Path, published: Path) -> None:
    for name in READERS:
        assert "raft, not for publication" in (draft / name).read_text(encoding="utf-8"), name
        assert "raft, not for publication" not in (published / name).read_text(encoding="utf-8"), name


@pytest.mark.parametrize(
    ("publisher", "contact", "note"),
    [("", "", "draft, not for publication"), ("Archive", "", "draft, not for publication"),
     ("", "a@b.example", "draft, not for publication"), ("Archive", "a@b.example", "")],
)  # fmt: skip
def test_it_is_a_draft_until_somebody_publishes_and_answers(publisher: str, contact: str, note: str) -> None:
    assert draft_note(Project(publisher, contact, "", "", None)) == note


def test_the_doi_of_all_versions_is_not_taken_for_that_of_one(published: Path) -> None:
    datacite = json.loads((published / "datacite.json").read_bytes())
    related = {"relatedIdentifier": "10.5072/example", "relatedIdentifierType": "DOI", "relationType": "IsVersionOf"}
    assert related in datacite["relatedIdentifiers"]
    assert "doi" not in datacite
    assert "10.5072" not in (published / ".zenodo.json").read_text(encoding="utf-8")


def test_what_is_not_set_stays_out(draft: Path) -> None:
    zenodo, datacite = (json.loads((draft / name).read_bytes()) for name in (".zenodo.json", "datacite.json"))
    assert zenodo.keys() & {"publication_date"} == set()
    assert zenodo["access_right"] == "closed"
    assert datacite["publisher"] == {"name": ":unav"}
    assert datacite.keys() & {"doi", "url", "subjects"} == {"subjects"}
    assert [each["relationType"] for each in datacite.get("relatedIdentifiers", [])] == []
    for name in READERS:
        assert '""' not in (draft / name).read_text(encoding="utf-8"), name


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [("doi", "https://doi.org/10.5072/x", "a DOI is written 10.5072/example, without an address before it"),
     ("place", {"name": "Exampleland"}, "place has country_code, name, and nothing else"),
     ("subjects", [{"term": "Law", "url": ""}], "subjects has scheme, scheme_uri, term, and nothing else")],
)  # fmt: skip
def test_a_setting_of_another_form_is_refused(tmp_path: Path, setting: str, value: object, said: str) -> None:
    (tmp_path / "metadata").mkdir()
    (tmp_path / "metadata" / "project.json").write_text(json.dumps(SET | {setting: value}), encoding="utf-8")
    with pytest.raises(ValueError, match=f"^metadata/project.json: {said}$"):
        read_project(tmp_path)


# This project


def test_the_repository_keeps_two_of_them_without_counts() -> None:
    kept = kept_files(load_package(), read_project(), None)
    assert sorted(kept) == [".zenodo.json", "CITATION.cff"]
    assert {name: (ROOT / name).read_bytes() for name in kept} == kept
    assert b"rows" not in kept["CITATION.cff"].replace(b"Every\n  row", b"")


def test_responsible_use_is_answered_by_documents_that_are_there() -> None:
    said = responsible_ai(ROOT)
    assert said.keys() == {f"rai:{name}" for name in [*ANSWERS, "dataCollectionType", "dataCollectionMissingData"]}
    assert said["rai:dataBiases"][0] == (
        "129 self-selected complainants. They gave powers of attorney to the report's publisher. "
        "They are no sample of anything."
    )
    assert all(text and "`" not in text and "**" not in text for value in said.values() for text in [*value])


def test_a_document_without_its_heading_is_told(tmp_path: Path) -> None:
    (tmp_path / "metadata").mkdir()
    (tmp_path / "metadata" / "terms.md").write_text("# Terms\n\n- Use it well.\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"^terms\.md has the heading “Terms of use” 0 times, where once is right$"):
        responsible_ai(tmp_path)
