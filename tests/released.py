"""What the tests of releases share: an artificial package with what goes out beside its rows."""

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

from scripts import release
from scripts.correction_log import HEAD
from scripts.package import ROOT, load_package
from scripts.project import Project
from scripts.releasing.edition import Edition

NAME = "kz2018-0.1.0"
DAY = date(2027, 1, 31)
MINISIGN = shutil.which("minisign")
UNSET = {"publisher": "", "contact": "", "repository": "", "answered_by": "", "answered_within_days": None}
PUBLISHED = Project("Mock Archive", "https://example.org/write", "https://example.org/kz", "An archivist", 14)


def write_documents(root: Path) -> Path:
    """Lay beside an artificial package what a release needs beside its rows; the folder."""
    for name in ("LICENSE", "LICENSE-DATA"):
        shutil.copyfile(ROOT / name, root / name)
    (root / "CHANGELOG.md").write_text(f"# Changelog\n\n## 0.1.0 ({DAY.isoformat()})\n\nFirst.\n", encoding="utf-8")
    (root / "metadata").mkdir()
    (root / "metadata" / "project.json").write_text(json.dumps(UNSET), encoding="utf-8")
    (root / "metadata" / "terms.md").write_text("# Terms of use\n\nSee [the log](corrections.csv).\n", encoding="utf-8")
    (root / "metadata" / "corrections.csv").write_text(f"{','.join(HEAD)}\n", encoding="utf-8")
    return root


def edition_of(root: Path, project: Project | None = None) -> Edition:
    """What the release of a package is made from; with the settings of a publisher, if any."""
    edition = release.edition_of(load_package(root))
    return replace(edition, project=project) if project else edition
