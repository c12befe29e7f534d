"""Odd requests, made of the site's routes and of parameters and values that go wrong somewhere; and an ASGI client."""

import json
import random
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, quote_from_bytes, urlencode

ROUTES = [
    "/", "/.json", "/kz2018", "/kz2018.json", "/kz2018.csv", "/kz2018.db", "/kz2018/persons", "/kz2018/persons.json",
    "/kz2018/persons.csv", "/kz2018/acts", "/kz2018/citations.json", "/kz2018/events", "/kz2018/search",
    "/kz2018/search.json", "/kz2018/persons_detained", "/kz2018/sentences.csv", "/kz2018/persons/P0001",
    "/kz2018/persons/P0001.json", "/kz2018/persons.xlsx", "/kz2018/acts.xlsx", "/kz2018.xlsx",
    "/kz2018/persons_detained.xlsx", "/kz2018/persons/P0001.xlsx", "/kz2018/case_persons/K0001,P0001",
    "/kz2018/person_names", "/kz2018/sqlite_stat1",
    "/kz2018/search_fts", "/kz2018/search_fts_data", "/kz2018/search_fts_config.json", "/kz2018/none", "/correct",
    "/correct/P0001", "/ru/correct/A0001", "/robots.txt", "/sitemap.xml", "/-/metadata.json", "/-/static/app.css",
    "/static/stock.css", "/search", "/persons/P0001", "/kk/events/E0001",
    "/persons/P0001.json", "/persons/P0001.csv", "/ru/officials/O0001", "/officials/O0001.xlsx", "/cases/K0001",
    "/places/L0001", "/provisions/B0001", "/rights/G0001", "/passages/X0001", "/events", "/figures", "/figures.json",
    "/inconsistencies", "/download", "/count", "/count/persons_detained", "/about/methodology", "/-/tables",
    "/questions", "/questions/persons_detained_by_place", "/questions/persons_detained_by_place.csv", "/ru/questions",
    "/filter/persons", "/filter/acts", "/ru/filter/events", "/filter/none", "/ru/", "/kk/", "/ru/search", "/kk/figures",
    "/ru/inconsistencies", "/kk/about/methodology", "/ru/events.json", "/kk/persons/P0001.csv", "/ru/count",
    "/places", "/provisions", "/rights", "/cases", "/kk/correct", "/CONTRIBUTING.md",
]  # fmt: skip
ODD_PATHS = [
    "/persons/%00", "/persons/P0001.odd", "/persons/%F0%28", "/count/~00", "/about/..", "/about/%2e%2e%2fx", "/ru",
    "/ru/ru", "/kk/", "/ru/%2F", "/persons/P0001/", "/static/site.000000000000.css",
    "/-/databases.json", "/-/threads", "/-/plugins", "/-/permissions", "/-/auth-token", "/-/logout", "/-/patterns",
    "/-/messages", "/-/allow-debug", "/_memory", "/_internal", "/:memory:", "/_internal/databases", "//evil.example/",
    "//evil.example/%2F..", "/kz2018//", "/kz2018/persons/", "/kz2018/~00", "/kz2018/persons/~00", "/kz2018/%00",
    "/kz2018/persons/P0001,P0002", "/kz2018/persons/,", "/kz2018/persons/~ZZ", "/kz2018/acts/~FF~FE",
    "/../../etc/passwd", "/-/static/../../../app.py", "/-/static/%2e%2e/app.py", "/static/..%2f..%2fserve.py",
    "/kz2018/persons/P0001.blob", "/kz2018/persons.jsono", "/kz2018/persons.odd", "/kz2018.db.json", "/%FF",
    "/%C3%28", "/\\evil.example", "/" + "a" * 900, "/kz2018/" + "~41" * 300, "/kz2018/case_persons/K0001",
    "/correct/%00", "/kz2018/persons_detained/P0001", "/%", "/kz2018/search_fts_data/1.json",
    "/kz2018/search_fts_data/1", "/kz2018/search/persons,P0001", "/favicon.ico",
]  # fmt: skip
NAMES = [
    "_sort", "_sort_desc", "_sort_by_desc", "_col", "_nocol", "_facet", "_facet_array", "_facet_date", "_facet_size",
    "_facet_odd", "_size", "_next", "_search", "_search_title", "_search_", "_search_odd", "_searchmode",
    "_fts_table", "_fts_pk", "_where", "_through", "_label", "_labels", "_shape", "_nl", "_json", "_json_infinity",
    "_nocount", "_nofacet", "_nosuggest", "_ttl", "_timelimit", "_trace", "_context", "_dl", "_stream", "_header",
    "_extra", "_filter_column", "_filter_op", "_filter_value", "_filter_column_1", "_filter_op_1", "_filter_column_x",
    "_hide_sql", "_show_sql", "_blob_column", "_blob_hash", "_show_hidden", "_success", "_odd", "_", "__", "__in",
    "_odd__exact", "person_id", "person_id__in", "person_id__notin", "name__contains", "name__like", "name__glob",
    "age__gt", "age__lte", "age", "name__date", "name__odd", "name__arraycontains", "name__isnull", "odd", "odd__in",
    "rowid", "rowid__gt", "sql", "q", "id", "", "name\x00", "имя", "a" * 300, "is_withheld", "kind", "text", "title",
]  # fmt: skip
SQL = [
    "select 1", "select 1; select 2", "select 1;", "select ';'", "select 1 -- ;", "delete from persons", "pragma x",
    "select * from pragma_database_list", 'select * from "pragma_database_list"', "select load_extension('x')",
    "select :a", "select :_a", "with recursive n(i) as (select 1 union all select i+1 from n) select max(i) from n",
    "select zeroblob(900000000)", "select printf('%.*c', 90000000, 'x')", "select x'00ff'", "select", "select 1e999",
    "select 'a' || char(0)", "explain select 1", "select 9223372036854775807 + 1", "select json('[')", "select \"",
    "select /* ; */ 1", "attach 'x' as y", "select * from persons, acts, citations", "select cast(x'ff' as text)",
]  # fmt: skip
VALUES = [
    "", "1", "0", "on", "-1", "max", "odd", "name", "person_id", "P0001", "9" * 30, str(2**63), str(-(2**63) - 1),
    "1e400", "NaN", "٣", "²", "\x00", "a\x00b", "\n", "\r\nX: y", "‮", "\ud7ff", "🜃", "ё" * 400, "a" * 3000, "[", "]",
    "[1", "[]", "[{}]", "[[1]]", "[null]", '["a"]', f"[{2**70}]", "[1e999]", "{", "{}", '{"table": "acts"}',
    '{"table": "acts", "column": "person_id", "value": {"a": 1}}', "[" * 2000, '{"a":' * 500, ",".join("ab" * 300),
    "'", '"', "' OR 1=1--", "%", "%%", "_", "*", "NEAR(", '"unclosed', "a AND", "^", "arrayfirst", "object",
    "objects", "array", "arrays", "raw", "$null", "$null,P0001", "P0001,P0002,P0003", "~00", "~", ",", ",,", "exact",
    "in", "in__[", "isnull__1", "select 1", "../../etc/passwd", "<script>alert(1)</script>", "{{7*7}}", "1" * 19,
    "0x10", "-0", "true",
]  # fmt: skip
GOOD = [
    ("_sort", "name"), ("_sort", "person_id"), ("_sort_desc", "person_id"), ("_size", "1"), ("_size", "0"),
    ("_size", "max"), ("_facet", "person_id"), ("_facet", "name"), ("_facet_date", "date_start"),
    ("_facet_size", "max"), ("_labels", "on"), ("_next", "P0001"), ("_next", "1"), ("_next", "$null,P0001"),
    ("_next", "a,P0001"), ("_col", "name"), ("_shape", "array"), ("_shape", "arrayfirst"), ("_shape", "object"),
    ("_nl", "on"), ("_search", "alfa"), ("_search_title", "alfa"), ("_search_text", "\"a"), ("_searchmode", "raw"),
    ("_nocount", "1"), ("_stream", "on"), ("_dl", "on"), ("_json", "name"), ("_filter_column", "name"),
    ("_filter_op", "contains"), ("_filter_op", "isnull__1"), ("_filter_value", "a"), ("_header", "off"),
    ("_nocol", "name"), ("_sort_by_desc", "on"), ("_hide_sql", "1"), ("_label", "person_id"),
]  # fmt: skip


