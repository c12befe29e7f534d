"""A correction gets in wholly, with all that follows from it, or not at all, and says why in one line each."""

import csv
import pickle
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from fixture_package import Tables, artificial_rows, build_package

from scripts import correct, transaction, validate
from scripts.correcting import checked, differing
from scripts.corrections import read_correction, read_schema
from scripts.package import ROOT, load_package
from scripts.returned_sheets import SCHEMA_LINE

HEAD = """\
id: {name}
asked_by: researcher
reason: The report prints it so.
evidence:
  - passage_id: X0005
changes:
"""
DECIDED = "decision: accepted\ndecided_on: 2026-11-25\nversion: 0.2.0\n"
OFFICE = """\
  - {change: value, table: officials, row_id: O0001, field: office, expect: judge, value: ""}
"""
REPLY = """\
  - change: add
    table: sources
    new: S1
    row: {source_type: statement, title: A letter}
  - change: other_value
    table: persons
    row_id: P0001
    field: age_as_printed
    expect: 46
    value: 48
    source_id: new:S1
    status: disputed
    note: The letter says another age.
"""


def yaml(folder: Path, changes: str, decided: str = DECIDED, name: str = "fix-one") -> Path:
    """A correction file of these changes."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.yaml"
    file.write_text(HEAD.format(name=name) + changes + decided, encoding="utf-8")
    return file


def run(root: Path, *arguments: str | Path) -> int:
    """Run the program on a package."""
    return correct.main([*map(str, arguments), "--root", str(root), "--scope", "model"])


def rows(root: Path, table: str) -> list[dict[str, str]]:
    """The rows of a table."""
    with (root / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def contents(root: Path) -> dict[str, bytes]:
    """Every file of a folder with what it holds."""
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}


def errors(root: Path, capsys: pytest.CaptureFixture[str], *scope: str) -> list[str]:
    """The error lines of the gate, without the cell."""
    capsys.readouterr()
    validate.main(["--root", str(root), *scope])
    lines = capsys.readouterr().out.splitlines()
    return [line.partition(" (cell")[0] for line in lines if "  warning: " not in line]


def test_an_accepted_correction_is_written_with_all_that_follows(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(package, yaml(tmp_path, OFFICE + REPLY)) == 0
    printed = capsys.readouterr()
    assert printed.out.splitlines() == [
        "CHANGELOG.md",
        "data/officials.csv",
        "data/other_values.csv",
        "data/parquet/officials.parquet",
        "data/parquet/other_values.parquet",
        "data/parquet/sources.parquet",
        "data/sources.csv",
        "metadata/corrections.csv",
        "metadata/corrections/fix-one.yaml",
        "validation/floors.csv",
    ]
    assert printed.err.splitlines()[-1] == "correct: fix-one is accepted"
    assert [row["office"] for row in rows(package, "officials")] == ["", "officer"]
    assert rows(package, "sources")[-1]["source_id"] == "S0003"
    assert rows(package, "other_values")[-1] == {
        "other_value_id": "W0002", "table_name": "persons", "row_id": "P0001", "field": "age_as_printed",
        "value": "48", "source_id": "S0003", "passage_id": "", "status": "disputed",
        "note": "The letter says another age.",
    }  # fmt: skip
    assert (package / "metadata" / "corrections.csv").read_text(encoding="utf-8") == (
        "correction_id,asked_by,table_name,row_id,field,change,decision,decided_on,version,reason\n"
        "fix-one,researcher,officials,O0001,office,value,accepted,2026-11-25,0.2.0,The report prints it so.\n"
        "fix-one,researcher,sources,S0003,,add,accepted,2026-11-25,0.2.0,The report prints it so.\n"
        "fix-one,researcher,persons,P0001,age_as_printed,other_value,accepted,2026-11-25,0.2.0,"
        "The report prints it so.\n"
    )
    assert (package / "CHANGELOG.md").read_text(encoding="utf-8") == (
        "# Changelog\n\n## 0.2.0 (not yet released)\n\n### Corrections\n\n<!-- corrections:begin -->\n"
        "- `officials` O0001, `office`: corrected. The report prints it so. (fix-one, asked by: researcher)\n"
        "- `sources` S0003: added. The report prints it so. (fix-one, asked by: researcher)\n"
        "- `persons` P0001, `age_as_printed`: other value added. The report prints it so. (fix-one, asked by:"
        " researcher)\n<!-- corrections:end -->\n"
    )
    assert errors(package, capsys, "--scope", "model") == []
    after = contents(package)
    assert run(package, tmp_path / "fix-one.yaml") == 0
    assert capsys.readouterr().err == "correct: fix-one was applied before: nothing to do\n"
    assert run(package) == 0
    assert contents(package) == after


def test_the_same_correction_from_the_folder_gives_the_same_package(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = Path(shutil.copytree(package, tmp_path / "other"))
    assert run(package, yaml(tmp_path, REPLY)) == 0
    folder = other / "metadata" / "corrections"
    yaml(folder, REPLY, decided="")
    assert run(other, folder / "fix-one.yaml", "--dry-run") == 0
    assert run(other, yaml(folder, REPLY)) == 0
    assert contents(other) == contents(package)


def test_a_dry_run_shows_the_diff_and_the_gates_words_and_writes_nothing(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(package)
    change = "  - {change: value, table: penalties, row_id: N0001, field: amount_kzt, expect: 24050, value: 24500}\n"
    file = yaml(tmp_path, change, decided="")
    assert run(package, file, "--dry-run") == 1
    printed = capsys.readouterr().out.splitlines()
    assert "  penalties N0001  amount_kzt: 24050 → 24500" in printed
    assert "data/penalties.csv:2:amount_kzt  value-in-passage  “24500” does not stand in X0005" in printed
    assert run(package, file) == 1
    assert capsys.readouterr().out == (
        "fix-one.yaml:1:decision  correction-undecided  nobody has decided on this correction: a maintainer adds "
        "decision, decided_on and, if accepted, version\n"
    )
    assert run(package, yaml(tmp_path, change)) == 1
    assert contents(package) == before


def test_a_declined_correction_is_only_logged(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = contents(package)
    decided = "decision: declined\ndecided_on: 2026-11-25\nanswer: The passage says what the row says.\n"
    assert run(package, yaml(tmp_path, OFFICE, decided)) == 0
    after = contents(package)
    assert {path for path in after if after[path] != before.get(path)} == {
        "CHANGELOG.md", "metadata/corrections.csv", "metadata/corrections/fix-one.yaml",
    }  # fmt: skip
    assert b"fix-one,researcher,officials,O0001,office,value,declined,2026-11-25,," in after["metadata/corrections.csv"]
    assert run(package, tmp_path / "fix-one.yaml") == 0
    assert "fix-one was logged as declined before" in capsys.readouterr().err
    assert run(package, yaml(tmp_path, OFFICE)) == 1
    assert "has another correction of this id" in capsys.readouterr().out


def with_a_double(tables: Tables) -> Tables:
    """The artificial rows with a second row of one person, in every kind of reference."""
    double = tables["persons"][1] | {"person_id": "P0004", "name": "Testo Mockson"}
    tables["persons"].append(double)
    tables["person_names"] += [
        {"person_id": "P0004", "name_as_printed": "Testo Mockson", "passage_id": passage, "match_basis": "same"}
        for passage in ("X0006", "X0004")
    ]
    tables["penalties"][1]["person_id"] = "P0004"
    tables["case_persons"].append({"case_id": "K0001", "person_id": "P0004", "procedural_status": "accused"})
    tables["citations"] += [
        {"citation_id": "Z00033", "table_name": "persons", "row_id": "P0004", "passage_id": "X0006"},
        {"citation_id": "Z00034", "table_name": "persons", "row_id": "P0004", "passage_id": "X0004"},
        {"citation_id": "Z00035", "table_name": "anomalies", "row_id": "D0002", "passage_id": "X0006"},
    ]
    tables["anomalies"].append(
        {"anomaly_id": "D0002", "kind": "name", "table_name": "persons", "row_id": "P0004",
         "description": "Printed twice.", "resolution": "Open."}
    )  # fmt: skip
    return tables


def test_the_log_shows_ids_and_no_name(package: Path, tmp_path: Path) -> None:
    key = "P0001/Exempla Placeholder/X0010"
    change = f"  - {{change: withdraw, table: person_names, row_id: {key}}}\n"
    assert run(package, yaml(tmp_path, change)) == 0
    log = (package / "metadata" / "corrections.csv").read_text(encoding="utf-8")
    assert log.splitlines()[1].startswith("fix-one,researcher,person_names,P0001/…/X0010,,withdraw,accepted,")
    assert "Exempla" not in log + (package / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_reference_follows_a_merged_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = build_package(tmp_path / "package", with_a_double(artificial_rows()))
    validation = root / "validation"
    (validation / "exceptions.csv").write_text(
        "rule,table_name,row_id,reason\n"
        "citation-given-once,persons,P0004,Needed no more.\nname-is-printed-somewhere,persons,P0004,Needed no more.\n",
        encoding="utf-8",
    )
    pairs = validation / "double_coding" / "round-3" / "pairs.csv"
    kept = pairs.read_bytes()
    change = "  - {change: merge, table: persons, row_id: P0004, into: P0002}\n"
    assert run(root, yaml(tmp_path, change)) == 0, capsys.readouterr().out
    assert [row["person_id"] for row in rows(root, "persons")] == ["P0001", "P0002", "P0003"]
    assert [row["person_id"] for row in rows(root, "penalties")] == ["P0001", "P0002"]
    assert [row["person_id"] for row in rows(root, "case_persons")] == ["P0002"]
    assert [row["passage_id"] for row in rows(root, "person_names") if row["person_id"] == "P0002"] == [
        "X0004", "X0006", "X0007", "X0008",
    ]  # fmt: skip
    assert [(row["row_id"], row["passage_id"]) for row in rows(root, "citations")[-2:]] == [
        ("P0002", "X0006"), ("D0002", "X0006"),
    ]  # fmt: skip
    assert rows(root, "anomalies")[-1]["row_id"] == "P0002"
    assert [tuple(row.values()) for row in rows(root, "retired_ids")] == [
        ("persons", "P0004", "merged", "P0002", "0.2.0"),
        ("persons", "P0009", "merged", "P0001", "0.1.0"),
        ("citations", "Z00034", "merged", "Z00002", "0.2.0"),
    ]
    assert (validation / "exceptions.csv").read_text(encoding="utf-8") == "rule,table_name,row_id,reason\n"
    assert pairs.read_bytes() == kept
    assert errors(root, capsys, "--scope", "model") == []


def test_a_withdrawn_row_takes_with_it_what_only_serves_it(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change = "  - {change: withdraw, table: acts, row_id: A0001}\n"
    assert run(package, yaml(tmp_path, change)) == 1
    assert capsys.readouterr().out == (
        "fix-one.yaml:7:row_id  correction-fits-the-rows  other rows refer to this one: responses R0001\n"
    )
    more = "  - {change: withdraw, table: responses, row_id: R0001}\n"
    assert run(package, yaml(tmp_path, change + more)) == 0
    assert [row["row_id"] for row in rows(package, "retired_ids") if row["reason_code"] == "withdrawn"] == [
        "A0001", "R0001", "T0001", "V0001", "Z00006", "Z00010", "Z00012", "Z00014", "Z00028", "Z00032",
    ]  # fmt: skip
    assert errors(package, capsys, "--scope", "model") == []
    next_one = "  - {change: add, table: attestations, row: {act_id: A0002, attestor_kind: media, distance: not_said},"
    assert run(package, yaml(tmp_path, next_one + " passages: [X0004]}\n", name="fix-two")) == 0
    assert [row["attestation_id"] for row in rows(package, "attestations")] == ["T0002", "T0003"]
    assert [row["citation_id"] for row in rows(package, "citations")][-1] == "Z00033"


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        ("  - {change: value, table: officials, row_id: O0001, field: office, expect: clerk, value: x}\n",
         ["7:expect  correction-fits-the-rows  officials O0001 holds “judge” now"]),
        ("  - {change: value, table: officials, row_id: O0099, field: office, expect: judge, value: x}\n",
         ["7:row_id  correction-fits-the-rows  officials has no row of this id"]),
        ("  - {change: value, table: persons, row_id: P0009, field: age_as_printed, expect: 1, value: 2}\n",
         ["7:row_id  correction-fits-the-rows  persons P0009 is not there any more: it was merged into P0001"]),
        ("  - {change: value, table: judges, row_id: O0001, field: office, expect: judge, value: x}\n",
         ["7:table  correction-fits-the-rows  there is no table judges"]),
        ("  - {change: value, table: passages, row_id: X0001, field: page, expect: 1, value: 2}\n",
         ["7:table  correction-fits-the-rows  programs write the table passages; a correction does not"]),
        ("  - {change: value, table: officials, row_id: O0001, field: job, expect: judge, value: x}\n",
         ["7:field  correction-fits-the-rows  officials has no column job"]),
        ("  - {change: value, table: officials, row_id: O0001, field: official_id, expect: O0001, value: O0007}\n",
         ["7:field  correction-fits-the-rows  this is the row's key: withdraw the row and add the right one"]),
        ("  - {change: add, table: sources, row: {source_id: S0009, title: x}}\n",
         ["7:row  correction-fits-the-rows  the program gives the row its id: leave source_id out"]),
        ("  - {change: merge, table: persons, row_id: P0002, into: P0002}\n",
         ["7:into  correction-fits-the-rows  a row is not merged into itself"]),
        ("  - {change: merge, table: persons, row_id: P0002, into: P0003}\n",
         ["7:into  correction-names-no-withheld-row  this row is withheld: no correction names it (CONTRIBUTING.md says"
          " whom to ask)"]),
        ("  - {change: value, table: persons, row_id: P0002, field: is_withheld, expect: false, value: true}\n",
         ["7:changes  correction-names-no-withheld-row  nobody is withheld, or shown again, by a correction: it would"
          " say so in public"]),
        ("  - {change: value, table: officials, row_id: O0001, field: office, expect: judge, value: new:N1}\n",
         ["7:value  correction-file-is-valid  no row of this file has this name"]),
        ("  - {change: value, table: officials, row_id: O0001, field: office, expect: judge, valeu: x}\n",
         ["7:value  correction-file-is-valid  “value” is missing",
          "7:valeu  correction-file-is-valid  nothing of this name is read here (did you mean value?)"]),
        ("  - {change: withdraw, table: involvements, row_id: V0001}\n",
         ["7:expect  correction-file-is-valid  a doer is taken from an act: “expect” names its act_id"]),
        ("  - {change: value, table: officials, row_id: O0001, field: office, expect: judge, value: 87015551234}\n",
         ["7:  no-telephone  the cell holds what looks like a telephone number: take it out (it is not repeated"
          " here)"]),
        ("  - {change: value, table: officials, row_id: &a O0001, field: office, expect: judge, value: *a}\n",
         ["7:  correction-file-is-valid  anchors (&) and aliases (*) are not read: write the value out, or in quotes"]),
    ],
)  # fmt: skip
def test_what_cannot_be_applied_says_why_and_changes_nothing(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], changes: str, lines: list[str]
) -> None:
    before = contents(package)
    assert run(package, yaml(tmp_path, changes)) == 1
    assert sorted(capsys.readouterr().out.splitlines()) == sorted(f"fix-one.yaml:{line}" for line in lines)
    assert contents(package) == before


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"[" * 50_000, b"a: !!python/object/apply:os.system [id]", b"- " * 20_000, b"x" * 100_000,
     b"id: 1\nid: 2\n", b"a\x00b", b"--- a\n--- b\n", b"null", b"? [a]\n: b\n", b"<<: {a: b}\n"],
)  # fmt: skip
def test_a_hostile_file_is_one_line(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    (tmp_path / "bad.yaml").write_bytes(content)
    start = time.perf_counter()
    assert run(package, tmp_path / "bad.yaml") == 1
    assert time.perf_counter() - start < 5
    printed = capsys.readouterr()
    assert printed.err == "correct: 1 errors, 0 warnings\n"
    assert [line.split("  ")[1] for line in printed.out.splitlines()] == ["correction-file-is-valid"]


def test_a_file_that_is_none_cannot_be_run(package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "link.yaml").symlink_to(package / "datapackage.json")
    for file in (tmp_path / "link.yaml", tmp_path, tmp_path / "none.yaml"):
        assert run(package, file) == 2
        assert capsys.readouterr().err.startswith("correct: could not run: ")


FLIPPED: list[tuple[str, int, dict[str, Any], str, list[str]]] = [  # table, row, changes, correction, rules before
    ("acts", 0, {"act_type": "seizure"},
     "  - {change: value, table: acts, row_id: A0001, field: act_type, expect: detention, value: seizure}\n",
     ["second-coding-differs"]),
    ("officials", 0, {"office": ""}, OFFICE, ["filled-cells-hold"]),
    ("act_types", 0, {"definition": "Something else."},
     "  - {change: value, table: act_types, row_id: detention, field: definition, expect: A case.,"
     " value: Something else.}\n",
     ["reference-table-holds"]),
    ("involvements", 1, {"actor_kind": "private_party", "institution_id": ""},
     "  - {change: value, table: involvements, row_id: V0002, field: actor_kind, expect: institution,"
     " value: private_party}\n"
     "  - {change: value, table: involvements, row_id: V0002, field: institution_id, expect: I0002, value:}\n",
     ["second-coding-differs", "filled-cells-hold"]),
]  # fmt: skip
GUARDS = ("second-coding-differs", "filled-cells-hold", "reference-table-holds")


def guarded(root: Path, capsys: pytest.CaptureFixture[str], *more: str) -> list[str]:
    """The rules among those against slips that fire."""
    return [line.split("  ")[1] for line in errors(root, capsys, *more) if line.split("  ")[1] in GUARDS]


@pytest.mark.parametrize(
    ("table", "number", "changes", "correction", "rules"),
    [FLIPPED[0], *(pytest.param(*flipped, marks=pytest.mark.long) for flipped in FLIPPED[1:])],
    ids=[flipped[0] for flipped in FLIPPED],
)
def test_a_change_with_its_correction_is_let_pass_and_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], table: str, number: int, changes: dict[str, Any],
    correction: str, rules: list[str],
) -> None:  # fmt: skip
    flipped = artificial_rows()
    flipped[table][number] |= changes
    root = build_package(tmp_path / "package", flipped)
    assert guarded(root, capsys) == rules
    yaml(root / "metadata" / "corrections", correction, decided="")
    assert guarded(root, capsys) == []


def test_a_correction_covers_its_own_cell_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    flipped = artificial_rows()
    for table, number, changes, _, _ in FLIPPED:
        flipped[table][number] |= changes
    flipped["acts"][3]["act_type"] = "threat"
    flipped["officials"][1]["office"] = ""
    flipped["act_types"][1]["definition"] = "Something."
    root = build_package(tmp_path / "package", flipped)
    yaml(root / "metadata" / "corrections", "".join(correction for *_, correction, _ in FLIPPED), decided="")
    found = [line for line in errors(root, capsys) if line.split("  ")[1] in GUARDS]
    assert [line.split("  ")[0] for line in found] == [
        "data/act_types.csv:0:", "data/acts.csv:5:act_type", "data/officials.csv:0:office",
    ]  # fmt: skip


def test_the_gate_compares_files_log_changelog_and_rows(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(package, yaml(tmp_path, OFFICE)) == 0
    officials = package / "data" / "officials.csv"
    officials.write_text(officials.read_text(encoding="utf-8").replace(",false,,", ",false,judge,"), encoding="utf-8")
    yaml(package / "metadata" / "corrections", REPLY, decided="", name="fix-two")
    log = package / "metadata" / "corrections.csv"
    log.write_text(log.read_text(encoding="utf-8").replace("prints", "says"), encoding="utf-8")
    capsys.readouterr()
    validate.main(["--root", str(package), "--scope", "model"])
    lines = [line for line in capsys.readouterr().out.splitlines() if "correction" in line.split("  ")[1]]
    assert lines == [
        "CHANGELOG.md:0:  correction-log-is-current  its corrections are not what the log gives: run python -m"
        " scripts.correct",
        "metadata/corrections.csv:0:  correction-log-is-current  the log is not what the files give for fix-one: run"
        " python -m scripts.correct on the file",
        "metadata/corrections/fix-one.yaml:7:row_id  correction-is-applied  officials O0001 does not hold the corrected"
        " office",
        "metadata/corrections/fix-two.yaml:1:  correction-undecided  warning: nobody has decided on this correction: a"
        " maintainer adds decision, decided_on and, if accepted, version",
    ]


def test_a_strangers_rows_and_correction_pass_under_the_base(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flipped = artificial_rows()
    flipped["acts"][0]["act_type"] = "seizure"
    stranger = build_package(tmp_path / "stranger", flipped)
    shutil.rmtree(stranger / "validation")
    assert guarded(stranger, capsys, "--trusted", str(package)) == ["second-coding-differs"]
    yaml(stranger / "metadata" / "corrections", FLIPPED[0][3], decided="")
    assert guarded(stranger, capsys, "--trusted", str(package)) == []
    (stranger / "metadata" / "corrections" / "fix-one.yaml").write_text("[" * 1000, encoding="utf-8")
    lines = errors(stranger, capsys, "--trusted", str(package))
    assert [line.split("  ")[0] for line in lines if "correction-file-is-valid" in line] == [
        "metadata/corrections/fix-one.yaml:1:"
    ]


def test_a_later_correction_of_the_same_cell_holds(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    back = "  - {change: value, table: officials, row_id: O0001, field: office, expect:, value: judge}\n"
    assert run(package, yaml(tmp_path, OFFICE, name="z-first")) == 0
    assert run(package, yaml(tmp_path, back, name="a-second")) == 0
    assert errors(package, capsys, "--scope", "model") == []


def prepared(folder: Path) -> tuple[Path, dict[Path, bytes]]:
    """A package, and what applying a correction would write there, the gate's work done."""
    root = build_package(folder / "package")
    twin = Path(shutil.copytree(root, folder / "twin"))
    assert run(twin, yaml(folder, OFFICE + REPLY)) == 0
    old, new = contents(root), contents(twin)
    return root, {Path(path): content for path, content in new.items() if old.get(path) != content}


