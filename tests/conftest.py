"""Fixtures for all tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from artificial import build_all, write_package, write_settings
from fixture_package import build_package

from scripts.memo import Memo


@pytest.fixture(scope="session", autouse=True)
def memo() -> Iterator[Memo]:
    """One memory for all runs of the gate in a process: most packages of the tests differ in a cell or two.

    test_a_memo_changes_no_result sees that a run with one finds what a run without it finds.
    """
    memo = Memo()
    with pytest.MonkeyPatch.context() as patch:
        for module in ("fates", "gate", "withheld_package"):  # by name: who only hands out tests need not import them
            patch.setattr(f"scripts.{module}.Memo", lambda: memo)
        yield memo


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
