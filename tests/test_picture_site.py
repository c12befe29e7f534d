"""The pictures of the site: that they are those of the program, small, and none with a name of the dataset in it."""

import re
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from artificial import build_all, write_package, write_settings

from scripts import picture_site
from scripts.browser import BINARY
from scripts.package import ROOT
from scripts.picture_site import FOLDER, INVENTED, PAGES, is_named, main, pictures

LARGEST = 120_000
KNOWN = {picture.file: picture_site.SIZES[picture.screen] for picture in pictures(PAGES | INVENTED)}


def size(image: bytes) -> tuple[int, int]:
    """Width and height of a PNG."""
    assert image.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", image[16:24])
    return width, height


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A built package of invented people."""
    folder = write_package(tmp_path_factory.mktemp("invented"))
    write_settings(folder)
    build_all(folder)
    yield folder


def test_pictures_are_those_of_the_program_and_small() -> None:
    images = {path.name: path.read_bytes() for path in FOLDER.glob("*.png")}
    assert {name: size(image) for name, image in images.items()} == KNOWN
    assert {name: len(image) for name, image in images.items() if len(image) > LARGEST} == {}


def test_readme_shows_pictures_that_are_there() -> None:
    shown = re.findall(r"metadata/pictures/([\w-]+\.png)", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert shown and set(shown) <= set(KNOWN)


def test_names_are_found_in_a_text(root: Path) -> None:
    texts = ["Record P0001", "Case of Alpha Exemple", "J. Placeholder", "Oldtown"]
    assert [is_named(root, text) for text in texts] == [False, True, True, False]


@pytest.mark.skipif(BINARY is None, reason="needs Chromium")
def test_a_page_that_names_somebody_is_not_taken(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(picture_site, "PAGES", {"official": "officials/O0001", "search": "search"})
    monkeypatch.setattr(picture_site, "INVENTED", {"person": "persons/P0001"})
    assert main(["--root", str(root), "--invented", str(root), "--folder", str(tmp_path)]) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "person-light.png",
        "person-phone-dark.png",
        "search-light.png",
        "search-phone-dark.png",
    ]
    assert size((tmp_path / "person-phone-dark.png").read_bytes()) == (360, 720)
    refused = [line for line in capsys.readouterr().err.splitlines() if "somebody" in line]
    assert refused == [
        "official-light.png: somebody's name would stand in it, so it is not taken",
        "official-phone-dark.png: somebody's name would stand in it, so it is not taken",
    ]


def test_nothing_to_serve(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = write_package(tmp_path)
    write_settings(root)
    assert main(["--root", str(root), "--folder", str(tmp_path / "pictures")]) == 2
    assert capsys.readouterr().err == "build/kz2018.db is missing: run make build\n"
