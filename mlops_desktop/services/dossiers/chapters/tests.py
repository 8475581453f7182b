"""Tests: every version's newest results, what the tier asks for, and the tests defined here."""

from collections.abc import Iterator

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.version_tests import TestKind, TestResult
from mlops_desktop.dossier.content import Cell, Chapter, Field, Grid, Missing, Part
from mlops_desktop.services.dossiers import cells
from mlops_desktop.services.dossiers.items import items_chapter
from mlops_desktop.services.dossiers.labels import label_in_both
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.services.version_tests import VersionResults, read_results
from mlops_desktop.store.unit_of_work import ReadSession

ORDER = 66
_COLUMNS = (
    "test_kind",
    "test_name",
    "test_verdict",
    "test_value",
    "test_threshold",
    "test_failed",
    "test_at",
)
_define = items_chapter("test")


def build(view: ReadSession, sheet: ModelSheet, as_of: AsOf) -> Chapter:
    """Return a part for each version with results or a tier that asks for some, then the tests."""
    parts = [_part(one) for one in read_results(view, sheet, as_of) if one.results or one.required]
    defined = _define(view, sheet, as_of).parts
    more = defined if isinstance(defined, tuple) else ()
    return Chapter("tests", (*parts, *more) or cells.NOT_YET)


def _part(one: VersionResults) -> Part:
    rows = tuple(_row(result) for result in one.results)
    grid = Grid(_COLUMNS, rows) if rows else None
    label = label_in_both("versions.one", version=one.version.details.version)
    return Part("test_results", label, tuple(_fields(one)), grid)


def _fields(one: VersionResults) -> Iterator[Field]:
    if one.required:
        yield Field("tests_required", _kinds(one.required))
        yield Field("tests_missing", _kinds(one.missing) if one.missing else cells.NONE)


def _kinds(kinds: tuple[TestKind, ...]) -> Cell:
    found = [cells.code(f"test_kind.{kind.value}") for kind in kinds]
    return tuple(part for cell in found if not isinstance(cell, Missing) for part in cell)


def _row(one: TestResult) -> tuple[Cell, ...]:
    name = f"{one.definition} {one.name}" if one.definition else f"{one.name} ({one.source})"
    return (
        cells.code(f"test_kind.{one.kind.value}"),
        cells.text(name),
        cells.code(f"test_verdict.{one.verdict.value}"),
        cells.text(one.value) if one.value is not None else cells.NONE,
        cells.text(one.threshold) if one.threshold is not None else cells.NONE,
        cells.text(f"{one.failed}\u00a0/\u00a0{one.total}")
        if one.total is not None
        else cells.NONE,
        cells.moment(one.at),
    )
