"""The lights of a validation as a document and as text."""

from dataclasses import replace
from typing import TYPE_CHECKING, cast

from mlops_desktop.cli.answer import Answer, Document
from mlops_desktop.cli.documents.items import gap_cell
from mlops_desktop.cli.documents.values import plain
from mlops_desktop.cli.text import section, table
from mlops_desktop.core.erasable import Erasable

if TYPE_CHECKING:
    from mlops_desktop.services.area_lights import AreaLight, Judgement, Lights
    from mlops_desktop.services.items import ItemSheet

_HEADS = ("AREA", "EXPECTED", "LIGHT", "BEFORE", "BY", "ON", "WHY", "EVIDENCE")


def with_lights(answer: Answer, sheet: "ItemSheet", lights: "Lights") -> Answer:
    """Return the answer about a validation with its lights by area."""
    before = lights.before.number if lights.before else None
    document: Document = {
        **cast(Document, answer.document),
        "lights": [_document(sheet, one) for one in lights.areas],
        "lights_before": before,
    }
    rows = [_row(sheet, one) for one in lights.areas]
    title = f"Lights by area, before: {before}" if before else "Lights by area"
    return replace(
        answer, document=document, text=answer.text + section(title, table(_HEADS, rows))
    )


def _document(sheet: "ItemSheet", one: "AreaLight") -> Document:
    said = one.said
    return {
        "area": one.area.value,
        "expected": one.expected.value,
        "light": plain(one.light),
        "before": plain(one.before),
        "person": sheet.names.get(said.person, said.person) if said else None,
        "on": plain(said.on) if said else None,
        "reason": _why(said.reason) or None if said else None,
        "evidence": list(said.evidence) if said else [],
    }


def _row(sheet: "ItemSheet", one: "AreaLight") -> tuple[object, ...]:
    from mlops_desktop.services.wording import read_words

    words = read_words("en")
    told = (
        words.text(f"item.validation.choice.{code}") if code else ""
        for code in (one.area, one.light, one.before)
    )
    area, light, before = told
    expected = words.text(f"dossier.codes.expectation.{one.expected}")
    return (area, expected, light, before, *_said(sheet, one.said))


def _said(sheet: "ItemSheet", said: "Judgement | None") -> tuple[object, ...]:
    if said is None:
        return ("", "", "", "")
    who = sheet.names.get(said.person, said.person)
    return (who, said.on, _why(said.reason), ", ".join(said.evidence))


def _why(reason: Erasable | None) -> str:
    if reason is None:
        return ""
    return reason.text if reason.text is not None else str(gap_cell(reason.erasure))
