"""Serve the database in Datasette on http://127.0.0.1:8001/ until Ctrl-C.

Serves build/kz2018.db, which must be newer than the data, to this machine alone. What the pages say of each table comes
from datapackage.json and scripts/views, how they are sorted and faceted from scripts/site/tables.json.

Exit codes: 0 stopped by Ctrl-C (with --check: all is ready), 2 nothing to serve, or the port is in use.

Examples:
    python -m scripts.serve
    python -m scripts.serve --port 8002
    python -m scripts.serve --check     then the folder can be served by whoever may only read it
"""

import argparse
import asyncio
import hashlib
import json
import socket
import sqlite3
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import uvicorn
from datasette.app import Datasette

from scripts import views
from scripts.build_parquet import write_atomically
from scripts.build_sqlite import DATABASE
from scripts.changelog_sections import read_versions
from scripts.offline.copies import made_copies
from scripts.package import ROOT, Package, load_package
from scripts.project import Project, read_project
from scripts.search.answer import index_of
from scripts.site_metadata import site_metadata
from scripts.site_safety import amounts, failures
from scripts.site_safety.repeated import keep_repeated
from scripts.site_safety.schema import read_schema
from scripts.site_safety.settings import FILE as BOUNDS
from scripts.site_safety.settings import read_bounds
from scripts.standards.described_edition import described_edition
from scripts.standards.schema_org import as_data_block, dataset

HOST = "127.0.0.1"
SITE = Path(__file__).resolve().parent / "site"


class CannotServeError(Exception):
    """Why nothing can be served, with what to do."""


def check_current(package: Package) -> None:
    """Raise CannotServeError where the database is missing, or older than the data, the descriptor or the views."""
    database = package.root / DATABASE
    if not database.is_file():
        raise CannotServeError(f"{DATABASE.as_posix()} is missing: run make build")
    inputs = [package.root / "datapackage.json", *(package.root / "data").glob("*.csv"), *views.FOLDER.glob("*.sql")]
    newest = max(inputs, key=lambda path: path.stat().st_mtime_ns)
    if newest.stat().st_mtime_ns > database.stat().st_mtime_ns:
        raise CannotServeError(f"{DATABASE.as_posix()} is older than {newest.name}: run make build")


def read_columns(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """The columns of every table and view of a database."""
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
    return {name: [row[1] for row in connection.execute(f'PRAGMA table_xinfo("{name}")')] for name in names}


def inspect_data(connection: sqlite3.Connection, database: Path) -> dict[str, Any]:
    """What Datasette would work out at its start: the file's hash and size, and the number of rows of each table."""
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
    counts = {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}
    content = database.read_bytes()
    return {
        database.stem: {
            "hash": hashlib.sha256(content).hexdigest(),
            "size": len(content),
            "file": database.name,
            "tables": {name: {"count": count} for name, count in counts.items()},
        }
    }


def structured_data(package: Package, project: Project) -> str:
    """The dataset as schema.org has it, for the data block of the first page; raises as `described_edition`."""
    released = read_versions(package.root).get(package.descriptor["version"])
    return as_data_block(dataset(described_edition(package, project, (), released)))


def write_site(package: Package, bounds: dict[str, Any], copies: list[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Write build/metadata.json and build/inspect.json where they differ: a folder that may only be read is served too.

    Their contents. `copies` are the names of the files of scripts.offline.copies that can be downloaded. Raises as
    `site_metadata`, `read_project`.
    """
    database = package.root / DATABASE
    choices = json.loads((SITE / "tables.json").read_text(encoding="utf-8"))
    project = read_project(package.root)
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        metadata = site_metadata(package, views.read_views(), choices, read_columns(connection), project)
        metadata["plugins"]["site_pages"]["dataset"] = structured_data(package, project)
        metadata["plugins"]["site_pages"]["copies"] = copies
        metadata["plugins"]["safety"] = {"schema": read_schema(connection), "bounds": bounds, "site": project.site}
        inspected = inspect_data(connection, database)
    finally:
        connection.close()
    for name, content in {"metadata.json": metadata, "inspect.json": inspected}.items():
        text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
        write_atomically(database.with_name(name), text.encode())
    return metadata, inspected


def make_datasette(package: Package, bounds: Path = BOUNDS, copies: list[str] | None = None) -> Datasette:
    """Datasette over the package's database, immutable, within the bounds of a file.

    `copies` are the offline copies that it offers; those that dist/ holds where it is None.

    Raises CannotServeError where nothing current can be served.
    """
    check_current(package)
    about = package.descriptor
    try:
        offered = made_copies(package.root, about["name"], about["version"]) if copies is None else copies
        metadata, inspected = write_site(package, read_bounds(bounds), offered)
    except ValueError as error:
        raise CannotServeError(str(error)) from error
    except sqlite3.DatabaseError as error:
        raise CannotServeError(f"{DATABASE.as_posix()} cannot be read ({error}): run make build") from error
    failures.silence()
    site = Datasette(
        immutables=[str(package.root / DATABASE)],
        metadata=metadata,
        inspect_data=inspected,
        settings=json.loads((SITE / "settings.json").read_text(encoding="utf-8")),
        template_dir=str(SITE / "templates"),
        plugins_dir=str(SITE / "plugins"),
        static_mounts=[("static", str(SITE / "static"))],
    )
    keep_repeated(site)
    for served in site.databases.values():
        failures.without_log(served)
    return site


def make_index(package: Package) -> None:
    """Make the index of the search, which takes a second, before the first reader asks for it."""
    connection = sqlite3.connect(f"file:{package.root / DATABASE}?mode=ro", uri=True)
    try:
        index_of(connection)
    finally:
        connection.close()


def server_config(app: Any) -> uvicorn.Config:
    """How the application is run: nobody's address is logged, and no header names the server.

    A web server on this machine may say for whom it asks. It drops a kept connection first, after a minute.
    """
    return uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        lifespan="on",
        proxy_headers=True,
        forwarded_allow_ips=HOST,
        timeout_keep_alive=75,
    )


def bound_socket(port: int) -> socket.socket:
    """A listening socket on loopback. Raises CannotServeError where the port is taken or not allowed."""
    # Named as TCP, so that asyncio sends at once: else an answer on a kept connection waits 40 ms.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen()
    except (OSError, OverflowError) as error:
        listener.close()
        raise CannotServeError(f"port {port} cannot be used ({error}): choose another: make serve PORT=8002") from error
    return listener


def main(argv: list[str] | None = None) -> int:
    """Run the program; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--root", type=Path, default=ROOT, help="folder of the package")
    parser.add_argument("--port", type=int, default=8001, help="port on this machine (default: 8001; 0: any free one)")
    parser.add_argument("--bounds", type=Path, default=BOUNDS, help="bounds in place of scripts/site/safety.json")
    parser.add_argument("--check", action="store_true", help="make all ready that is written once, and serve nothing")
    options = parser.parse_args(argv)
    try:
        package = load_package(options.root.resolve())
        site = make_datasette(package, options.bounds)
        if options.check:
            return 0
        listener = bound_socket(options.port)
        make_index(package)
    except (CannotServeError, OSError, json.JSONDecodeError) as error:
        print(error, file=sys.stderr)
        return 2
    amounts.bound_heap()
    server = uvicorn.Server(server_config(site.app()))
    with listener, suppress(KeyboardInterrupt):
        print("stop with Ctrl-C", file=sys.stderr)
        print(f"http://{HOST}:{listener.getsockname()[1]}/", flush=True)
        asyncio.run(server.serve(sockets=[listener]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
