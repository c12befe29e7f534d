"""Packages that other packages import where they find them, though no program here uses them."""

import sys


def hide(*modules: str) -> None:
    """Make modules that this process has not imported yet look as if they were not installed."""
    for module in modules:
        sys.modules.setdefault(module, None)  # type: ignore[arg-type]
