"""Withholding: a person is taken out everywhere in one step, the gate passes, and nothing of them can be found."""

import csv
import os
import re
import shutil
from pathlib import Path

import pytest
from pyarrow import parquet
from withholding import (
    FILES,
    PARTS,
    add_site_and_zip,
    all_ids,
    chosen,
    confirmable,
    leaks,
    plain,
    removed_values,
    rows,
    words_of_others,
)

from scripts import build_parquet, correct, fingerprint, floors, history, validate, verify, withhold
from scripts.changes import compare
from scripts.differences import RowChange
from scripts.extent import Extent
from scripts.fingerprint import passage_texts
from scripts.fingerprints import Prints, binds_of, gram_hash, grams_of
from scripts.gate import check_package
from scripts.memo import Memo
from scripts.package import ROOT, load_package
from scripts.tokens import words_of
from scripts.transaction import write_all
from scripts.versions import read_version
from scripts.withheld_coding import ROUNDS, codings_without
from scripts.withheld_names import Name
from scripts.withheld_package import read_rows, withheld_files
from scripts.withheld_rows import without_person
from scripts.withheld_texts import without_examples

PAIRS = Path("validation") / "double_coding" / "round-3" / "pairs.csv"
MODES = ("pseudonymise", "withdraw")
BARE = {
    "name": "withheld", "surname": "", "given_name": "", "patronymic": "", "age_as_printed": "", "place_id": "",
    "relation": "other_named", "person_type": "not_stated", "is_complainant": "false", "is_withheld": "true",
    "naming_basis": "withheld", "description": "",
}  # fmt: skip


def copied(folder: Path) -> Path:
    """A copy of the package as it is committed, without what is built."""
    root = folder / "package"
    for part in (*PARTS, "scripts"):
        shutil.copytree(ROOT / part, root / part, ignore=shutil.ignore_patterns("__pycache__"))
    for file in FILES:
        if (ROOT / file).is_file():
            shutil.copyfile(ROOT / file, root / file)
    return root


def run(root: Path, *arguments: str) -> int:
    """The exit code of the program."""
    return withhold.main([*arguments, "--month", "2026-11", "--root", str(root)])


def look(root: Path, person_id: str, mode: str, values: set[str]) -> list[str]:
    """What is wrong with a package from which a person was just taken, their removed values known."""
    wrong = leaks(root, values)
    row = [row for row in rows(root, "persons") if row["person_id"] == person_id]
    wrong += [] if row == ([BARE | {"person_id": person_id}] if mode == "pseudonymise" else []) else ["the row"]
    retired = [r for r in rows(root, "retired_ids") if r["row_id"] == person_id]
    fate = {"table_name": "persons", "row_id": person_id, "reason_code": "withheld", "successor_id": ""}
    wrong += [] if [fate] * (mode == "withdraw") == [dict(list(r.items())[:4]) for r in retired] else ["retired_ids"]
    left = {
        table
        for table in ("acts", "penalties", "charges", "case_persons", "attestations", "responses", "person_names")
        for row in rows(root, table)
        if person_id in row.values()
    }
    left |= {
        path.relative_to(root).as_posix()
        for path in (root / "validation").rglob("*.csv")
        if re.search(rf"\b{person_id}\b", path.read_text(encoding="utf-8"))
    }
    hidden = {r["row_id"] for r in rows(root, "retired_ids") if r["reason_code"] == "withheld"} | {person_id}
    method = (root / "metadata" / "methodology.md").read_text(encoding="utf-8")
    wrong += sorted(f"{row_id} in the method" for row_id in hidden if f"`{row_id}`" in method)
    wrong += sorted(f"{row_id} in the history" for row_id in hidden & ids_of_the_history(root))
    return wrong + sorted(left)


def ids_of_the_history(root: Path) -> set[str]:
    """The ids that have a line in the history of ids."""
    with (root / history.FILE).open(encoding="utf-8", newline="") as file:
        return {row["row_id"] for row in csv.DictReader(file)}


