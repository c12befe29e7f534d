"""What SQL of a reader may be: one statement that asks, and nothing about the machine."""

import re

TOKEN = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|`[^`]*`|\[[^\]]*\]|--[^\n]*|/\*.*?(?:\*/|\Z)|.", re.DOTALL)
MACHINE = re.compile(r"database_list|load_extension|readfile|writefile", re.IGNORECASE)
LONGEST = 8000  # characters


def fault(sql: str) -> str:
    """Why the SQL is not run; empty where it may be."""
    if len(sql) > LONGEST:
        return f"the query is longer than {LONGEST:,} characters"
    if MACHINE.search(sql):
        return "the query asks for something about the machine"
    if not is_one_statement(sql):
        return "only one statement can be run at a time"
    return ""


def is_one_statement(sql: str) -> bool:
    """Whether nothing but space and comments follows the first semicolon that stands outside quotes and comments."""
    tokens = [token for token in TOKEN.findall(sql) if not token.isspace() and not token.startswith(("--", "/*"))]
    return ";" not in tokens or tokens.index(";") == len(tokens) - 1
