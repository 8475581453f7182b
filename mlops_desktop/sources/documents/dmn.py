"""Reads decisions from a DMN file: a hostile text until it is parsed, bounded in size."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from mlops_desktop.core.errors import AppError

LARGEST = 5_000_000
_MOST = 500
_NAMED = ("decision", "inputData", "knowledgeSource")


@dataclass(frozen=True, slots=True)
class DmnDecision:
    """A decision element: its name, its question, what it needs to know, what it obeys."""

    name: str
    question: str
    inputs: tuple[str, ...]
    authorities: tuple[str, ...]


def read_decisions(data: bytes) -> tuple[DmnDecision, ...]:
    """Return every decision of a DMN file, in its order.

    Raises ``dmn.too_large``, ``dmn.unreadable`` (no XML, or one with entities or a document type)
    and ``dmn.no_decision``.
    """
    if len(data) > LARGEST:
        raise AppError("dmn.too_large", most=LARGEST // 1_000_000)
    try:
        root = fromstring(data, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise AppError("dmn.unreadable", detail=type(error).__name__) from None
    names = {
        one.get("id", ""): _name(one) for one in root.iter() if _kind(one) in _NAMED and _name(one)
    }
    found = tuple(_decision(one, names) for one in root.iter() if _kind(one) == "decision")
    if not found or _kind(root) != "definitions":
        raise AppError("dmn.no_decision")
    if len(found) > _MOST:
        raise AppError("dmn.too_large", most=_MOST)
    return found


def _kind(one: Element) -> str:
    return one.tag.rpartition("}")[2]


def _name(one: Element) -> str:
    return " ".join((one.get("name") or one.get("id") or "").split())


def _decision(one: Element, names: dict[str, str]) -> DmnDecision:
    question = next((part.text or "" for part in one if _kind(part) == "question"), "")
    return DmnDecision(
        _name(one),
        " ".join(question.split()),
        tuple(dict.fromkeys(_needed(one, names, "requiredInput", "requiredDecision"))),
        tuple(dict.fromkeys(_needed(one, names, "requiredAuthority"))),
    )


def _needed(one: Element, names: dict[str, str], *kinds: str) -> Iterator[str]:
    for part in one.iter():
        target = part.get("href", "").rpartition("#")[2]
        if _kind(part) in kinds and target in names:
            yield names[target]
