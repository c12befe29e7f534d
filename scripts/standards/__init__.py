"""The dataset as standards describe it: CITATION.cff, Zenodo, DataCite, schema.org, Croissant, RO-Crate.

files = standards_files(load_package(), read_project(), described, released)
"""

from scripts.standards.described import DescribedFile
from scripts.standards.documents import kept_files, standards_files

__all__ = ["DescribedFile", "kept_files", "standards_files"]
