"""The outline on the map: that it is what Natural Earth's countries give, and how it is made from them."""

import json
from pathlib import Path

import pytest

from scripts.draw_outline import COUNTRIES, main, outline_text, simplified

# A square of 10 by 10 degrees in two arcs, the second walked backwards, with a point that is nearly on its lower side;
# and an island that would look like a dot.
SQUARE = {
    "transform": {"scale": [0.01, 0.01], "translate": [50, 40]},
    "arcs": [
        [[0, 0], [500, 2], [500, -2], [0, 1000]],
        [[0, 0], [0, 1000], [1000, 0]],
        [[0, 0], [10, 0], [0, 10], [-10, -10]],
    ],
    "objects": {"countries": {"geometries": [
        {"type": "Polygon", "id": "001", "arcs": [[2]]},
        {"type": "MultiPolygon", "id": "398", "arcs": [[[0, -2]], [[2]]]},
    ]}},
}  # fmt: skip


@pytest.mark.skipif(not COUNTRIES.is_file(), reason="world-atlas is not here: .ci/run installs it with npm")
def test_outline_is_current(capsys: pytest.CaptureFixture[str]) -> None:
    assert (main(["--check"]), capsys.readouterr().out) == (0, "the outline is current\n")


def test_outline_of_a_square() -> None:
    made = json.loads(outline_text(json.dumps(SQUARE).encode()))
    assert made["rings"] == [[[50, 40], [60, 40], [60, 50], [50, 50], [50, 40]]]
    assert made["licence"] == "public domain"


def test_outline_is_written_and_another_one_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    countries, outline = tmp_path / "countries.json", tmp_path / "outline.json"
    countries.write_text(json.dumps(SQUARE), encoding="utf-8")
    command = ["--countries", str(countries), "--outline", str(outline)]
    assert (main([*command, "--check"]), outline.exists()) == (1, False)
    assert main(command) == 0
    assert outline.read_text(encoding="utf-8") == outline_text(countries.read_bytes())
    assert main([*command, "--check"]) == 0
    outline.write_text("{}", encoding="utf-8")
    assert (main([*command, "--check"]), outline.read_text(encoding="utf-8")) == (1, "{}")
    assert capsys.readouterr().out.splitlines()[-1] == "outline.json is not what these countries give: make it anew"


@pytest.mark.parametrize("content", ["", "{}", '{"objects": {"countries": {"geometries": []}}}'])
def test_countries_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str) -> None:
    file = tmp_path / "countries.json"
    file.write_text(content, encoding="utf-8")
    assert main(["--countries", str(file)]) == 2
    assert "countries.json cannot be read as countries" in capsys.readouterr().err


def test_points_that_matter_stay() -> None:
    line = [(0.0, 0.0), (1.0, 0.01), (2.0, 0.0), (2.0, 3.0), (2.01, 4.0), (2.0, 5.0)]
    assert simplified(line, 0.04) == [(0.0, 0.0), (2.0, 0.0), (2.0, 5.0)]
    assert simplified(line, 0.001) == line
