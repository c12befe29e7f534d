"""Say what changed between two versions of the package, and the version number that it calls for.

OLD and NEW are each a folder, a release (its folder or .zip), or a git revision of this repository; a folder of that
name comes before a revision. Rows are matched by their keys and compared cell by cell as text. A row that is gone and
stands in the new retired_ids is merged or withdrawn. Published figures are the number of rows of each view, the numbers
of those that count, and what the counting rule of each reported total gives; both versions are counted by the views of
this package. Nothing of OLD or NEW is run but their counting rules, confined as in the build.

A withheld row prints “row withheld” and its table alone, and nothing of the rows and figures that go with it: whoever
reviews a stranger's rows that withhold somebody looks at the files themselves.

{rule}

--format json prints one object:
  old, new    name (as given), version (as the descriptor says)
  bump        none, patch, minor or major; version: the number that follows the old one by it, or null
  rows        table, row_id (empty: withheld), kind (added, changed, removed, merged, withdrawn, withheld),
              cells (column, old, new; of added and changed rows), into (the row into which it was merged)
  columns     table, column (empty: the table, or both empty: the package), what, bump
  figures     name (a view; for totals stated_vs_counted), row (its key, or the total), column, old, new (null: none)
  reasons     bump, why: one for each kind of change of a table
  notes       what could not be compared

Examples:
  python -m scripts.diff HEAD .                                  what you changed since the last commit
  python -m scripts.diff v0.1.0 v0.2.0 --format markdown         for a pull request or a release
  python -m scripts.diff kz2018-0.1.0.zip . --format json        since a release

Exit codes: 0 compared, whether or not anything changed; 2 could not run.
"""

import argparse
import sys
from pathlib import Path

from scripts.change_comment import as_markdown
from scripts.change_texts import as_json, as_text
from scripts.changes import compare
from scripts.endings import exit_code
from scripts.files import CannotRun
from scripts.package import ROOT
from scripts.version_bump import CALLED_FOR
from scripts.versions import read_version

FORMATS = {"text": as_text, "markdown": as_markdown, "json": as_json}


def run(options: argparse.Namespace) -> int:
    """Compare and print; the exit code."""
    old, new = (read_version(place, options.repository) for place in (options.old, options.new))
    print(FORMATS[options.format](compare(old, new)), end="", flush=True)
    return 0


def main(arguments: list[str] | None = None) -> int:
    """Run the program; returns the exit code."""
    about = (__doc__ or "").format(rule=CALLED_FOR)
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old", metavar="OLD", help="a folder, a release (folder or .zip) or a git revision")
    parser.add_argument("new", metavar="NEW", help="the same")
    parser.add_argument("--format", choices=list(FORMATS), default="text", help="how to say it (default: text)")
    parser.add_argument(
        "--repository", type=Path, default=ROOT, metavar="DIR", help="the package whose git revisions are meant"
    )
    options = parser.parse_args(arguments)
    return exit_code("diff", lambda: run(options), (CannotRun, OSError))


if __name__ == "__main__":
    sys.exit(main())
