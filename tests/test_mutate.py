"""`python -m scripts.mutate`: faults are made, told and counted, and the package stays as it was."""

import json
import os
from pathlib import Path

import pytest

from scripts import mutate
from scripts.fates import Fate, broken, copied, gate_problems
from scripts.memo import Memo
from scripts.mutation_report import broken_bars, result_table, survivors
from scripts.mutations import Mutation


def made(package: Path) -> dict[str, list[Mutation]]:
    """All faults of a package by class."""
    found: dict[str, list[Mutation]] = {}
    for mutation in mutate.all_mutations(package, 1):
        found.setdefault(mutation.kind, []).append(mutation)
    return found


def test_the_same_seed_gives_the_same_faults(package: Path) -> None:
    first, again, other = (mutate.all_mutations(package, seed) for seed in (1, 1, 2))
    assert first == again
    assert first != other
    assert len(first) == len(set(first))


def test_every_column_of_a_table_with_rows_is_broken(package: Path) -> None:
    places = {mutation.place for mutation in mutate.all_mutations(package, 1)}
    target = mutate.load_package(package)
    columns = {f"{r['name']}.{f['name']}" for r in target.csv_resources for f in r["schema"]["fields"]}
    empty = {r["name"] for r in target.csv_resources if target.csv_path(r["name"]).read_bytes().count(b"\n") == 1}
    assert {column for column in columns if column.split(".")[0] not in empty} - places == set()


def test_faults_that_do_harm_are_caught_and_prose_survives(package: Path, tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in package.rglob("*") if path.is_file()}
    report = tmp_path / "report.json"
    assert mutate.main(["--root", str(package), "--class", "do no harm", "--report", str(report)]) == 0
    harm = json.loads(report.read_text(encoding="utf-8"))
    assert {fault["operator"]: fault["survived"] for fault in harm["faults"]} == {
        "withheld by half": False, "a child's age": False, "private data": False, "a query that accuses": False,
        "a view that accuses": False,
    }  # fmt: skip
    assert harm["classes"]["do no harm"]["survived"] == 0
    assert before == {path: path.read_bytes() for path in package.rglob("*") if path.is_file()}


def test_a_memo_changes_no_result(package: Path, tmp_path: Path) -> None:
    memo, copy = Memo(), copied(package, tmp_path / "copy")
    gate_problems(copy, memo)
    for kind in ("values", "structure"):
        with broken(copy, made(package)[kind][-1]):
            assert sorted(gate_problems(copy, memo)) == sorted(gate_problems(copy, Memo()))
    assert memo.remembered > memo.worked_out


def fate(kind: str, errors: tuple[str, ...] = (), warnings: tuple[str, ...] = (), text: tuple[str, ...] = ()) -> Fate:
    return Fate(Mutation(kind, "emptied", "a.b", "a A0001.b: “x” → “”", "data/a.csv", b""), errors, warnings, text)


FATES = [
    fate("keys", errors=("foreign-key",)),
    fate("values", warnings=("rare",)),
    fate("values", text=("text",)),
    fate("prose"),
]


def test_the_table_counts_by_class() -> None:
    assert result_table(FATES).splitlines()[2:] == [
        "| keys | 1 | 1 (100.0 %) | 1 (100.0 %) | 0 | 0 | `foreign-key` 1 |",
        "| values | 2 | 0 (0.0 %) | 1 (50.0 %) | 1 | 1 |  |",
        "| prose | 1 | 0 (0.0 %) | 0 (0.0 %) | 0 | 1 |  |",
        "| all but prose | 3 | 1 (33.3 %) | 2 (66.7 %) | 1 | 1 | `foreign-key` 1 |",
        "| all | 4 | 1 (25.0 %) | 2 (50.0 %) | 1 | 2 | `foreign-key` 1 |",
    ]


def test_survivors_are_told_with_what_warned() -> None:
    assert survivors(FATES) == [
        "values: emptied: a A0001.b: “x” → “” (warned by rare)",
        "prose: emptied: a A0001.b: “x” → “”",
    ]


def test_bars_that_do_not_hold_are_told() -> None:
    assert broken_bars([*FATES, fate("hygiene")], with_text=True) == [
        "the gate caught 1 (25.0 %), and the bar is 97%",
        "with the text 2 (50.0 %) were caught; the bar is 99%",
        "1 of the class hygiene survived, and none may",
    ]
    assert broken_bars([FATES[0], FATES[3]], with_text=True) == []


def test_a_class_that_is_none_is_refused(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert mutate.main(["--root", str(package), "--class", "valeus"]) == 2
    assert capsys.readouterr().err.startswith("mutate: could not run: there is no class valeus; the classes are keys, ")


@pytest.mark.long
def test_the_bars_hold() -> None:
    source = os.environ.get("KZ2018_SOURCE", "")
    assert mutate.main(["--source", source] if source else []) == 0
