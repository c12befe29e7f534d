"""How far a program is, on stderr, where somebody is watching."""

import sys


def told(program: str, text: str) -> None:
    """Print a line of a program where stderr is a terminal."""
    if sys.stderr.isatty():
        print(f"{program}: {text}", file=sys.stderr, flush=True)