def odd_query(chance: random.Random) -> str:
    """A query of none to four parameters, now and then not even UTF-8."""
    if chance.random() < 0.03:
        return quote_from_bytes(bytes(chance.randrange(256) for _ in range(12)), safe="=&")
    pairs = []
    for _ in range(chance.choice([0, 1, 1, 1, 2, 2, 3, 4])):
        name = chance.choice(NAMES)
        odd = (name, chance.choice(SQL if name == "sql" else VALUES))
        pairs.append(odd if chance.random() < 0.5 else chance.choice(GOOD))
    if chance.random() < 0.1:
        pairs.append(("sql", chance.choice(SQL)))
    return urlencode(pairs)


def odd_requests(number: int, seed: int) -> Iterator[tuple[str, str]]:
    """Paths and queries, the same for the same seed."""
    chance = random.Random(seed)
    for _ in range(number):
        path = chance.choice(ODD_PATHS if chance.random() < 0.15 else ROUTES)
        yield (path if path.isascii() else quote(path)), odd_query(chance)


async def ask(app: Any, path: str, query: str = "", **more: Any) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body of an ASGI application's answer."""
    headers = {"host": "here", **more.get("headers", {})}
    scope = {
        "type": "http",
        "method": more.get("method", "GET"),
        "scheme": "http",
        "path": path,
        "raw_path": path.encode("latin-1"),
        "query_string": query.encode("latin-1"),
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        "client": (more.get("client", "192.0.2.1"), 1),
    }
    answers: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": more.get("body", b""), "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        answers.append(message)

    await app(scope, receive, send)
    body = b"".join(message.get("body", b"") for message in answers[1:])
    return answers[0]["status"], {k.decode().lower(): v.decode() for k, v in answers[0]["headers"]}, body


def as_json(body: bytes) -> Any:
    """A body's JSON."""
    return json.loads(body)