KILLED = """
import pickle, sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
import fcntl
from scripts.transaction import write_all
files = pickle.loads(Path(sys.argv[2]).read_bytes())
print("ready", flush=True)
write_all(Path(sys.argv[1]), files)
"""


def killed_at_random(folder: Path, times: int) -> Counter[str]:
    """Kill the write as often at random moments; how often the package was old and new afterwards."""
    chance = random.Random(2018)
    root, files = prepared(folder)
    (folder / "files").write_bytes(pickle.dumps(files))
    old = contents(root)
    new = old | {path.as_posix(): content for path, content in files.items()}
    found: Counter[str] = Counter()
    lasts = 0.0
    for number in range(times + 1):
        place = Path(shutil.copytree(root, folder / str(number)))
        command = [sys.executable, "-c", KILLED, str(place), str(folder / "files"), str(ROOT)]
        process = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert process.stdout is not None and process.stdout.readline() == b"ready\n"
        start = time.perf_counter()
        if number:
            time.sleep(chance.uniform(0, lasts))
            process.kill()
        process.wait()
        lasts = lasts or time.perf_counter() - start
        tables = {path: content for path, content in contents(place).items() if path.endswith(".csv")}
        tables = {path: content for path, content in tables.items() if path.startswith("data/")}
        assert tables in [{path: whole[path] for path in tables} for whole in (old, new)]
        transaction.recover(place)
        assert contents(place) in (old, new)
        found["new" if contents(place) == new else "old"] += 1
        shutil.rmtree(place)
    return found


