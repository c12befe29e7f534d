"""What Datasette works out anew for every cell and every link, though it cannot change while the site is served.

Its settings of plugins and its permissions come from metadata that is read once; it copies the whole of them each time,
which took most of the time of a page that lists the tables.
"""

from functools import lru_cache

from datasette.app import Datasette

MOST = 1000  # answers kept of each kind; there are about 60 tables and views


def keep_repeated(datasette: Datasette) -> None:
    """Let an instance work each of these out once."""
    for name in ("plugin_config", "_table_permission_allows"):
        setattr(datasette, name, lru_cache(maxsize=MOST)(getattr(datasette, name)))
