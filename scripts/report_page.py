"""The report as one HTML page that needs nothing else: no script, no request; light and dark, and for the printer."""

from collections.abc import Mapping
from html import escape
from itertools import groupby

from scripts.catalogue import Check
from scripts.outcome import Outcome, Result, results
from scripts.problems import Problem, total

KIND_TITLES = {
    "program": "Files, citations and what is made from the tables",
    "schema": "Cells and keys, by the descriptor",
    "expectation": "One table as a whole",
    "rule": "Several tables together",
}
STYLE = """
:root { color-scheme: light dark; --text: #1b1b1b; --back: #fff; --soft: #f3f3ef; --line: #bbb;
  --failed: #a3001b; --warned: #7a4b00; --passed: #1b5e20; }
@media (prefers-color-scheme: dark) { :root { --text: #e8e6e1; --back: #17181a; --soft: #232528; --line: #5a5d61;
  --failed: #ff9a9a; --warned: #ffc46b; --passed: #9bd8a0; } }
body { color: var(--text); background: var(--back); font: 1rem/1.5 system-ui, sans-serif; max-width: 75rem;
  margin: 0 auto; padding: 1rem; }
h1, h2, h3, h4 { line-height: 1.25; }
h3 { border-bottom: 1px solid var(--line); padding-bottom: .2rem; overflow-wrap: anywhere; }
.total { font-size: 1.25rem; font-weight: 600; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: start; }
th, td { border: 1px solid var(--line); padding: .25rem .5rem; text-align: start; vertical-align: top;
  overflow-wrap: anywhere; }
thead th { background: var(--soft); }
code { font-family: ui-monospace, monospace; font-size: .95em; overflow-wrap: anywhere; }
.failed { color: var(--failed); font-weight: 600; }
.warned { color: var(--warned); font-weight: 600; }
.passed { color: var(--passed); }
@media print { :root { color-scheme: light; --text: #000; --back: #fff; --soft: #eee; --failed: #000; --warned: #000;
  --passed: #000; } body { max-width: none; padding: 0; font-size: 10pt; } tr, h4 { break-inside: avoid; }
  h3, h4 { break-after: avoid; } thead { display: table-header-group; } }
"""
HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
"""


def page(checks: list[Check], outcome: Outcome, cells: Mapping[Problem, str], scope: str, only: str | None) -> str:
    """The page: the total, the problems by file and check with what to do, then the result of every check.

    `cells` names the spreadsheet's cell of a problem; `scope` and `only` are what the gate was asked for.
    """
    found = sorted(set(outcome.problems))
    told = total(found)
    parts = [
        HEAD.format(title=escape(f"Validation: {told}"), style=STYLE),
        "<main>\n<h1>What the gate found</h1>\n",
        f'<p class="total">{escape(told)}</p>\n',
        limits(scope, only),
        "<h2>Problems, by file</h2>\n",
        *file_parts(found, {check.check_id: check for check in checks}, cells),
        "<h2>Every check</h2>\n",
        *check_parts(results(checks, outcome, scope)),
        "</main>\n</body>\n</html>\n",
    ]
    return "".join(parts)


def limits(scope: str, only: str | None) -> str:
    """What the gate was asked to leave out, as a paragraph, or nothing."""
    said = []
    if only is not None:
        said.append(f"Only what concerns the table {only} is told; elsewhere a check that is called passed may fail.")
    if scope == "model":
        said.append("What holds for this edition alone was left out.")
    return f"<p>{escape(' '.join(said))}</p>\n" if said else ""


def file_parts(problems: list[Problem], checks: Mapping[str, Check], cells: Mapping[Problem, str]) -> list[str]:
    """The sections of the files that have problems, each with a table a check."""
    if not problems:
        return ["<p>None.</p>\n"]
    parts = []
    for path, group in groupby(problems, key=lambda problem: problem.path):
        of_file = sorted(group, key=lambda problem: (problem.rule, problem))
        parts.append(f"<h3><code>{escape(path)}</code>: {escape(total(of_file))}</h3>\n")
        for rule, same in groupby(of_file, key=lambda problem: problem.rule):
            parts += [rule_head(rule, checks), *problem_table(list(same), cells)]
    return parts


def rule_head(rule: str, checks: Mapping[str, Check]) -> str:
    """A check's id, sentence and what to do; a check that could not be read has its id alone."""
    head = f"<h4><code>{escape(rule)}</code></h4>\n"
    if rule not in checks:
        return head
    sentence = checks[rule].sentence.removesuffix(".")
    return f"{head}<p>{escape(sentence)}. <strong>What to do:</strong> {escape(checks[rule].remedy)}</p>\n"


def problem_table(problems: list[Problem], cells: Mapping[Problem, str]) -> list[str]:
    """The places and messages of one check in one file."""
    rows = [
        [
            str(problem.line or ""),
            problem.column,
            cells.get(problem, ""),
            problem.row_id,
            problem.message if problem.severity == "error" else f"{problem.severity}: {problem.message}",
        ]
        for problem in problems
    ]
    return table(["Line", "Column", "Cell", "Row", "What is wrong"], [[escape(cell) for cell in row] for row in rows])


def check_parts(found: list[Result]) -> list[str]:
    """The results of all checks: how many ended how, then a table a kind."""
    statuses = ("failed", "warned", "passed", "left out")
    counts = ", ".join(f"{sum(r.status == status for r in found)} {status}" for status in statuses)
    parts = [f"<p>{len(found)} checks: {counts}.</p>\n"]
    for kind, title in KIND_TITLES.items():
        rows = [result_row(result) for result in found if result.check.kind == kind]
        parts += [f"<h3>{escape(title)}</h3>\n", *table(["Check", "What must hold", "Result"], rows)]
    return parts


def result_row(result: Result) -> list[str]:
    """A check's row: id, sentence, result with its reason, as HTML."""
    status = f'<span class="{result.status.replace(" ", "-")}">{escape(result.status)}</span>'
    why = f": {escape(result.why)}" if result.why else ""
    return [f"<code>{escape(result.check.check_id)}</code>", escape(result.check.sentence), status + why]


def table(head: list[str], rows: list[list[str]]) -> list[str]:
    """A table; `rows` are HTML already."""
    names = "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    lines = ["<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in rows]
    return [f"<table>\n<thead><tr>{names}</tr></thead>\n<tbody>\n", *lines, "</tbody>\n</table>\n"]
