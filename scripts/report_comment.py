"""Compose the comment on a pull request from the artifact that the check of its rows left.

ARTIFACT is a zip that a stranger may have made: a pull request can change the workflow that makes it. Only report.json
and diff.txt are read, never more of them than fits, and nothing is unpacked to disk. What they say is shown as plain
text in a code block, in which GitHub makes no link, mentions nobody and shows no HTML; what does not print is written
as an escape, and long text is cut.

FILES are the names of the files that the pull request changes, as GitHub itself gives them, one JSON string a line.
The comment says which of them the check did not look at.

The comment goes to stdout as one line of JSON, {"body": …}.

Example:
  python -m scripts.report_comment artifact.zip --files files.txt --run https://example.org/runs/1

Exit codes: 0 composed, 2 could not run (FILES cannot be read). An artifact that cannot be read is said in the comment.
"""

import argparse
import json
import re
import sys
from operator import itemgetter
from pathlib import Path

from scripts.files import one_line
from scripts.report_artifact import Unreadable, members, problems

MARK = "<!-- check-of-the-data -->"  # how the workflow finds its own comment again
MAX_LINES = {"problems": 30, "diff": 300, "files": 30}
MAX_LINE = 500  # characters
MAX_BLOCK = 18_000  # bytes of one code block, as JSON: GitHub takes 65,536 in a comment, Linux 128 KB in a variable
TAKEN = re.compile(r"data/[a-z0-9_]+\.csv|metadata/corrections/[a-z0-9-]+\.yaml")
NOT_TAKEN = {"data/passages.csv"}
PROGRAMS = (".github/", ".ci/", "scripts/", "Makefile", "requirements-", "pyproject.toml")


def code_block(lines: list[str], most: int) -> str:
    """The lines in a code block that nothing in them can end; of long lines and many, the first part."""
    shown: list[str] = []
    room = MAX_BLOCK
    for line in lines[:most]:
        text = one_line(line[:MAX_LINE]) + ("…" if len(line) > MAX_LINE else "")
        room -= len(json.dumps(text, ensure_ascii=False).encode())
        if room < 0:
            break
        shown.append(text)
    if len(shown) < len(lines):
        shown.append(f"… and {len(lines) - len(shown):,} more lines")
    longest = max((len(run) for line in shown for run in re.findall("`+", line)), default=0)
    fence = "`" * max(4, longest + 1)
    return "\n".join([f"{fence}text", *shown, fence])


def comment(artifact: Path, files: list[str], run: str) -> str:
    """The comment's Markdown. `files` are the names that GitHub gives, `run` is the address of the check's run."""
    parts = [MARK, *about_artifact(artifact), *about_files(files)]
    parts.append(f"The whole report is in [its run]({run}). What to do about a line: its rule in `metadata/rules.md`.")
    return "\n\n".join(parts)


def about_artifact(artifact: Path) -> list[str]:
    """What the check found and what changes, or that its artifact cannot be read."""
    try:
        found = members(artifact)
        if "report.json" not in found:
            return ["**The check of the rows could not run.** Its log says why."]
        listed = problems(found["report.json"])
    except Unreadable as error:
        return [f"**The check of the rows left no report that can be shown:** {error}."]
    errors = sum(severity == "error" for severity, _ in listed)
    parts = [f"**The check of the rows: {errors} errors, {len(listed) - errors} warnings.**"]
    if listed:
        parts.append(code_block([line for _, line in sorted(listed, key=itemgetter(0))], MAX_LINES["problems"]))
    if "diff.txt" in found:
        text = found["diff.txt"].decode("utf-8", errors="replace")
        parts += ["**What changes:**", code_block(text.strip().split("\n"), MAX_LINES["diff"])]
    return parts


def about_files(files: list[str]) -> list[str]:
    """What the check did not look at, and that its own words may be forged where programs change."""
    left = sorted(name for name in set(files) if not TAKEN.fullmatch(name) or name in NOT_TAKEN)
    if not left:
        return []
    parts = ["**Not looked at by this check:**", code_block(left, MAX_LINES["files"])]
    if any(name.startswith(PROGRAMS) for name in left):
        parts.append(
            "This pull request changes programs or workflows. The lines above may come from the changed ones: do not "
            "rely on them before a maintainer has read the changes."
        )
    return parts


def main(arguments: list[str] | None = None) -> int:
    """Run the program; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("artifact", type=Path, metavar="ARTIFACT", help="the zip that the check left")
    parser.add_argument("--files", type=Path, required=True, help="names of changed files, one JSON string a line")
    parser.add_argument("--run", required=True, metavar="ADDRESS", help="where the check's run is shown")
    options = parser.parse_args(arguments)
    try:
        files = [str(json.loads(line)) for line in options.files.read_text(encoding="utf-8").splitlines() if line]
    except (OSError, ValueError) as error:
        print(f"report_comment: could not run: {options.files}: {error}", file=sys.stderr)
        return 2
    print(json.dumps({"body": comment(options.artifact, files, options.run)}, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main())
