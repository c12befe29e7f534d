"""The second reading as a check: a cell that differs from what another coder read stops the gate, unless decided."""

from pathlib import Path

import pytest
from fixture_package import artificial_rows, build_package

from scripts import agreement, validate
from scripts.second_reading import FOLDER

DO = ": read the passage again, or log why the row differs"


def told(package: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The lines of the check that the gate prints."""
    validate.main(["--root", str(package)])
    return [line for line in capsys.readouterr().out.splitlines() if "  second-reading-differs  " in line]


def test_differences_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = artificial_rows()
    rows["events"][0] |= {"event_type": "court_hearing", "place_id": "L0001"}
    rows["total_events"][0]["event_id"] = "E0002"
    assert told(build_package(tmp_path / "package", rows), capsys) == [
        "data/events.csv:2:event_type  second-reading-differs  event_type is court_hearing, in the second reading rally"
        f"{DO} (cell B2)",
        "data/events.csv:2:place_id  second-reading-differs  place_id is L0001, in the second reading empty"
        f"{DO} (cell H2)",
        "data/reported_totals.csv:2:total_id  second-reading-differs  event_ids is E0002, in the second reading E0001"
        f"{DO} (cell A2)",
    ]


def test_a_decision_settles_one_cell_at_one_value(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = artificial_rows()
    rows["events"][0]["event_type"] = "court_hearing"
    package = build_package(tmp_path / "package", rows)
    decisions = package / FOLDER / "adjudications.csv"
    good = decisions.read_text(encoding="utf-8")
    decisions.write_text(f"{good}events,E0001,event_type,rally,court_hearing,As told.\n", encoding="utf-8")
    assert told(package, capsys) == []
    decisions.write_text(f"{good}events,E0001,event_type,rally,other,As told.\n", encoding="utf-8")
    assert told(package, capsys) == [
        "data/events.csv:2:event_type  second-reading-differs  event_type is court_hearing, in the second reading other"
        f"{DO} (cell B2)"
    ]


def test_a_file_of_the_reading_that_is_gone_stops_the_gate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = build_package(tmp_path / "package")
    (package / FOLDER / "second" / "events.csv").unlink()
    assert validate.main(["--root", str(package)]) == 2
    assert "could not run" in capsys.readouterr().err


def test_agreement_of_the_reading_is_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = build_package(tmp_path / "package")
    assert agreement.main(["--root", str(package), "--round", "4"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "| variable | matched units | same value | Krippendorff's alpha |",
        "| --- | ---: | ---: | ---: |",
        "| `events.event_type` | 1 | 1 | one value only |",
        "| `events.place_id` | 1 | 1 | one value only |",
        "| `reported_totals.unit` | 1 | 1 | one value only |",
        "| `reported_totals.event_ids` | 1 | 1 | one value only |",
    ]
    assert agreement.main(["--root", str(tmp_path), "--round", "4"]) == 2
    assert capsys.readouterr().err == "agreement: there is no second reading\n"
