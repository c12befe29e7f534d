"""The comment on a pull request: what it says, and what a hostile artifact cannot make it say."""

import io
import json
import stat
import zipfile
from pathlib import Path

import pytest

from scripts import report_artifact, report_comment

RUN = "https://example.org/owner/kz/actions/runs/1"
END = f"The whole report is in [its run]({RUN}). What to do about a line: its rule in `metadata/rules.md`."
PROBLEM = {
    "path": "data/penalties.csv",
    "line": 15,
    "column": "amount_kzt",
    "row_id": "N0014",
    "rule": "fine-multiple-of-mci",
    "severity": "error",
    "message": "36500 is no whole number of MCI",
}
WARNING = PROBLEM | {"line": 16, "column": "", "rule": "mock-rule", "severity": "warning", "message": "odd"}


def archive(file: Path, members: dict[str, str | bytes]) -> Path:
    """A zip of these members."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return file


def body(artifact: Path, files: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    """The comment that the program composes; it prints one line of JSON."""
    names = artifact.parent / "files.txt"
    names.write_text("".join(json.dumps(name) + "\n" for name in files), encoding="utf-8")
    assert report_comment.main([str(artifact), "--files", str(names), "--run", RUN]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert printed.out.count("\n") == 1
    comment = json.loads(printed.out)
    assert list(comment) == ["body"]
    assert len(comment["body"]) < 65_536  # what GitHub takes
    assert len(printed.out.encode()) < 131_072  # what Linux takes in one variable
    return str(comment["body"])


def test_a_whole_comment(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = json.dumps([WARNING, PROBLEM])
    artifact = archive(tmp_path / "a.zip", {
        "report.json": report, "report.html": "<p>", "diff.txt": "Rows\n  penalties N0014  amount_kzt: 1 → 2\n",
        "diff.md": "x",
    })  # fmt: skip
    assert body(artifact, ["data/penalties.csv", "metadata/corrections/2026-11-mock.yaml"], capsys).splitlines() == [
        "<!-- check-of-the-data -->",
        "",
        "**The check of the rows: 1 errors, 1 warnings.**",
        "",
        "````text",
        "data/penalties.csv:15:amount_kzt  fine-multiple-of-mci  36500 is no whole number of MCI",
        "data/penalties.csv:16:  mock-rule  warning: odd",
        "````",
        "",
        "**What changes:**",
        "",
        "````text",
        "Rows",
        "  penalties N0014  amount_kzt: 1 → 2",
        "````",
        "",
        END,
    ]


def test_what_was_not_looked_at_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    artifact = archive(tmp_path / "a.zip", {"report.json": "[]"})
    files = ["data/acts.csv", "data/passages.csv", "validation/floors.csv", "data/a/b.csv"]
    assert body(artifact, files, capsys).splitlines() == [
        "<!-- check-of-the-data -->",
        "",
        "**The check of the rows: 0 errors, 0 warnings.**",
        "",
        "**Not looked at by this check:**",
        "",
        "````text",
        "data/a/b.csv",
        "data/passages.csv",
        "validation/floors.csv",
        "````",
        "",
        END,
    ]
    forged = (
        "This pull request changes programs or workflows. The lines above may come from the changed ones: do not rely "
        "on them before a maintainer has read the changes."
    )
    for name in (".github/workflows/data.yml", "scripts/validate.py", "Makefile", "requirements-serve.txt"):
        assert forged in body(artifact, [name], capsys).splitlines(), name


@pytest.mark.parametrize("text", [
    "@everyone <img src=x onerror=alert(1)> [click](https://evil.example) #1 owner/kz#1",
    "````\n# Heading\n@team\n````",
    "`" * 900 + "\n@team",
    "<!-- check-of-the-data -->\n\r\x1b[31m\u202egnp.exe\u2028::add-mask::x",
])  # fmt: skip
def test_nothing_leaves_its_code_block(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = json.dumps([PROBLEM | {"message": text, "path": text, "rule": text, "column": text}])
    shown = body(archive(tmp_path / "a.zip", {"report.json": report, "diff.txt": text}), [text], capsys)
    outside = []
    fence = ""
    for line in shown.splitlines():
        if fence:
            fence = "" if line == fence else fence
        elif line.startswith("```"):
            fence = line.removesuffix("text")
        else:
            outside.append(line)
    assert fence == ""
    assert [line for line in outside if line] == [
        "<!-- check-of-the-data -->",
        "**The check of the rows: 1 errors, 0 warnings.**",
        "**What changes:**",
        "**Not looked at by this check:**",
        END,
    ]
    assert all(line.isprintable() for line in shown.splitlines())


def test_much_is_cut(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    problems = [PROBLEM | {"line": n, "message": "“\\" * 300} for n in range(1000)]
    diff = "ж" * 700 + "\n" + "x\n" * 9000
    artifact = archive(tmp_path / "a.zip", {"report.json": json.dumps(problems), "diff.txt": diff})
    shown = body(artifact, [f"{'ы' * 400}{n}" for n in range(3000)], capsys)
    lines = shown.splitlines()
    assert "**The check of the rows: 1000 errors, 0 warnings.**" in lines
    assert [line for line in lines if line.startswith("… and ")] == [
        "… and 985 more lines", "… and 8,701 more lines", "… and 2,978 more lines",
    ]  # fmt: skip
    assert "ж" * 500 + "…" in lines


def bomb() -> bytes:
    """A zip in which a small member unpacks to more than is read."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("report.json", b" " * (report_artifact.MAX_BYTES + 1))
    return made.getvalue()


