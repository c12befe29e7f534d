"""The history of ids: in which versions each stood, and what became of it; a withheld row has no line."""

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from artificial import ROWS, write_package

from scripts import document, validate
from scripts.history import FILE
from scripts.package import ROOT

Rows = dict[str, list[dict[str, Any]]]
RALLY = {"event_id": "E0009", "event_type": "rally", "title": "Second rally", "date_precision": "unknown"}
MERGED = {"table_name": "acts", "row_id": "A0002", "reason_code": "merged", "successor_id": "A0001"}
HIDDEN = {"table_name": "acts", "row_id": "A0005", "reason_code": "withheld", "successor_id": ""}


def publish(root: Path, changelog: str, version: str, **changed: list[dict[str, Any]]) -> Path:
    """Lay the artificial package with some tables changed, under a version and a CHANGELOG, and write its documents."""
    root.mkdir(exist_ok=True)
    shutil.rmtree(root / "data", ignore_errors=True)
    write_package(root, ROWS | changed)
    descriptor = json.loads((root / "datapackage.json").read_text(encoding="utf-8")) | {"version": version}
    (root / "datapackage.json").write_text(json.dumps(descriptor, indent=2), encoding="utf-8")
    (root / "CHANGELOG.md").write_text(changelog, encoding="utf-8")
    (root / "README.md").write_text("<!-- tables:begin -->\n<!-- tables:end -->\n", encoding="utf-8")
    if not (root / "validation").exists():
        shutil.copytree(ROOT / "validation", root / "validation")
    assert document.main(["--root", str(root)]) == 0
    return root


def lines(root: Path, *ids: str) -> dict[str, list[str]]:
    """The lines of some ids without table and id; all that there are where none is named."""
    with (root / FILE).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    return {row[1]: row[2:] for row in rows[1:] if not ids or row[1] in ids}


def without(table: str, row_id: str) -> list[dict[str, Any]]:
    """The rows of a table but for one."""
    return [row for row in ROWS[table] if row_id not in row.values()]


FIRST = "# Changelog\n\n## 0.1.0 (2026-11-01)\n"
SECOND = "# Changelog\n\n## 0.2.0 (not yet released)\n\n## 0.1.0 (2026-11-01)\n"


def test_before_any_release_every_id_stands_in_the_version_on_its_way(tmp_path: Path) -> None:
    never = MERGED | {"version": "0.1.0"}
    root = publish(
        tmp_path, "## 0.1.0 (not yet released)\n", "0.1.0", retired_ids=[never], acts=without("acts", "A0002")
    )  # fmt: skip
    found = lines(root)
    assert found.pop("A0002") == ["", "", "merged", "A0001"]
    assert "P0003" not in found
    assert set(map(tuple, found.values())) == {("0.1.0", "", "live", "")}
    counted = {"P": 3, "A": 5, "E": 3, "Z": 6, "X": 6, "N": 4}
    assert {letter: sum(row_id[0] == letter for row_id in found) for letter in counted} == counted


def test_an_id_is_new_then_stands_in_versions_then_goes(tmp_path: Path) -> None:
    root = publish(tmp_path, FIRST.replace("2026-11-01", "not yet released"), "0.1.0")
    publish(root, FIRST, "0.1.0", events=[*ROWS["events"], RALLY])
    assert lines(root, "E0001", "E0009") == {"E0001": ["0.1.0", "", "live", ""], "E0009": ["", "", "live", ""]}
    gone = [MERGED | {"version": "0.2.0"}, HIDDEN | {"version": "0.1.1"}]
    acts = [row for row in without("acts", "A0002") if row["act_id"] != "A0005"]
    later = {"events": [*ROWS["events"], RALLY], "acts": acts, "retired_ids": gone}
    publish(root, SECOND, "0.2.0", **later)
    told = lines(root, "A0001", "A0002", "A0005", "E0001", "E0009")
    assert told == {
        "A0001": ["0.1.0", "", "live", ""],
        "A0002": ["0.1.0", "0.1.0", "merged", "A0001"],
        "E0001": ["0.1.0", "", "live", ""],
        "E0009": ["0.2.0", "", "live", ""],
    }
    before = (root / FILE).read_bytes()
    publish(root, SECOND, "0.2.0", **later)
    assert (root / FILE).read_bytes() == before


def test_a_version_that_was_not_released_may_get_another_number(tmp_path: Path) -> None:
    root = publish(tmp_path, FIRST.replace("2026-11-01", "not yet released"), "0.1.0")
    publish(root, SECOND, "0.2.0", events=[*ROWS["events"], RALLY])
    publish(root, SECOND.replace("0.2.0", "1.0.0"), "1.0.0", events=[*ROWS["events"], RALLY])
    assert lines(root, "E0001", "E0009") == {"E0001": ["0.1.0", "", "live", ""], "E0009": ["1.0.0", "", "live", ""]}


def test_who_is_withheld_later_leaves_the_history(tmp_path: Path) -> None:
    root = publish(tmp_path, FIRST.replace("2026-11-01", "not yet released"), "0.1.0")
    assert "P0002" in lines(root)
    bare = ROWS["persons"][2] | {"person_id": "P0002"}
    publish(root, FIRST, "0.1.0", persons=[row if row["person_id"] != "P0002" else bare for row in ROWS["persons"]])
    assert "P0002" not in lines(root)
    assert b"P0002" not in (root / FILE).read_bytes()


def test_a_released_id_that_vanishes_keeps_its_line_and_stops_the_gate(
    package: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (package / "metadata").mkdir()
    (package / "CHANGELOG.md").write_text(FIRST, encoding="utf-8")
    head = "table_name,row_id,first_version,last_version,state,successor_id\n"
    (package / FILE).write_text(f"{head}acts,A0999,0.1.0,,live,\nacts,A0001,0.1.0,,live,\n", encoding="utf-8")
    assert validate.main(["--root", str(package), "--only", "acts"]) == 1
    said = "A0999 stood in version 0.1.0 and is gone: merge or withdraw acts rows by a correction, not by hand"
    found = [line for line in capsys.readouterr().out.splitlines() if "  released-id-is-kept  " in line]
    assert found == [f"data/acts.csv:0:  released-id-is-kept  {said}"]
    (package / "README.md").write_text("<!-- tables:begin -->\n<!-- tables:end -->\n", encoding="utf-8")
    assert document.main(["--root", str(package)]) == 0
    assert lines(package, "A0999") == {"A0999": ["0.1.0", "", "live", ""]}


@pytest.mark.parametrize(
    ("text", "said"),
    [("## 0.1.0\n", "CHANGELOG.md: “## 0.1.0” is not read: write ## 0.1.0 (2026-12-01), each version once"),
     ("## 0.1.0 (soon)\n", "CHANGELOG.md: “## 0.1.0 (soon)” has no day such as 2026-12-01, nor “not yet released”")],
)  # fmt: skip
def test_a_changelog_that_cannot_be_read_is_one_clear_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    publish(tmp_path, FIRST, "0.1.0")
    (tmp_path / "CHANGELOG.md").write_text(text, encoding="utf-8")
    capsys.readouterr()
    assert document.main(["--root", str(tmp_path)]) == 2
    assert capsys.readouterr().err == f"{said}\n"
