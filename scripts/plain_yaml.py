"""YAML as people type it, read as text: mappings, lists and scalars, each with its line, and nothing else of YAML.

A file may come from anybody. Anchors, aliases, tags, merge keys, second documents and repeated keys are refused, and so
is what is too long or nested too deep, before anything is built from it.
"""

from typing import Any

import yaml

from scripts.files import hidden_characters, one_line

MAX_BYTES = 60_000
MAX_DEPTH = 8
MAX_NODES = 5_000
Place = tuple[str | int, ...]  # keys and numbers that lead to a node
Lines = dict[Place, int]


class NotPlain(ValueError):
    """The text is no plain YAML; `line` is where, 1-based, or 0."""

    def __init__(self, line: int, message: str) -> None:
        self.line = line
        super().__init__(message)


def read_plain(content: bytes) -> tuple[Any, Lines]:
    """The text as dicts, lists and strings, and the 1-based line of each of them. Raises NotPlain."""
    if len(content) > MAX_BYTES:
        raise NotPlain(0, f"the file is larger than {MAX_BYTES:,} bytes")
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise NotPlain(content[: error.start].count(b"\n") + 1, "the file is not UTF-8: save it as such") from error
    for number, line in enumerate(text.split("\n"), start=1):
        if hidden := hidden_characters(line):
            names = ", ".join(sorted(f"U+{ord(character):04X}" for character in hidden))
            raise NotPlain(number, f"the line holds what no one sees ({names}): take it out")
    try:
        look_over(text)
        node = yaml.compose(text, Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        why = one_line(getattr(error, "problem", None) or "it cannot be read")
        why = f"this is no YAML ({why}): see the example in metadata/corrections/README.md"
        raise NotPlain(mark.line + 1 if mark else 0, why) from error
    if node is None:
        raise NotPlain(0, "the file is empty")
    lines: Lines = {}
    return build(node, (), lines), lines


def look_over(text: str) -> None:
    """Raise NotPlain at the first thing that is refused."""
    depth = nodes = documents = 0
    line = 0
    for event in yaml.parse(text, Loader=yaml.BaseLoader):
        line = event.start_mark.line + 1 if event.start_mark else line
        nodes += isinstance(event, yaml.NodeEvent)
        documents += isinstance(event, yaml.DocumentStartEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            raise NotPlain(line, "anchors (&) and aliases (*) are not read: write the value out, or in quotes")
        if getattr(event, "tag", None) is not None:
            raise NotPlain(line, "tags (!) are not read: write the value alone, or in quotes")
        if depth > MAX_DEPTH or nodes > MAX_NODES or documents > 1:
            raise NotPlain(line, "the file holds more than one correction needs, or is nested too deep")


def build(node: yaml.Node, place: Place, lines: Lines) -> Any:
    """The value of a node, its line and those of what it holds entered in `lines`. Raises NotPlain."""
    lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, yaml.ScalarNode) or key_node.value == "<<":
                raise NotPlain(line, "a key is one word")
            if key_node.value in found:
                raise NotPlain(line, f"“{one_line(key_node.value)[:40]}” stands twice")
            found[key_node.value] = build(value_node, (*place, key_node.value), lines)
            lines[(*place, key_node.value)] = line
        return found
    if isinstance(node, yaml.SequenceNode):
        return [build(item, (*place, number), lines) for number, item in enumerate(node.value)]
    return str(node.value)