SAMPLE = {"case": MODES[0], "penalties": MODES[1], "shared-surname": MODES[0], "no-complainant": MODES[1]}


@pytest.mark.parametrize(
    ("number", "mode"),
    [pytest.param(n, mode, marks=[pytest.mark.long] if n in (1, 2) else []) for n, mode in enumerate(SAMPLE.values())],
    ids=list(SAMPLE),
)
def test_a_person_is_nowhere_afterwards(tmp_path: Path, number: int, mode: str, memo: Memo) -> None:
    person = chosen()[number]
    root = copied(tmp_path)
    values = removed_values(root, person)
    spellings = {row["name_as_printed"] for row in rows(root, "person_names") if row["person_id"] == person}
    everywhere = {row["passage_id"] for row in rows(root, "passages")}
    add_site_and_zip(root)
    assert leaks(root, values) != []
    assert confirmable(root, spellings, everywhere) != set()
    assert person in ids_of_the_history(root)
    write_all(root, withheld_files(root, person, mode, "2026-11", memo))
    add_site_and_zip(root)
    assert look(root, person, mode, values) == []
    assert says_too_much(root) == []
    assert confirmable(root, spellings, everywhere) == set()


def says_too_much(root: Path) -> list[str]:
    """What a comparison with the package as it is here says beside “row withheld”, and a version that is no patch."""
    changes = compare(read_version(str(ROOT), ROOT), read_version(str(root), ROOT))
    silent = changes.rows == [RowChange("persons", "", "withheld")] and not [*changes.figures, *changes.columns]
    return ([] if silent else ["the comparison"]) + ([] if changes.bump == "patch" else ["the version"])


@pytest.mark.long
@pytest.mark.parametrize("mode", MODES)
def test_everybody_can_be_withheld_and_leaves_nothing(tmp_path: Path, mode: str, memo: Memo) -> None:
    wrong = {}
    everywhere = {row["passage_id"] for row in rows(ROOT, "passages")}
    for person in all_ids():
        root = copied(tmp_path / person)
        spellings = {row["name_as_printed"] for row in rows(root, "person_names") if row["person_id"] == person}
        values = removed_values(root, person)
        try:
            write_all(root, withheld_files(root, person, mode, "2026-11", memo))
        except ValueError as error:
            wrong[person] = [str(error)]
            continue
        add_site_and_zip(root)
        found = says_too_much(root) + look(root, person, mode, values)
        found += sorted(confirmable(root, spellings, everywhere))
        wrong |= {person: found} if found else {}
        shutil.rmtree(root)
    assert wrong == {}


def test_a_dry_run_writes_nothing(tmp_path: Path, memo: Memo) -> None:
    root, person = copied(tmp_path), chosen()[1]
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    said = withhold.withhold(root, person, "withdraw", "2026-11", dry_run=True, memo=memo)
    assert said == "persons: row withheld\nnothing was written (--dry-run)"
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_the_program_writes_all_of_it_and_names_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root, person = copied(tmp_path), chosen()[0]
    values = removed_values(root, person)
    assert run(root, person, "--mode", "pseudonymise") == 0
    out, err = capsys.readouterr()
    assert out == f"persons: row withheld\n{withhold.AFTERWARDS}\n"
    assert err == ""
    assert leaks(root, values) == []
    assert validate.main(["--root", str(root)]) == 0
    assert floors.main(["--root", str(root), "--check"]) == 0
    assert build_parquet.main(["--root", str(root), "--check"]) == 0
    assert (root / "metadata" / "withheld.csv").read_text(encoding="utf-8") == "month,rows\n2026-11,1\n"


