"""What betrays that a text of the window was not said in German, or not in words at all."""

import enum
import inspect
import pkgutil
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import cache
from importlib import import_module

from mlops_desktop import core, paths
from mlops_desktop.services.wording import read_words

_ENGLISH = re.compile(
    r"\b(the|of|and|is|are|with|for|has|have|been|from|this|that|which|yes|no|by|to|not|your|you|"
    r"owner|owners|approval|approved|finding|findings|deployment|deployments|training|since|until|"
    r"unknown|none|open|closed|expired|due|overdue|missing|met|row|rows|filter by|retired)\b"
)
_KEY = re.compile(r"\b[a-z][a-z_]+(?:\.[a-z0-9_]+)+\b")
_CODE = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b")
_ISO = re.compile(r"\b(?:19|20)\d\d-\d\d-\d\d(?!\w)")
_GROUPED = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})+(?![\w,])")
_POINT = re.compile(r"(?<![\w./:-])-?\d+\.(?:\d{1,2}|\d{4,})(?![\w.])")


@cache
def codes() -> frozenset[str]:
    """Return the values of every enumeration of the core that no person should read."""
    found = set()
    for module in pkgutil.walk_packages(core.__path__, f"{core.__name__}."):
        for _, kind in inspect.getmembers(import_module(module.name), inspect.isclass):
            if issubclass(kind, enum.StrEnum):
                found |= {member.value for member in kind if "_" in member.value}
    return frozenset(found)


@cache
def english() -> frozenset[str]:
    """Return what the window says in English and, if it spoke German, would say otherwise."""
    words, german = read_words("en").sentences, read_words("de").sentences
    said = {text: german[key] for key, text in words.items()}
    for message in ET.parse(paths.resource("translations", "de.ts")).iter("message"):  # noqa: S314
        said[message.findtext("source") or ""] = message.findtext("translation") or ""
    spoken = frozenset(said.values())
    return frozenset(text for text, other in said.items() if text != other and text not in spoken)


@cache
def areas() -> frozenset[str]:
    """Return the first parts of the keys of Words."""
    return frozenset(key.partition(".")[0] for key in read_words("de").sentences)


def faults(text: str) -> Iterator[str]:
    """Yield what is wrong with a text that is shown in German."""
    if text in english():
        yield "English wording"
    for key in _KEY.findall(text):
        if key in read_words("de").sentences or key.partition(".")[0] in areas():
            yield f"key {key}"
    yield from (f"code {code}" for code in _CODE.findall(text) if code in codes())
    yield from (f"ISO date {day}" for day in _ISO.findall(text))
    yield from (f"number {number}" for number in _GROUPED.findall(text))
    yield from (f"number {number}" for number in _POINT.findall(text))
    yield from (f"word {word}" for word in _ENGLISH.findall(text))
