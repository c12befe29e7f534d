"""The next version: its number by what changed, its part of the CHANGELOG, the history of ids, the day of release."""

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from artificial import ROWS
from test_history import lines, publish

from scripts import document, raise_version

Rows = list[dict[str, Any]]
UNRELEASED = "# Changelog\n\n## 0.1.0 (not yet released)\n\nFirst.\n"
RELEASED = UNRELEASED.replace("not yet released", "2026-11-01")
RALLY = {"event_id": "E0009", "event_type": "rally", "title": "Second rally", "date_precision": "unknown"}
MERGED = {"table_name": "acts", "row_id": "A0006", "reason_code": "merged", "successor_id": "A0001", "version": "0.2.0"}
HIDDEN = {"table_name": "acts", "row_id": "A0005", "reason_code": "withheld", "successor_id": "", "version": "0.1.1"}
BARE = next(row for row in ROWS["persons"] if row["person_id"] == "P0003")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The artificial package as it was released, and the same package to go on with, in another folder."""
    for changelog in (UNRELEASED, RELEASED):
        publish(tmp_path / "old", changelog, "0.1.0")
    shutil.copytree(tmp_path / "old", tmp_path / "new")
    return tmp_path / "new"


def run(root: Path, *arguments: str) -> int:
    """The exit code of the program."""
    since = ["--since", str(root.parent / "old")] if "--released" not in arguments else []
    return raise_version.main([*since, *arguments, "--root", str(root)])


def change(root: Path, table: str, rows: Rows) -> None:
    """Give a table other rows."""
    file = root / "data" / f"{table}.csv"
    with file.open(encoding="utf-8", newline="") as opened:
        head = next(csv.reader(opened))
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, head, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def number(root: Path) -> str:
    """The version of the descriptor."""
    return str(json.loads((root / "datapackage.json").read_text(encoding="utf-8"))["version"])


def test_the_number_follows_from_what_changed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(root, "events", [*ROWS["events"], RALLY])
    first, *others = ROWS["acts"]
    change(root, "acts", [first | {"description": "Mended."}, *others])
    capsys.readouterr()
    assert run(root) == 0
    assert capsys.readouterr().out == "version 0.2.0\nthen: make build, make validate, and commit\n"
    assert number(root) == "0.2.0"
    assert (root / "CHANGELOG.md").read_text(encoding="utf-8") == (
        "# Changelog\n\n"
        "## 0.2.0 (not yet released)\n\n"
        "### Changes\n\n"
        "<!-- changes:begin -->\n"
        "- `acts`: 1 row changed\n"
        "- `events`: 1 row added\n"
        "<!-- changes:end -->\n\n"
        "## 0.1.0 (2026-11-01)\n\nFirst.\n"
    )
    assert lines(root, "E0001", "E0009") == {"E0001": ["0.1.0", "", "live", ""], "E0009": ["0.2.0", "", "live", ""]}
    assert document.main(["--root", str(root), "--check"]) == 0


def test_made_again_it_keeps_what_people_wrote(root: Path) -> None:
    change(root, "events", [*ROWS["events"], RALLY])
    assert run(root) == 0
    log = root / "CHANGELOG.md"
    text = log.read_text(encoding="utf-8").replace("released)\n\n### Ch", "released)\n\nA second rally.\n\n### Ch", 1)
    text = text.replace("<!-- changes:end -->\n", "<!-- changes:end -->\n\n### Corrections\n")
    log.write_text(text, encoding="utf-8")
    change(root, "retired_ids", [MERGED])
    change(root, "acts", [row for row in ROWS["acts"] if row["act_id"] != "A0006"])
    assert run(root, "--to", "1.0.0") == 1, "the part on 0.2.0 waits for another number"
    log.write_text(log.read_text(encoding="utf-8").replace("## 0.2.0", "## 1.0.0"), encoding="utf-8")
    assert run(root) == 0
    assert number(root) == "1.0.0"
    begun = log.read_text(encoding="utf-8").split("## 0.1.0")[0]
    assert begun.startswith("# Changelog\n\n## 1.0.0 (not yet released)\n\nA second rally.\n\n### Changes\n\n")
    assert "- `acts`: 1 row merged into others\n- `events`: 1 row added\n" in begun
    assert begun.endswith("<!-- changes:end -->\n\n### Corrections\n\n")
    assert lines(root, "A0006", "E0009") == {
        "A0006": ["0.1.0", "0.1.0", "merged", "A0001"],
        "E0009": ["1.0.0", "", "live", ""],
    }


def test_of_a_withheld_person_nothing_is_said(root: Path) -> None:
    others = [row for row in ROWS["persons"] if row["person_id"] != "P0002"]
    change(root, "persons", [*others, BARE | {"person_id": "P0002"}])
    change(root, "acts", [row for row in ROWS["acts"] if row.get("person_id") != "P0002"])
    change(root, "penalties", [row for row in ROWS["penalties"] if row["person_id"] != "P0002"])
    gone = [HIDDEN, HIDDEN | {"row_id": "A0002"}, HIDDEN | {"table_name": "penalties", "row_id": "N0003"}]
    change(root, "retired_ids", gone)
    change(root, "citations", [row for row in ROWS["citations"] if row["row_id"] not in ("A0002", "A0005", "N0003")])
    assert run(root) == 0
    assert number(root) == "0.1.1"
    part = (root / "CHANGELOG.md").read_text(encoding="utf-8").split("## 0.1.0")[0]
    assert part == (
        "# Changelog\n\n## 0.1.1 (not yet released)\n\n### Changes\n\n"
        "<!-- changes:begin -->\nNo change that is told row by row.\n<!-- changes:end -->\n\n"
    )
    assert lines(root, "P0002", "A0002", "A0005", "N0003") == {}


@pytest.mark.parametrize(
    ("changelog", "arguments", "said"),
    [(RELEASED, [], "nothing changed since 0.1.0"),
     (UNRELEASED, [], "CHANGELOG.md does not say when 0.1.0 was released: --released says it, of the newest version"),
     (RELEASED, ["--released", "2026-12-01"], "0.1.0 was released on 2026-11-01"),
     ("# Changelog\n", ["--released", "2026-12-01"], "CHANGELOG.md has no part on 0.1.0: --since begins it"),
     (UNRELEASED + "\n## 0.0.9 (2026-11-02)\n", ["--released", "2026-11-01"],
      "a version was released on 2026-11-02, after this day")],
)  # fmt: skip
def test_what_cannot_be_is_one_line_and_changes_nothing(
    root: Path, capsys: pytest.CaptureFixture[str], changelog: str, arguments: list[str], said: str
) -> None:
    (root / "CHANGELOG.md").write_text(changelog, encoding="utf-8")
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    capsys.readouterr()
    assert run(root, *arguments) == 1
    assert capsys.readouterr() == ("", f"raise_version: {said}\n")
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


def test_a_lower_number_than_is_called_for_is_refused(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(root, "events", [*ROWS["events"], RALLY])
    capsys.readouterr()
    assert run(root, "--to", "0.1.1") == 1
    said = "the changes since 0.1.0 call for 0.2.0 or higher (python -m scripts.diff)"
    assert capsys.readouterr().err == f"raise_version: {said}\n"


def test_the_day_of_release(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "CHANGELOG.md").write_text(UNRELEASED, encoding="utf-8")
    capsys.readouterr()
    assert run(root, "--released", "2026-12-01") == 0
    said = "0.1.0 was released on 2026-12-01\nthen: make build, make validate, and commit\n"
    assert capsys.readouterr().out == said
    log = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    assert log == "# Changelog\n\n## 0.1.0 (2026-12-01)\n\nFirst.\n"
    change(root, "events", [*ROWS["events"], RALLY])
    document.main(["--root", str(root)])
    assert lines(root, "E0009") == {"E0009": ["", "", "live", ""]}