@pytest.fixture(scope="module")
def without_two(tmp_path_factory: pytest.TempPathFactory, memo: Memo) -> Path:
    """A package without two people, the first of whom keeps a row and the second none; not to be changed."""
    root, (_, first, _, second) = copied(tmp_path_factory.mktemp("two")), chosen()
    write_all(root, withheld_files(root, first, "pseudonymise", "2026-11", memo))
    write_all(root, withheld_files(root, second, "withdraw", "2026-11", memo))
    return root


def two_withheld(folder: Path, without_two: Path) -> tuple[Path, str, str]:
    """A copy of that package, and the ids of the two."""
    _, first, _, second = chosen()
    return shutil.copytree(without_two, folder / "package"), first, second


def test_withheld_twice_or_unknown_is_one_clear_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], without_two: Path
) -> None:
    root, first, second = two_withheld(tmp_path, without_two)
    for person, line in (
        (first, "withhold: this row is withheld already"),
        (second, "withhold: this row is withheld already"),
        ("P9999", "withhold: data/persons.csv has no such row: give the id of a person, such as P0001"),
    ):
        assert run(root, person, "--mode", "withdraw") == 1
        assert capsys.readouterr() == ("", f"{line}\n")
    assert (root / "metadata" / "withheld.csv").read_text(encoding="utf-8") == "month,rows\n2026-11,2\n"


@pytest.mark.parametrize(
    "arguments",
    [["Some Name", "--mode", "withdraw", "--month", "2026-11"], ["P0001", "--mode", "hide", "--month", "2026-11"],
     ["P0001", "--mode", "withdraw", "--month", "November"], ["P0001", "--mode", "withdraw"]],
)  # fmt: skip
def test_what_is_asked_wrongly_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        withhold.main(arguments)
    assert stop.value.code == 2
    assert "Some Name" not in capsys.readouterr().err


def test_a_package_with_errors_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copied(tmp_path)
    file = root / "data" / "rights.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("G0001", "G9001"), encoding="utf-8")
    assert run(root, chosen()[0], "--mode", "withdraw") == 1
    message = "withhold: the package does not pass the gate as it is: run python -m scripts.validate first"
    assert capsys.readouterr().err.splitlines()[-1] == message


def test_what_goes_with_a_person_and_what_stays(package: Path) -> None:
    loaded = load_package(package)
    found = without_person(loaded, read_rows(loaded), "P0002", keep_row=False)
    assert {row for row in found.gone if row[0] != "citations"} == {
        ("persons", "P0002"), ("penalties", "N0002"), ("charges", "C0001"), ("cases", "K0001"), ("events", "E0003"),
        ("official_roles", "Q0001"), ("officials", "O0001"),
    }  # fmt: skip
    act = next(row for row in found.tables["acts"] if row["act_id"] == "A0002")
    assert (act["person_id"], act["target_person_id"], act["relation_to_target"]) == ("P0001", "", "")
    assert [row["person_id"] for row in found.tables["persons"]] == ["P0001", "P0003"]


TEXTS = [  # a text, what is left of it
    ("Testo Mockson told of it. The judge left.", "The judge left."),
    ("It was told by Mockson; the judge left.", ""),
    ("MOCKSON’S account differs. Art. 12 is named.", "Art. 12 is named."),
    ("They mock nobody. Testo is a brand.", "They mock nobody. Testo is a brand."),
    ("https://example.org/of-mockson-and-others", ""),
]


@pytest.mark.parametrize(("text", "left"), TEXTS)
def test_sentences_that_name_the_person_go(text: str, left: str) -> None:
    name = Name(("Testo Mockson",), frozenset({"testo", "mockson"}), frozenset({"mockson"}))
    assert name.without(text) == left


@pytest.mark.parametrize(
    ("title", "left"),
    [("Case of Testo Mockson and Other Body", "Case of Other Body"), ("Case of Other Body and Testo Mockson",
     "Case of Other Body"), ("Case of Testo Mockson", ""), ("Search of Testo Mockson’s house", "")],
)  # fmt: skip
def test_a_title_keeps_the_others(title: str, left: str) -> None:
    name = Name(("Testo Mockson",), frozenset({"testo", "mockson"}), frozenset({"mockson"}))
    assert name.title_without(title) == left