def test_a_kill_leaves_the_package_wholly_old_or_new(tmp_path: Path) -> None:
    assert killed_at_random(tmp_path, 20).total() == 21


@pytest.mark.long
def test_200_kills_leave_the_package_wholly_old_or_new(tmp_path: Path) -> None:
    found = killed_at_random(tmp_path, 200)
    assert found["old"] and found["new"] > 1


def test_the_gate_looks_at_the_package_as_it_would_be(package: Path) -> None:
    result = checked(load_package(package), {Path("data/rights.csv"): b"right_id,name\nG0001,=1\n"}, "model")
    assert {problem.rule for problem in result.problems if problem.severity == "error"} == {"text-no-formula"}
    assert result.files == {}
    assert differing(load_package(package), {Path("datapackage.json"): b"x"}) == {Path("datapackage.json"): b"x"}


def real_copy(folder: Path) -> Path:
    """A copy of this package, as far as programs read it."""
    for name in ("data", "metadata", "validation", "scripts/views"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("datapackage.json", "README.md", "CHANGELOG.md"):
        shutil.copyfile(ROOT / name, folder / name)
    return folder


def test_a_correction_of_the_real_package(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = real_copy(tmp_path / "package")
    row = next(row for row in rows(root, "acts") if row["act_type"] == "detention" and not row["source_label"])
    changes = (
        f"  - {{change: other_value, table: acts, row_id: {row['act_id']}, field: act_type, expect: detention,"
        " value: police_contact_unspecified, source_id: new:S1, status: disputed, note: Told otherwise.}\n"
        "  - {change: add, table: sources, new: S1, row: {source_type: statement, title: A statement}}\n"
        f"  - {{change: value, table: acts, row_id: {row['act_id']}, field: assertion, expect: {row['assertion']},"
        " value: suspected_by_source}\n"
    )
    assert correct.main([str(yaml(tmp_path, changes)), "--root", str(root)]) == 0, capsys.readouterr().out
    printed = capsys.readouterr().out.splitlines()
    assert [line for line in printed if not line.startswith("data/parquet/") and "warning" not in line] == [
        "CHANGELOG.md", "README.md", "data/acts.csv", "data/other_values.csv", "data/sources.csv",
        "metadata/codebook.md", "metadata/corrections.csv", "metadata/corrections/fix-one.yaml",
        "metadata/datasheet.md", "metadata/history.csv", "validation/floors.csv",
    ]  # fmt: skip
    assert errors(root, capsys) == []
    assert correct.main([str(tmp_path / "fix-one.yaml"), "--root", str(root)]) == 0


def test_the_example_of_the_readme_is_valid() -> None:
    text = (ROOT / "metadata" / "corrections" / "README.md").read_text(encoding="utf-8")
    example = text.split("```yaml\n")[1].split("```")[0]
    path = "metadata/corrections/2026-11-fine-of-two-days.yaml"
    correction, problems = read_correction(example.encode("utf-8"), path, read_schema(ROOT))
    assert (correction is not None, problems) == (True, [])
    assert example.startswith(SCHEMA_LINE + "\n")
