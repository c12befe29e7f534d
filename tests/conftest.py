"""Fixtures for all tests."""

from pathlib import Path

import pytest
from fixture_package import build_package


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The folder of an artificial package that passes the gate."""
    return build_package(tmp_path / "package")