def test_of_several_people_in_a_coders_cell_the_others_stay() -> None:
    head = "unit,person,victim_scope,target_person\n"
    file = ROUNDS / "round-1" / "second" / "acts.csv"
    units = "a1,,unnamed_group,P0001;P0002\na2,P0002;P0003,person,\na3,,unnamed_group,P0002\na4,P0001,person,\n"
    left = "a1,,unnamed_group,P0001\na2,P0003,person,\na4,P0001,person,\n"
    nameless = Name((), frozenset(), frozenset())
    assert codings_without({file: head + units}, set(), "P0002", nameless) == {file: head + left}


def test_a_document_gives_no_row_that_is_gone_as_an_example() -> None:
    text = "| A label stands apart. | `A0001`, `A0011` |\nThe form is `A00011`."
    left = "| A label stands apart. | withheld, `A0011` |\nThe form is `A00011`."
    assert without_examples(text, frozenset({"A0001"})) == left


def edit(root: Path, table: str, key: str, row_id: str, changes: dict[str, str] | None) -> None:
    """Change a row of a table, or take it out, and write its Parquet again."""
    file = root / "data" / f"{table}.csv"
    found = rows(root, table)
    kept = [row | changes if row[key] == row_id and changes else row for row in found if row[key] != row_id or changes]
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, list(found[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)


def told(root: Path, memo: Memo) -> set[str]:
    """The rules of which the gate finds an error."""
    problems = check_package(load_package(root), root, Extent(), memo).problems
    return {problem.rule for problem in problems if problem.severity == "error"}


def test_what_counts_withheld_rows_as_present_lets_no_other_fault_through(
    tmp_path: Path, without_two: Path, memo: Memo
) -> None:
    root, first, second = two_withheld(tmp_path, without_two)
    assert told(root, memo) == set()
    good = {path: path.read_bytes() for path in (root / "data").glob("*.csv")}
    complains = next(r for r in rows(root, "persons") if r["is_complainant"] == "true")
    other = {"is_complainant": "false", "naming_basis": "named_in_source", "age_as_printed": "", "place_id": ""}
    spelling = rows(root, "person_names")[0]
    described = next(row["act_id"] for row in rows(root, "acts") if row["description"])
    with (root / PAIRS).open(encoding="utf-8") as pairs:
        double = next(row["row_id"] for row in csv.DictReader(pairs) if row["table_name"] == "acts")
    for table, key, row_id, changes, rule in (
        ("persons", "person_id", complains["person_id"], other, "complainants-are-129"),
        ("persons", "person_id", first, BARE | {"is_withheld": "false", "naming_basis": "named_in_source"},
         "withheld-rows-are-counted"),
        ("person_names", "name_as_printed", spelling["name_as_printed"], None, "filled-cells-hold"),
        ("acts", "act_id", double, {"hours_max": "99", "hours_min": "99"}, "second-coding-differs"),
        ("acts", "act_id", described, {"description": ""}, "filled-cells-hold"),
        ("retired_ids", "row_id", second, None, "withheld-rows-are-counted"),
    ):  # fmt: skip
        edit(root, table, key, row_id, changes)
        assert rule in told(root, memo), (table, rule)
        for path, content in good.items():
            path.write_bytes(content)


def test_a_correction_cannot_bring_a_withheld_person_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], without_two: Path
) -> None:
    root, first, _ = two_withheld(tmp_path, without_two)
    head = "id: back-again\nasked_by: researcher\nreason: Mistaken.\nevidence:\n  - source_id: S0001\nchanges:\n"
    tail = "decision: accepted\ndecided_on: 2026-11-25\nversion: 0.2.0\n"
    values = (("is_withheld", "true", "false"), ("name", "withheld", "Some Body"),
              ("naming_basis", "withheld", "named_in_source"))  # fmt: skip
    changes = "".join(
        f'  - {{change: value, table: persons, row_id: {first}, field: {field}, expect: "{old}", value: "{new}"}}\n'
        for field, old, new in values
    )
    file = tmp_path / "back-again.yaml"
    file.write_text(head + changes + tail, encoding="utf-8")
    assert correct.main([str(file), "--root", str(root)]) == 1
    assert "  correction-names-no-withheld-row  " in capsys.readouterr().out
    assert [row["is_withheld"] for row in rows(root, "persons") if row["person_id"] == first] == ["true"]


