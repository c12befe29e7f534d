"""The workflows: what linters say of them, what they may do, and what their steps do where they can be run."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.package import ROOT

FOLDER = ROOT / ".github" / "workflows"
FILES = sorted(FOLDER.glob("*.yml"))
NAMES = [file.name for file in FILES]
TOOLS = Path(sys.executable).parent
LINTER = ROOT / "tests" / "actionlint"
PERMISSIONS = {  # of each job; each workflow as a whole has none
    "check.yml": {"programs": {"contents": "read"}},
    "comment.yml": {
        "compose": {"actions": "read", "contents": "read", "pull-requests": "read"},
        "post": {"pull-requests": "write"},
    },
    "data.yml": {"rows": {"contents": "read"}},
    "merge.yml": {"rebuild": {"contents": "write"}},
}


def read(name: str) -> dict[str, Any]:
    """A workflow, every scalar as text."""
    workflow = yaml.load((FOLDER / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    assert isinstance(workflow, dict)
    return workflow


def steps(name: str) -> list[dict[str, Any]]:
    """The steps of all jobs of a workflow."""
    return [step for job in read(name)["jobs"].values() for step in job["steps"]]


def zizmor(*paths: Path) -> subprocess.CompletedProcess[str]:
    """What zizmor says of these files, at its strictest but for guesses."""
    command = [str(TOOLS / "zizmor"), "--offline", "--persona=pedantic", "--no-progress", "--format=plain"]
    return subprocess.run([*command, "--color=never", *map(str, paths)], capture_output=True, text=True, check=False)


def test_zizmor_finds_nothing() -> None:
    done = zizmor(ROOT / ".github")
    assert done.returncode == 0, done.stdout
    assert done.stdout.strip() == "No findings to report. Good job! (1 ignored)"


def test_zizmor_would_find_what_is_wrong(tmp_path: Path) -> None:
    bad = tmp_path / ".github" / "workflows" / "bad.yml"
    bad.parent.mkdir(parents=True)
    text = (FOLDER / "data.yml").read_text(encoding="utf-8")
    bad.write_text(text.replace("on:\n  pull_request:", "on:\n  pull_request_target:"), encoding="utf-8")
    assert "error[dangerous-triggers]" in zizmor(bad).stdout


def actionlint(*files: Path) -> subprocess.CompletedProcess[str]:
    """What actionlint says of these files; skips the test where it is not installed."""
    if shutil.which("node") is None or not (LINTER / "node_modules").is_dir():
        pytest.skip("actionlint is not here: .ci/run installs it with npm, and needs node")
    command = ["node", str(LINTER / "lint.cjs"), *map(str, files)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_actionlint_finds_nothing() -> None:
    done = actionlint(*FILES)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_actionlint_would_find_what_is_wrong(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yml"
    text = (FOLDER / "data.yml").read_text(encoding="utf-8")
    bad.write_text(text.replace("steps.base.outputs", "steps.bases.outputs"), encoding="utf-8")
    done = actionlint(bad)
    assert done.returncode == 1
    assert 'property "bases" is not defined' in done.stdout


@pytest.mark.parametrize("name", NAMES)
def test_workflows_fit_their_schema(name: str) -> None:
    command = [str(TOOLS / "check-jsonschema"), "--builtin-schema", "vendor.github-workflows", str(FOLDER / name)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", NAMES)
def test_actions_are_pinned_by_commit(name: str) -> None:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    uses = [line for line in lines if "uses:" in line]
    pinned = re.compile(r"        uses: actions/(?:checkout|upload-artifact)@[0-9a-f]{40} # v\d+\.\d+\.\d+")
    assert [line for line in uses if not pinned.fullmatch(line)] == []
    assert len(uses) == sum("uses" in step for step in steps(name))


def test_permissions_are_the_least() -> None:
    found = {name: {key: job["permissions"] for key, job in read(name)["jobs"].items()} for name in NAMES}
    assert found == PERMISSIONS
    assert [read(name)["permissions"] for name in NAMES] == [{}, {}, {}, {}]


def test_triggers() -> None:
    assert {name: sorted(read(name)["on"]) for name in NAMES} == {
        "check.yml": ["pull_request", "push"],
        "comment.yml": ["workflow_run"],
        "data.yml": ["pull_request"],
        "merge.yml": ["push"],
    }
    assert read("comment.yml")["on"]["workflow_run"] == {
        "workflows": [read("data.yml")["name"]],
        "types": ["completed"],
    }
    only_rows = ["data/*.csv", "metadata/corrections/*.yaml"]  # a pull request of these meets no test of stale Parquet
    assert read("merge.yml")["on"]["push"] == {"branches": ["main"], "paths": only_rows}
    assert read("check.yml")["on"]["pull_request"] == {"paths-ignore": only_rows}


@pytest.mark.parametrize("name", NAMES)
def test_nothing_that_others_write_gets_into_a_command(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert "secrets." not in text
    assert [step["run"] for step in steps(name) if "${{" in step.get("run", "")] == []
    checkouts = [step["with"] for step in steps(name) if step.get("uses", "").startswith("actions/checkout@")]
    assert {options["persist-credentials"] for options in checkouts} == {"false"}


def test_a_token_reaches_only_the_steps_that_call_github() -> None:
    holders = {f"{name}: {step['name']}" for name in NAMES for step in steps(name) if "GH_TOKEN" in step.get("env", {})}
    assert holders == {
        "comment.yml: Find the pull request",
        "comment.yml: Download the artifact, without unpacking it",
        "comment.yml: Write the comment, or write it anew",
        "merge.yml: Commit and push",
    }


def test_what_runs_on_a_pull_requests_rows_comes_from_its_base() -> None:
    runs = [(step.get("working-directory", ""), step["run"]) for step in steps("data.yml") if "run" in step]
    assert runs == [
        ("", 'echo "commit=$(git -C pr rev-parse \'HEAD^1\')" >> "$GITHUB_OUTPUT"'),
        ("", "make -C base .venv/.serve-installed"),
        ("base", ".ci/without-network .venv/bin/python -m scripts.check_pull_request ../pr ../out"),
    ]


def bash(script: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a script as a step of a workflow runs."""
    return subprocess.run(
        ["bash", "-e", "-c", script],
        cwd=folder,
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder, as nobody in particular; what it prints."""
    who = ["-c", "user.name=mock", "-c", "user.email=mock@example.org", "-c", "init.defaultBranch=main"]
    done = subprocess.run(["git", *who, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_without_network(tmp_path: Path) -> None:
    if bash(".ci/without-network true", ROOT).returncode:
        pytest.skip("no network namespace can be made here: neither as this user nor with sudo")
    connect = "import socket; socket.create_connection(('192.0.2.1', 9), 5)"  # an address that is nobody's
    done = bash(f'.ci/without-network {sys.executable} -c "{connect}"', ROOT)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "OSError: [Errno 101] Network is unreachable"
    assert bash(".ci/without-network printenv GH_TOKEN", ROOT, GH_TOKEN="mock").stdout == ""
    assert bash(".ci/without-network false", ROOT).returncode == 1


@pytest.fixture
def merged(tmp_path: Path) -> Path:
    """A clone of a repository whose main has just got rows, as merge.yml checks it out."""
    (tmp_path / "work" / ".ci").mkdir(parents=True)
    work = tmp_path / "work"
    for name in (
        "README.md",
        "CHANGELOG.md",
        "metadata/corrections.csv",
        "metadata/codebook.md",
        "metadata/data-dictionary.md",
        "metadata/datasheet.md",
        "metadata/faq.md",
        "metadata/history.csv",
        "metadata/questions.ipynb",
        "metadata/rules.md",
        "data/parquet/acts.parquet",
        "data/acts.csv",
    ):
        (work / name).parent.mkdir(parents=True, exist_ok=True)
        (work / name).write_text("old\n", encoding="utf-8")
    shutil.copy(ROOT / ".ci" / "commit-made", work / ".ci")
    git(work, "init", "--quiet")
    git(work, "add", ".")
    git(work, "commit", "--quiet", "--message", "Rows")
    git(tmp_path, "clone", "--quiet", "--bare", "work", "origin.git")
    git(work, "remote", "add", "origin", str(tmp_path / "origin.git"))
    return work


def test_what_was_made_after_merging_is_committed_and_nothing_else(merged: Path) -> None:
    for name in ("README.md", "data/parquet/acts.parquet", "data/parquet/more.parquet", "data/acts.csv", "left.txt"):
        (merged / name).write_text("new\n", encoding="utf-8")
    assert bash(".ci/commit-made", merged).returncode == 0
    shown = git(merged.parent / "origin.git", "show", "--name-only", "--format=%an%n%s", "main").splitlines()
    assert [line for line in shown if line] == [
        "github-actions[bot]",
        "Parquet and tables of documents made from the merged rows",
        "README.md",
        "data/parquet/acts.parquet",
        "data/parquet/more.parquet",
    ]


def test_nothing_new_makes_no_commit(merged: Path) -> None:
    done = bash(".ci/commit-made", merged)
    assert (done.returncode, done.stderr) == (0, "Nothing to commit: all is current.\n")
    assert git(merged.parent / "origin.git", "rev-list", "--count", "main") == "1"


def test_a_main_that_moved_meanwhile(merged: Path) -> None:
    git(merged.parent, "clone", "--quiet", "origin.git", "other")
    (merged.parent / "other" / "note.txt").write_text("x\n", encoding="utf-8")
    git(merged.parent / "other", "add", ".")
    git(merged.parent / "other", "commit", "--quiet", "--message", "Something else")
    git(merged.parent / "other", "push", "--quiet")
    (merged / "data" / "parquet" / "acts.parquet").write_text("new\n", encoding="utf-8")
    done = bash(".ci/commit-made", merged)
    assert done.returncode == 0, done.stderr
    assert git(merged.parent / "origin.git", "log", "--format=%s", "main").splitlines() == [
        "Parquet and tables of documents made from the merged rows",
        "Something else",
        "Rows",
    ]


GH = """#!/usr/bin/env bash
# Stands for GitHub's command: notes what it is asked, and answers from answers/, in which names have _ for /.
printf '%s\\n' "$*" >> "$MOCK/asked.txt"
query= address= input=
while (($#)); do
    case $1 in
    --jq) query=$2; shift ;;
    --method | -f) shift ;;
    --input) input=yes; shift ;;
    repos/*) address=${1//\\//_} ;;
    esac
    shift
done
[[ -z $input ]] || cat >> "$MOCK/sent.txt"
[[ -f $MOCK/answers/$address ]] || exit 0
if [[ $query ]]; then jq -r "$query" "$MOCK/answers/$address"; else cat "$MOCK/answers/$address"; fi
"""
EVENT = {"GITHUB_REPOSITORY": "owner/kz", "HEAD": "stranger:fix", "HEAD_SHA": "a" * 40, "RUN_ID": "7", "NUMBER": "12"}


@pytest.fixture
def github(tmp_path: Path) -> Path:
    """A folder in which `gh` answers as it is told; skips the test without jq."""
    if shutil.which("jq") is None:
        pytest.skip("jq is not here, by which gh is imitated")
    (tmp_path / "answers").mkdir()
    (tmp_path / "gh").write_text(GH, encoding="utf-8")
    (tmp_path / "gh").chmod(0o755)
    return tmp_path


def answer(github: Path, address: str, content: Any) -> None:
    """Let `gh` answer so for an address below the repository."""
    (github / "answers" / f"repos_owner_kz_{address}").write_text(json.dumps(content), encoding="utf-8")


def step(github: Path, name: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run a step of comment.yml in the folder."""
    (script,) = [found["run"] for found in steps("comment.yml") if found["name"] == name]
    path = f"{github}{os.pathsep}{os.environ['PATH']}"
    places = {"MOCK": str(github), "PATH": path, "GITHUB_OUTPUT": str(github / "output.txt"), "PYTHONPATH": str(ROOT)}
    return bash(script, github, **EVENT | places | variables)


def test_the_pull_request_is_found_by_its_head(github: Path) -> None:
    pulls = [{"number": 11, "head": {"sha": "b" * 40}}, {"number": 12, "head": {"sha": "a" * 40}}]
    answer(github, "pulls", pulls)
    assert step(github, "Find the pull request").returncode == 0
    assert (github / "output.txt").read_text() == "number=12\n"
    asked = (github / "asked.txt").read_text()
    assert asked.startswith("api --method GET repos/owner/kz/pulls -f state=open -f head=stranger:fix --jq ")


@pytest.mark.parametrize("pulls", [[], [{"number": 11, "head": {"sha": "b" * 40}}]])
def test_a_head_that_is_no_pull_requests(github: Path, pulls: list[Any]) -> None:
    answer(github, "pulls", pulls)
    done = step(github, "Find the pull request")
    assert (done.returncode, (github / "output.txt").exists()) == (0, False)
    assert done.stderr == "No open pull request has this head any more: there is nothing to comment.\n"


def test_from_the_artifact_to_the_comment(github: Path) -> None:
    answer(github, "pulls_12_files", [{"filename": "data/acts.csv"}, {"filename": 'x\n"\u202e@team'}])
    artifacts = [{"id": 1, "name": "other", "size_in_bytes": 9}, {"id": 2, "name": "data-report", "size_in_bytes": 9}]
    answer(github, "actions_runs_7_artifacts", {"artifacts": artifacts})
    (github / "answers" / "repos_owner_kz_actions_artifacts_2_zip").write_bytes(b"hello")
    assert step(github, "Download the artifact, without unpacking it").returncode == 0
    done = step(github, "Compose the comment", RUN="https://example.org/run")
    assert (done.returncode, done.stderr) == (0, "")
    (line,) = (github / "output.txt").read_text(encoding="utf-8").splitlines()
    comment = line.removeprefix("comment=")
    assert json.loads(comment)["body"].splitlines()[2:] == [
        "**The check of the rows left no report that can be shown:** it is no sound zip.",
        "",
        "**Not looked at by this check:**",
        "",
        "````text",
        'x\\n"\\u202e@team',
        "````",
        "",
        "The whole report is in [its run](https://example.org/run). What to do about a line: its rule in"
        " `metadata/rules.md`.",
    ]
    answer(
        github, "issues_12_comments", [{"id": 5, "user": {"login": "stranger"}, "body": "<!-- check-of-the-data -->"}]
    )
    assert step(github, "Write the comment, or write it anew", COMMENT=comment).returncode == 0
    assert (github / "sent.txt").read_text(encoding="utf-8") == comment + "\n"
    last = "api --method POST repos/owner/kz/issues/12/comments --input -"
    assert (github / "asked.txt").read_text().splitlines()[-1] == last


def test_too_large_an_artifact_is_not_downloaded(github: Path) -> None:
    artifacts = [{"id": 2, "name": "data-report", "size_in_bytes": 20_000_000}]
    answer(github, "actions_runs_7_artifacts", {"artifacts": artifacts})
    assert step(github, "Download the artifact, without unpacking it").returncode == 0
    assert not (github / "artifact.zip").exists()


def test_an_earlier_comment_is_written_anew(github: Path) -> None:
    bot = {"login": "github-actions[bot]"}
    comments = [
        {"id": 5, "user": bot, "body": "hello"},
        {"id": 6, "user": bot, "body": "<!-- check-of-the-data -->\nold"},
    ]
    answer(github, "issues_12_comments", comments)
    assert step(github, "Write the comment, or write it anew", COMMENT="{}").returncode == 0
    last = "api --method PATCH repos/owner/kz/issues/comments/6 --input -"
    assert (github / "asked.txt").read_text().splitlines()[-1] == last
