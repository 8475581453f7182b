"""Validations of the model, with the light of each area beside that of the validation before."""

from collections.abc import Iterator, Mapping

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.validations import Light
from mlops_desktop.dossier.content import Cell, Field, Grid, Part
from mlops_desktop.services.area_lights import AreaLight, Lights, read_lights
from mlops_desktop.services.dossiers import cells
from mlops_desktop.services.dossiers.items import items_chapter
from mlops_desktop.services.items import ItemSheet
from mlops_desktop.store.unit_of_work import ReadSession

ORDER = 30
_COLUMNS = (
    "light_area",
    "light_expected",
    "light_now",
    "light_before",
    "light_by",
    "light_reason",
    "light_evidence",
)


def light_parts(view: ReadSession, model: str, sheet: ItemSheet, as_of: AsOf) -> tuple[Part, ...]:
    """Return the light of each area beside that of the validation before; nothing unjudged."""
    found = read_lights(view, sheet, as_of, model)
    if not any(one.said for one in found.areas):
        return ()  # nothing judged yet: the expectations alone would say nothing of the model
    rows = tuple(_row(sheet.names, one) for one in found.areas)
    return (Part("validation_lights", fields=tuple(_fields(found)), grid=Grid(_COLUMNS, rows)),)


def _fields(found: Lights) -> Iterator[Field]:
    before = found.before
    yield Field("light_before_in", cells.text(before.number) if before else cells.NOT_YET)
    if before is not None:
        yield Field("light_before_on", cells.day(before.closed))


def _row(names: Mapping[str, str], one: AreaLight) -> tuple[Cell, ...]:
    said = one.said
    return (
        cells.code(f"validation.choice.{one.area}"),
        cells.code(f"expectation.{one.expected}"),
        _light(one.light),
        _light(one.before),
        cells.person(names, said.person) if said else cells.NOT_YET,
        cells.said(said.reason) if said else cells.NOT_YET,
        cells.text("\n".join(said.evidence)) if said and said.evidence else cells.NONE,
    )


def _light(light: Light | None) -> Cell:
    return cells.code(f"validation.choice.{light}") if light is not None else cells.NOT_YET


build = items_chapter("validation", light_parts)
