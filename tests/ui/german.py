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
from mlops_desktop.core.events import registry
from mlops_desktop.services.wording import read_words

_ENGLISH = re.compile(
    r"\b(the|of|and|is|are|with|for|has|have|been|from|this|that|which|yes|no|by|to|not|your|you|"
    r"owners?|approvals?|approved|findings?|deployments?|since|until|unknown|none|open|closed|"
    r"expired|due|overdue|missing|met|rows?|retired)\b"
)
_KEY = re.compile(r"\b[a-z][a-z_]+(?:\.[a-z0-9_]+)+\b")
_CODE = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b")
_ISO = re.compile(r"\b(?:19|20)\d\d-\d\d-\d\d(?!\w)")
_GROUPED = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3}){2,}(?![\w,])")
_POINT = re.compile(r"(?<![\w./:-])-?\d+\.(?:\d{1,2}|\d{4,})(?![\w.])")
_NUMBERED = re.compile(
    r"\b(?:Version|Fassung:?|v|Python|AT|Grundsatz|Löschkonzept|Framework)\s?\d+\.\d+|\b20\d\d\.\d\b"
)

NOT_SAID = (
    (re.compile(r"(?:/\u200b?[\w.\u200b-]+){2,}"), "a path"),
    (re.compile(r"https?://\S+|s3://\S+"), "an address"),
    (re.compile(r"[\w .()/-]*\.(?:pdf|csv|xlsx|parquet|json|md)\b"), "the name of a file"),
    (re.compile(r"„[^“]*--[^“]*“"), "a command as it is typed"),
    (re.compile(r"\{[a-z_]+\}"), "a place to be filled in the name of a file"),
    (re.compile(r"\b\w+:…"), "a key of the filter line, as it is typed"),
    (re.compile(r"^(?:Merkmale: )?(?:\w+ = .*\n?)+$"), "tags as the bank's registry has them"),
    (
        re.compile(r"^Parameter .*|(?:^| )\d+: [\d.]+(?= |$)|^C: .*|^0\.35$|^0\.02$"),
        "parameters as the run has them",
    ),
    (re.compile(r"\b[a-z-]+ \d+\.\d+$"), "a library with its version"),
    (re.compile(r"31\.12\.2026 oder 2026-12-31"), "both forms of a day that can be typed"),
    (re.compile(r"\([^()]*\d{4}-\d\d-\d\d\)"), "an example of what is to be typed"),
    (re.compile(r"^[\w-]+/\d{4}-\d\d-\d\d$"), "the number of a planned report"),
    (re.compile(r"Spalten von Entscheidungen: .*|findings-5y"), "words of a file, as typed"),
    (
        re.compile(r"scikit-learn, SECURITY.*|.*supported versions.*|Python release cycle.*"),
        "the title of a source",
    ),
    (re.compile(r"not canonical"), "what the program that reads a dossier says of its form"),
    (re.compile(r"This dossier was issued with this content\."), "what stands in a signature"),
)
"""What is no wording of ours, and why: taken out of a text before it is judged."""

SAME_IN_BOTH = {
    "Position": "a place in a list is the same word",
    "Plan": "a report plan, the same word",
    "Form": "the same word",
    "English": "a language is named in its own words",
    "champion": "the alias that the bank's registry gives a version",
    "Production": "the stage that the bank's registry names",
    "production": "the stage that the bank's registry names",
    "calibration": "the name of a parameter",
    "material": "the value of a tag in the registry",
    "model": "the name of a setting of a source, explained below it",
    "version": "the name of a setting of a source, explained below it",
    "unit": "the name of a setting of a source, explained below it",
}
"""Texts that an English wording shares, and why they may stand in the German window."""


@cache
def codes() -> frozenset[str]:
    """Return the values of every enumeration of the core that are no German words."""
    found = set()
    for module in pkgutil.walk_packages(core.__path__, f"{core.__name__}."):
        for _, kind in inspect.getmembers(import_module(module.name), inspect.isclass):
            if issubclass(kind, enum.StrEnum):
                found |= {member.value for member in kind if len(member.value) > 3}
    return frozenset(found - set(read_words("de").sentences.values()))


@cache
def english() -> frozenset[str]:
    """Return what the window says in English and, if it spoke German, would say otherwise."""
    words, german = read_words("en").sentences, read_words("de").sentences
    said = {text: german[key] for key, text in words.items()}
    for message in ET.parse(paths.resource("translations", "de.ts")).iter("message"):  # noqa: S314
        said[message.findtext("source") or ""] = message.findtext("translation") or ""
    spoken = frozenset(said.values()) | SAME_IN_BOTH.keys()
    return frozenset(text for text, other in said.items() if text != other and text not in spoken)


@cache
def areas() -> frozenset[str]:
    """Return the first parts of the keys of Words."""
    return frozenset(key.partition(".")[0] for key in read_words("de").sentences)


def faults(text: str) -> Iterator[str]:
    """Yield what is wrong with a text that is shown in German."""
    if text in SAME_IN_BOTH or text.removeprefix("Art: ") in registry.names():
        return
    for pattern, _ in NOT_SAID:
        text = pattern.sub("", text)
    if text in english():
        yield "English wording"
    if text in codes():
        yield f"code {text}"
    for key in _KEY.findall(text):
        if key in read_words("de").sentences or key.partition(".")[0] in areas():
            yield f"key {key}"
    yield from (f"code {code}" for code in _CODE.findall(text) if code in codes())
    yield from (f"ISO date {day}" for day in _ISO.findall(text))
    yield from (f"number {number}" for number in _GROUPED.findall(text))
    yield from (f"number {number}" for number in _POINT.findall(_NUMBERED.sub("", text)))
    yield from (f"word {word}" for word in _ENGLISH.findall(text))
