"""Links that open a public issue form with table, row and field filled in; never a value, never a name.

The forms are .github/ISSUE_TEMPLATE/<kind>.yml. While metadata/project.json names no repository, a link leads to
CONTRIBUTING.md instead.
"""

import re
from urllib.parse import urlencode

from scripts.project import Project

KINDS = ("correct", "add", "dispute")  # each is a form of this stem
CONTRIBUTING = "CONTRIBUTING.md"
ID = re.compile(r"[A-Z][0-9]{4,5}")
NAME = re.compile(r"[a-z][a-z0-9_]*")  # of a table, a column or a code


def issue_link(project: Project, kind: str, table: str, row_id: str, field: str) -> str:
    """The address of the form `kind` with these three filled in, or CONTRIBUTING's path in the repository.

    `row_id` is the primary key, several columns joined by "/"; of it only ids and codes are put into the link, because
    other parts may be a person's name. `row_id` and `field` may be empty. Raises ValueError for an unknown kind, and
    for a table or field that is no name of one.
    """
    if kind not in KINDS:
        raise ValueError(f"there is no form {kind}: there are {', '.join(KINDS)}")
    if not NAME.fullmatch(table) or not (field == "" or NAME.fullmatch(field)):
        raise ValueError(f"{table!r}, {field!r}: not the name of a table and of a column")
    if not project.repository:
        return CONTRIBUTING
    row = "/".join(part for part in row_id.split("/") if ID.fullmatch(part) or NAME.fullmatch(part))
    filled = {"template": f"{kind}.yml", "table": table, "row": row, "field": field}
    query = urlencode({key: value for key, value in filled.items() if value}, safe="/")
    return f"{project.repository.rstrip('/')}/issues/new?{query}"
