"""A reader's doubt all the way: a sheet from Excel, the gate, the diff, the merge, Parquet, page, log."""

import csv
from pathlib import Path

import pyarrow as pa
import pytest
from artificial import build_all, write_settings
from fixture_package import build_package
from pyarrow import parquet
from test_check_pull_request import git
from test_correct_pages import get, served
from test_sheets import fill

from scripts import correct, diff, format, sheet, validate

NEW = "For ten days, as the passage says."
ANSWERS = {"asked_by": "relative", "reason": "The length was not said in words.", "evidence": "X0006"}


def said(root: Path, base: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    """The gate's exit code and lines for a contributor's folder under the rules of the base."""
    capsys.readouterr()
    code = validate.main(["--root", str(root), "--trusted", str(base), "--scope", "model"])
    return code, capsys.readouterr().out.splitlines()


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """A repository with the artificial package, and a stranger's clone of it."""
    base = build_package(tmp_path / "base")
    write_settings(base)
    git(base, "init", "--quiet")
    git(base, "add", "--all")
    git(base, "commit", "--quiet", "--message", "Main")
    git(tmp_path, "clone", "--quiet", "base", "clone")
    return base, tmp_path / "clone"


def test_from_a_readers_doubt_to_a_merged_logged_row(
    folders: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    base, clone = folders
    table = clone / "data" / "penalties.csv"

    # A table saved by Excel is recognised, and repaired without a guess.
    good = table.read_bytes()
    table.write_bytes(b"\xef\xbb\xbf" + good.replace(b",", b";").replace(b"\n", b"\r\n"))
    code, lines = said(clone, base, capsys)
    assert (code, {line.split("  ")[1] for line in lines}) == (1, {"file-bom", "file-line-ends", "file-separator"})
    assert format.main(["--root", str(clone)]) == 0
    assert table.read_bytes() == good

    # A sheet comes back and becomes an undecided correction file, without its author.
    file = clone.parent / "sheet.xlsx"
    assert sheet.main(["penalties", "N0002", "-o", str(file), "--root", str(base)]) == 0
    columns = good.decode().splitlines()[0].split(",")
    fill(file, {f"{chr(ord('A') + columns.index('description'))}2": NEW}, **ANSWERS)
    assert correct.main([str(file), "--root", str(clone), "--scope", "model"]) == 0
    (written,) = (clone / "metadata" / "corrections").glob("*.yaml")
    assert "Realname" not in written.read_text(encoding="utf-8")
    code, lines = said(clone, base, capsys)
    assert (code, [line.split("  ")[1] for line in lines]) == (0, ["correction-undecided"])

    # A maintainer accepts it; the rows change, and the comparison says so.
    with written.open("a", encoding="utf-8") as text:
        text.write("decision: accepted\ndecided_on: 2026-11-25\nversion: 0.1.1\n")
    assert correct.main([str(written), "--root", str(clone), "--scope", "model"]) == 0
    capsys.readouterr()
    assert diff.main(["HEAD", str(clone), "--repository", str(clone)]) == 0
    told = capsys.readouterr().out
    assert f"penalties N0002  description: (empty) → {NEW}" in told
    assert "patch" in told
    assert said(clone, base, capsys) == (0, [])

    # Merged: Parquet, page and log have it.
    git(clone, "add", "--all")
    git(clone, "commit", "--quiet", "--message", "Fix")
    git(base, "pull", "--quiet", str(clone), "HEAD")
    build_all(base)
    stored: pa.Table = parquet.read_table(base / "data" / "parquet" / "penalties.parquet")
    assert dict(zip(stored["penalty_id"].to_pylist(), stored["description"].to_pylist(), strict=True))["N0002"] == NEW
    with served(base) as site:
        status, page, _ = get(site, "/persons/P0002")
    assert (status, NEW in page) == (200, True)
    with (base / "metadata" / "corrections.csv").open(encoding="utf-8", newline="") as log:
        (line,) = csv.DictReader(log)
    kept = ("asked_by", "table_name", "row_id", "field", "change", "decision", "version")
    assert {key: line[key] for key in kept} == {
        "asked_by": "relative", "table_name": "penalties", "row_id": "N0002", "field": "description",
        "change": "value", "decision": "accepted", "version": "0.1.1",
    }  # fmt: skip
    assert written.stem in (base / "CHANGELOG.md").read_text(encoding="utf-8")
