"""Fixtures for all tests."""

from pathlib import Path

import pytest
from artificial import build_all, write_package, write_settings
from fixture_package import build_package


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """The folder of an artificial package that passes the gate."""
    return build_package(tmp_path / "package")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an artificial package that is built and can be served."""
    folder = write_package(tmp_path_factory.mktemp("package"))
    write_settings(folder)
    build_all(folder)
    return folder
