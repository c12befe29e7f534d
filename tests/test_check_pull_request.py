"""A stranger's pull request in a clone: the commands of data.yml, run as the workflow runs them, and the comment."""

import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
import yaml
from fixture_package import build_package

from scripts import check_pull_request, report_comment, validate
from scripts.package import ROOT

BOMB = "import pathlib\npathlib.Path({!r}).touch()\n"
LEFT_OUT = (".git", ".venv", "build", "dist", "node_modules", "__pycache__", ".*_cache", ".hypothesis")


def git(folder: Path, *arguments: str) -> None:
    """Run git in a folder, as nobody in particular."""
    who = ["-c", "user.name=mock", "-c", "user.email=mock@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """A runner's folder with base/ and pr/, as data.yml checks them out; pr/ is still like base/."""
    folder = tmp_path / "runner"
    shutil.copytree(ROOT, folder / "base", ignore=shutil.ignore_patterns(*LEFT_OUT))
    git(folder / "base", "init", "--quiet")
    git(folder / "base", "add", "--all")
    git(folder / "base", "commit", "--quiet", "--message", "Main")
    git(folder, "clone", "--quiet", "base", "pr")
    (folder / "base" / ".venv").symlink_to(ROOT / ".venv")
    return folder


def open_pull_request(workspace: Path) -> None:
    """Commit what was changed in pr/ and merge it, as GitHub does for the check."""
    pr = workspace / "pr"
    git(pr, "checkout", "--quiet", "-b", "fix")
    git(pr, "add", "--all")
    git(pr, "commit", "--quiet", "--message", "Fix")
    git(pr, "checkout", "--quiet", "main")
    git(pr, "merge", "--quiet", "--no-ff", "--message", "Merge", "fix")


def run_steps(workspace: Path) -> subprocess.CompletedProcess[str]:
    """Run the steps of data.yml but for checking out and installing; what the last one gave."""
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "data.yml").read_text(encoding="utf-8"))
    apart = f"{ROOT / '.ci' / 'without-network'} "
    possible = subprocess.run(["bash", "-c", f"{apart}true"], capture_output=True, check=False).returncode == 0
    steps = [step for step in workflow["jobs"]["rows"]["steps"] if "run" in step and "make" not in step["run"]]
    for step in steps:
        done = subprocess.run(
            ["bash", "-e", "-c", step["run"] if possible else step["run"].replace(".ci/without-network ", "")],
            cwd=workspace / step.get("working-directory", "."),
            env=os.environ | {"GITHUB_OUTPUT": str(workspace / "output.txt")},
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    head = subprocess.run(
        ["git", "rev-parse", "main"], cwd=workspace / "base", capture_output=True, text=True, check=True
    )
    assert (workspace / "output.txt").read_text() == f"commit={head.stdout}"
    return done


def edit(file: Path, old: str, new: str) -> int:
    """Replace the first `old` of a text file; the line where it stood."""
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
    return text[: text.index(old)].count("\n") + 1


def test_a_strangers_pull_request(workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pr = workspace / "pr"
    line = edit(pr / "data" / "penalties.csv", ",imposed,", ",impozed,")
    row = (pr / "data" / "penalties.csv").read_text(encoding="utf-8").splitlines()[line - 1].split(",")[0]
    went_off = tmp_path / "went-off"
    for name in (
        "scripts/validate.py",
        "scripts/check_pull_request.py",
        "scripts/gate.py",
        "sitecustomize.py",
        "yaml.py",
    ):
        (pr / name).write_text(BOMB.format(str(went_off)), encoding="utf-8")
    (pr / "Makefile").write_text(f"%:\n\ttouch {went_off}\n", encoding="utf-8")
    (pr / "datapackage.json").write_text("{}", encoding="utf-8")
    for file in (pr / "validation" / "rules").glob("*.sql"):
        file.write_text("-- nothing\n", encoding="utf-8")
    open_pull_request(workspace)
    done = run_steps(workspace)
    assert done.returncode == 1
    assert not went_off.exists()
    place = f"data/penalties.csv:{line}:status  unknown-code  “impozed” is none of: "
    assert [found for found in done.stdout.splitlines() if found.startswith(place)] != []
    assert f"::error file=data/penalties.csv,line={line},title=unknown-code::status, cell T{line}: " in done.stdout
    assert "stale-parquet" not in done.stdout
    out = workspace / "out"
    assert sorted(file.name for file in out.iterdir()) == ["diff.md", "diff.txt", "report.html", "report.json"]
    assert f"penalties {row}  status: imposed → impozed" in (out / "diff.txt").read_text(encoding="utf-8")
    told = {(problem["path"], problem["line"]) for problem in json.loads((out / "report.json").read_text())}
    assert told == {("data/penalties.csv", line)}
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for file in out.iterdir():
            archive.write(file, file.name)
    (tmp_path / "files.txt").write_text('"data/penalties.csv"\n"Makefile"\n', encoding="utf-8")
    names = ["--files", str(tmp_path / "files.txt")]
    assert report_comment.main([str(tmp_path / "a.zip"), *names, "--run", "https://example.org/run"]) == 0
    body = json.loads(capsys.readouterr().out)["body"]
    assert f"\n{place}" in body
    assert f"\n  penalties {row}  status: imposed → impozed\n" in body
    assert "\nThis pull request changes programs or workflows." in body


def test_rows_alone_do_not_fail_on_stale_parquet(workspace: Path) -> None:
    reasons = workspace / "pr" / "data" / "passage_notes.csv"
    last = reasons.read_text(encoding="utf-8").rstrip("\n")
    reasons.write_text(f"{last} (read again)\n" if not last.endswith('"') else f'{last[:-1]} (read again)"\n')
    open_pull_request(workspace)
    done = run_steps(workspace)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "validate: 0 errors, 0 warnings\n")
    assert "passage_notes" in (workspace / "out" / "diff.txt").read_text(encoding="utf-8")


def test_stale_parquet_is_a_warning_here_and_nothing_in_a_pull_request(
    package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = build_package(tmp_path / "base")
    edit(package / "data" / "rights.csv", "Right to samples", "Right to examples")
    assert validate.main(["--root", str(package), "--scope", "model"]) == 0
    assert capsys.readouterr().out == (
        "data/parquet/rights.parquet:0:  stale-parquet  warning: differs from data/rights.csv or from its description"
        " in datapackage.json: run make build\n"
    )
    (package / "validation" / "checks.json").write_text("poison", encoding="utf-8")
    assert validate.main(["--root", str(package), "--trusted", str(base), "--scope", "model"]) == 0
    assert capsys.readouterr().out == ""


def test_a_folder_in_use_is_left_alone(package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").touch()
    assert check_pull_request.main([str(package), str(out)]) == 2
    assert capsys.readouterr().err == f"check_pull_request: could not run: {out} is not empty\n"


def test_a_pull_request_without_tables(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "pr").mkdir()
    assert check_pull_request.main([str(tmp_path / "pr"), str(tmp_path / "out")]) == 2
    assert capfd.readouterr().err == f"validate: could not run: {tmp_path / 'pr'} holds no folder data\n"


def test_a_diff_that_could_not_be_made(package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_pull_request, "gate", lambda base, root, out: 0)
    monkeypatch.setattr(
        check_pull_request, "differences", lambda folder, form: (2, "The changes could not be compared: x\n")
    )
    assert check_pull_request.check(ROOT, package, tmp_path / "out") == 2
    assert (tmp_path / "out" / "diff.txt").read_text() == "The changes could not be compared: x\n"