def lying_bomb() -> bytes:
    """The same with a directory that says it is small."""
    size = (report_artifact.MAX_BYTES + 1).to_bytes(4, "little")
    content = bomb()
    assert content.count(size) == 2
    return content.replace(size, (9).to_bytes(4, "little"))


def link() -> bytes:
    """A zip whose report.json is a link to another file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as zipped:
        entry = zipfile.ZipInfo("report.json")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        zipped.writestr(entry, "/etc/hostname")
    return made.getvalue()


def twice() -> bytes:
    """A zip that holds one name twice."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as zipped, pytest.warns(UserWarning, match="Duplicate"):
        zipped.writestr("report.json", "[]")
        zipped.writestr("report.json", "[]")
    return made.getvalue()


def zipped(**members: str | bytes) -> bytes:
    """A zip of these members; `__` in a name stands for `.`."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return made.getvalue()


ODD = "**The check of the rows left no report that can be shown:** "
OTHER = "it holds other files than diff.md, diff.txt, report.html, report.json, once each."
SHAPE = "report.json holds something else than problems."
HOSTILE = {
    "no zip": (b"hello", "it is no sound zip."),
    "empty": (b"", "it is no sound zip."),
    "cut": (zipped(report__json="[]")[:-30], "it is no sound zip."),
    "bomb": (bomb(), "report.json is larger than 5,000,000 bytes."),
    "lying bomb": (lying_bomb(), "it is no sound zip."),
    "link": (link(), "report.json is no JSON."),
    "twice": (twice(), OTHER),
    "traversal": (zipped(**{"../../scripts/validate__py": "x"}), OTHER),
    "absolute": (zipped(**{"/etc/passwd": "x"}), OTHER),
    "many": (zipped(**{str(n): "x" for n in range(21)}), "it holds more than 20 files."),
    "no json": (zipped(report__json="{"), "report.json is no JSON."),
    "deep": (zipped(report__json="[" * 200_000), "report.json is no JSON."),
    "not utf-8": (zipped(report__json=b"\xff"), "report.json is no JSON."),
    "no list": (zipped(report__json="{}"), "report.json is no list of problems."),
    "no problem": (zipped(report__json='["x"]'), SHAPE),
    "severity": (zipped(report__json=json.dumps([PROBLEM | {"severity": "@team"}])), SHAPE),
    "line": (zipped(report__json=json.dumps([PROBLEM | {"line": "# 1"}])), SHAPE),
    "long number": (zipped(report__json=json.dumps([PROBLEM]).replace("15", "1" * 4000)), SHAPE),
    "longer number": (zipped(report__json=json.dumps([PROBLEM]).replace("15", "1" * 5000)), "report.json is no JSON."),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_artifact(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content, why = HOSTILE[name]
    (tmp_path / "work").mkdir()
    artifact = tmp_path / "work" / "a.zip"
    artifact.write_bytes(content)
    assert body(artifact, [], capsys).splitlines() == ["<!-- check-of-the-data -->", "", ODD + why, "", END]
    assert sorted(file.name for file in tmp_path.rglob("*")) == ["a.zip", "files.txt", "work"]


def test_no_report(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    start = "<!-- check-of-the-data -->"
    missing = ODD + "it is not a file of at most 20,000,000 bytes."
    assert body(tmp_path / "none.zip", [], capsys).splitlines() == [start, "", missing, "", END]
    empty = archive(tmp_path / "a.zip", {})
    stopped = "**The check of the rows could not run.** Its log says why."
    assert body(empty, [], capsys).splitlines() == [start, "", stopped, "", END]


def test_a_list_of_files_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "files.txt").write_text("not JSON\n", encoding="utf-8")
    assert report_comment.main([str(tmp_path), "--files", str(tmp_path / "files.txt"), "--run", RUN]) == 2
    assert capsys.readouterr().err.startswith("report_comment: could not run: ")
