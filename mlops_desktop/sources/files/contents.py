"""From a file's bytes to what stands in it, in the forms that files here have; hostile until then.

JSON numbers keep their value, texts of YAML stay texts: 1.10 is a version, not 1.1.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any
from xml.etree.ElementTree import Element, ParseError
from xml.parsers.expat import ErrorString

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from mlops_desktop.sources.files.json_text import MOST_DEPTH, is_json, parse_json
from mlops_desktop.sources.files.refused import Code, FileRefused
from mlops_desktop.sources.files.yaml_text import parse_yaml

_MOST_TAGS = 400_000
_BEFORE = b"\xef\xbb\xbf \t\r\n"


class Form(StrEnum):
    """How a file is written."""

    JSON = "json"
    LINES = "lines"
    XML = "xml"
    YAML = "yaml"
    FRONT_MATTER = "front_matter"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Content:
    """What stands in a file; ``kept`` are the bytes of it that were read."""

    form: Form
    value: Any
    kept: bytes


_BY_ENDING = {
    ".json": Form.JSON,
    ".sarif": Form.JSON,
    ".ndjson": Form.LINES,
    ".jsonl": Form.LINES,
    ".xml": Form.XML,
    ".yaml": Form.YAML,
    ".yml": Form.YAML,
    ".dvc": Form.YAML,
    ".csv": Form.TABLE,
    ".tsv": Form.TABLE,
    ".xlsx": Form.TABLE,
    ".xlsm": Form.TABLE,
    ".parquet": Form.TABLE,
    ".pq": Form.TABLE,
}
_EXPECTED_YAML = frozenset({"dvc.lock", "dvc.yaml", "model.yaml"})


def form_of(path: str, head: bytes) -> Form | None:
    """Return the form a file has by its first bytes, and its name where they do not tell."""
    name = PurePosixPath(path)
    start = head.lstrip(_BEFORE)
    by_ending = _BY_ENDING.get(name.suffix.lower())
    if name.name == "dvc.lock":
        return Form.YAML
    if by_ending is not None:
        return by_ending
    if start.startswith(b"---") and name.suffix.lower() in (".md", ".markdown"):
        return Form.FRONT_MATTER
    if start.startswith((b"<?xml", b"<testsuite")):
        return Form.XML
    return Form.JSON if start.startswith((b"{", b"[")) else None


def is_expected(path: str) -> bool:
    """Whether a file of this name is one of ours even where nothing in it can be recognised."""
    name = PurePosixPath(path)
    ending = _BY_ENDING.get(name.suffix.lower())
    if ending is Form.YAML or name.suffix == ".lock":
        return name.name in _EXPECTED_YAML or name.suffix == ".dvc"
    return ending is not None


def read_content(form: Form, raw: bytes) -> Content:
    """Return what stands in a file; raises FileRefused. A table is read by its format."""
    try:
        return _READERS[form](raw)
    except FileRefused:
        raise
    except Exception as error:  # what a parser never says it raises still stops one file alone
        raise FileRefused(Code.DAMAGED, type(error).__name__) from error


def _json(raw: bytes) -> Content:
    try:
        return Content(Form.JSON, parse_json(raw), raw)
    except FileRefused:
        # a file of lines whose name does not say so: its first line is a whole object
        first, _, rest = raw.partition(b"\n")
        if rest.strip() and first.strip().endswith(b"}") and is_json(first):
            return _lines(raw)
        raise


def _lines(raw: bytes) -> Content:
    """Return the objects of a file of lines; a last line without its end is still being written."""
    whole, _, last = raw.rpartition(b"\n")
    found = [
        parse_json(line, number)
        for number, line in enumerate(whole.split(b"\n"), 1)
        if line.strip()
    ]
    if last.strip() and is_json(last):
        found.append(parse_json(last))
    if not found and last.strip():
        raise FileRefused(Code.DAMAGED, "JSON", 1)
    return Content(Form.LINES, found, raw)


def _xml(raw: bytes) -> Content:
    if raw.count(b"<") > _MOST_TAGS:
        raise FileRefused(Code.TOO_LARGE, f"{_MOST_TAGS} tags")
    try:
        root: Element = fromstring(raw, forbid_dtd=True)
    except ParseError as error:
        raise FileRefused(Code.DAMAGED, ErrorString(error.code), error.position[0]) from None
    except DefusedXmlException as error:
        raise FileRefused(Code.DAMAGED, type(error).__name__) from None
    except (ValueError, LookupError):
        raise FileRefused(Code.DAMAGED, "encoding") from None
    _refuse_tree_depth(root)
    return Content(Form.XML, root, raw)


def _refuse_tree_depth(root: Element) -> None:
    level = [root]
    for _ in range(MOST_DEPTH):
        level = [part for one in level for part in one]
        if not level:
            return
    raise FileRefused(Code.TOO_DEEP, "XML")


_FRONT_MATTER = re.compile(rb"\A\s*---[ \t]*\r?\n(.*?\n)---[ \t]*\r?(?:\n|\Z)", re.DOTALL)


def _front_matter(raw: bytes) -> Content:
    """Return the head of a text alone: what stands below it is not read, nor kept."""
    found = _FRONT_MATTER.match(raw.removeprefix(b"\xef\xbb\xbf"))
    if found is None:
        return Content(Form.FRONT_MATTER, None, b"")
    return Content(Form.FRONT_MATTER, parse_yaml(found[1]), found[1])


def _table(raw: bytes) -> Content:
    return Content(Form.TABLE, raw, raw)


_READERS: dict[Form, Callable[[bytes], Content]] = {
    Form.JSON: _json,
    Form.LINES: _lines,
    Form.XML: _xml,
    Form.YAML: lambda raw: Content(Form.YAML, parse_yaml(raw), raw),
    Form.FRONT_MATTER: _front_matter,
    Form.TABLE: _table,
}
