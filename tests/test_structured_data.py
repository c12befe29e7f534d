"""The dataset as structured data on the site's first page, and on no page that names anybody."""

import asyncio
import json
import re
from pathlib import Path

import pytest
from artificial import ROWS, build_all, write_package, write_settings
from odd_requests import ask
from test_correct_pages import SET
from test_safety import UNBOUND, Ask
from test_serve import UNBOUNDED

from scripts import serve
from scripts.package import load_package
from scripts.site_safety.headers import SAFE
from scripts.site_safety.inline import without_inline
from scripts.standards.schema_org import as_data_block

BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
OTHERS = [
    "/persons/P0001", "/officials/O0001", "/events/E0002", "/cases/K0001", "/passages/X0002", "/search", "/nowhere",
    "/kz2018/persons", "/kz2018/persons/P0001", "/correct/P0001", "/events", "/about/methodology",
]  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """The application of an artificial package that an archive publishes, with an event whose title ends a script."""
    assert UNBOUND["cache_bytes"] == 0
    folder = write_package(tmp_path_factory.mktemp("package"), ROWS)
    write_settings(folder, SET | {"publisher": "</script><b>Archive & Sons"})
    build_all(folder)
    app = serve.make_datasette(load_package(folder), Path(UNBOUNDED)).app()
    runner = asyncio.Runner()
    return lambda path, query="", **more: runner.run(ask(app, path, query, **more))


@pytest.mark.parametrize("path", ["/", "/ru/", "/kk/"])
def test_first_page_holds_the_dataset(site: Ask, path: str) -> None:
    status, headers, body = site(path)
    (block,) = BLOCK.findall(body.decode())
    said = json.loads(block)
    assert (status, headers.get("x-robots-tag")) == (200, None)
    assert {name: headers[name] for name in SAFE} == SAFE
    assert {key: said[key] for key in ("@context", "@type", "version", "license", "alternateName")} == {
        "@context": {"@vocab": "http://schema.org/"},
        "@type": "Dataset",
        "version": "0.1.0",
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "alternateName": "kz2018",
    }
    assert said["publisher"]["name"] == "</script><b>Archive & Sons"
    assert said.keys() & {"distribution", "variableMeasured"} == set()


@pytest.mark.parametrize("path", OTHERS)
def test_no_other_page_has_any(site: Ask, path: str) -> None:
    assert b"ld+json" not in site(path)[2]


def test_a_block_cannot_be_ended_from_within() -> None:
    written = as_data_block({"name": "</script><!--<script>&amp; ё"})
    assert written == '{"name": "\\u003c/script\\u003e\\u003c!--\\u003cscript\\u003e\\u0026amp; ё"}'
    assert json.loads(written) == {"name": "</script><!--<script>&amp; ё"}


def test_templates_keep_blocks_of_data_and_lose_scripts() -> None:
    block = '<script type="application/ld+json">{{ data }}</script>'
    assert without_inline(f"<p>{block}<script>run()</script></p>") == f"<p>{block}</p>"