CORRECTION = """# A note that names {name}.
id: 2026-11-two-changes
asked_by: researcher
reason: The passage of {name} was misread. A cell differs.
evidence:
  - source_id: S0001
changes:
  - {{change: other_value, table: persons, row_id: {person}, field: name, expect: "{name}", value: "{name}",
     source_id: S0001, status: disputed, note: Told by a reader.}}
  - {{change: other_value, table: places, row_id: {place}, field: name, expect: "{at}", value: Elsewhere,
     source_id: S0001, status: disputed, note: Told by a reader.}}
"""


def test_corrections_about_a_person_go_with_them(tmp_path: Path, memo: Memo) -> None:
    root, person = copied(tmp_path), chosen()[1]
    values = removed_values(root, person)
    name = next(row["name"] for row in rows(root, "persons") if row["person_id"] == person)
    place = rows(root, "places")[0]
    folder = root / "metadata" / "corrections"
    folder.mkdir(exist_ok=True)
    text = CORRECTION.format(name=name, person=person, place=place["place_id"], at=place["name"])
    (folder / "2026-11-two-changes.yaml").write_text(text, encoding="utf-8")
    write_all(root, withheld_files(root, person, "withdraw", "2026-11", memo))
    assert leaks(root, values) == []
    left = (folder / "2026-11-two-changes.yaml").read_text(encoding="utf-8")
    assert person not in left
    assert place["place_id"] in left
    assert "A cell differs." in left


@pytest.mark.skipif(not os.environ.get("KZ2018_SOURCE"), reason="it needs the report's text: KZ2018_SOURCE")
def test_fingerprints_keep_no_hash_that_the_text_gives_for_the_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], memo: Memo
) -> None:
    source, root, person = os.environ["KZ2018_SOURCE"], copied(tmp_path), chosen()[0]
    others = words_of_others(root, person)
    spellings = [row["name_as_printed"] for row in rows(root, "person_names") if row["person_id"] == person]
    own = {word for spelling in spellings for word in words_of(spelling) if not set(plain(word).split()) & others}
    texts = passage_texts(Path(source).read_text(encoding="utf-8"))
    assert left_of(root, texts, own) != []
    write_all(root, withheld_files(root, person, "withdraw", "2026-11", memo))
    assert left_of(root, texts, own) == []
    assert fingerprint.main(["--root", str(root), "--source", source, "--check"]) == 0
    assert verify.main(["--root", str(root), "--source", source]) == 0
    assert fingerprint.main(["--root", str(root), "--source", source]) == 0
    assert left_of(root, texts, own) == []


def left_of(root: Path, texts: dict[str, str], own: set[str]) -> list[str]:
    """The passages whose fingerprint confirms a token, pair or bind of the text that has a word of a name."""
    held = Prints.of(parquet.read_table(root / "data" / "parquet" / "fingerprints.parquet"))
    found = []
    for passage, text in texts.items():
        for made, kept in ((grams_of(text), held.grams), (binds_of(text), held.binds)):
            mine = {gram for gram in made if own & set(gram.replace("|", " ").split())}
            found += [passage] * any(gram_hash(passage, gram) in kept[passage] for gram in mine)
    return sorted(found)
