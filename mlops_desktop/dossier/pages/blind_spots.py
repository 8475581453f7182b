"""What this dossier could not know: sources not reached, nothing measured, rows left out."""

from collections.abc import Sequence
from datetime import datetime

from mlops_desktop.dossier.content import (
    Chapter,
    Facts,
    LeftOut,
    Missing,
    SourceState,
    Unmeasured,
)
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.pages.sheet import Sheet, Story
from mlops_desktop.dossier.typeset.flow import Heading, Text
from mlops_desktop.dossier.typeset.ink import Align
from mlops_desktop.dossier.typeset.table import CELL, STRONG, Column, Table

_UNREACHABLE = "unreachable"
"""A problem that says no more than that the source was not reached."""
_NAMING = frozenset({"monitoring", "breaches", "experiments", "business_goals"})
"""Chapters that are about metrics wherever they hold anything."""


def build(sheet: Sheet) -> Story:
    """Return the three lists; an empty one says so."""
    spots = sheet.facts.blind_spots
    return [
        *build_own(sheet),
        Heading(sheet.say("blind_spots.left_out"), 1, "blind-left-out", outline=False),
        _left_out(sheet, spots.left_out),
    ]


def build_own(sheet: Sheet) -> Story:
    """Return what could not be known, without what is known and not printed."""
    spots = sheet.facts.blind_spots
    return [
        sheet.lead("blind_spots.lead"),
        Heading(sheet.say("blind_spots.sources"), 1, "blind-sources", outline=False),
        _sources(sheet, spots.sources),
        Heading(sheet.say("blind_spots.unmeasured"), 1, "blind-unmeasured", outline=False),
        _unmeasured(sheet, spots.unmeasured),
    ]


def _sources(sheet: Sheet, sources: Sequence[SourceState] | Missing) -> Table | Text:
    if isinstance(sources, Missing):
        return sheet.gap(sources)
    columns = (
        Column(sheet.say("column.source"), 0.26, STRONG),
        Column(sheet.say("column.kind"), 0.14),
        Column(sheet.say("column.last_good"), 0.26),
        Column(sheet.say("column.reached"), 0.34),
    )
    return Table(columns, [_source(sheet, source) for source in sources])


def _source(sheet: Sheet, source: SourceState) -> tuple[str, ...]:
    reached = sheet.say("blind_spots.reached" if source.reached else "blind_spots.not_reached")
    is_said = not source.reached and source.problem == _UNREACHABLE
    if source.problem is not None and not is_said:
        problem = sheet.language.term("problem", source.problem)
        reached = sheet.say("blind_spots.with_problem", reached=reached, problem=problem)
    kind = sheet.language.source_kind(source.kind)
    return source.name, kind, sheet.language.time(source.last_good), reached


def _unmeasured(sheet: Sheet, unmeasured: Sequence[Unmeasured]) -> Table | Text:
    if not unmeasured:
        told = "none_unmeasured" if _names_metric(sheet.facts) else "no_metric_named"
        return Text(sheet.say(f"blind_spots.{told}"))
    columns = (
        Column(sheet.say("column.metric"), 0.30, STRONG),
        Column(sheet.say("column.since"), 0.26),
        Column(sheet.say("column.why"), 0.44),
    )
    language = sheet.language
    rows = [(u.metric, _since(language, u.since), language.reason(u.reason)) for u in unmeasured]
    return Table(columns, rows)


def _names_metric(facts: Facts) -> bool:
    """Tell whether any metric is named: of the versions, in a chapter or in a model's part."""
    versions = () if isinstance(facts.versions, Missing) else facts.versions
    told = (facts.series, facts.model_parts, *(one.metrics for one in versions))
    is_told = any(one and not isinstance(one, Missing) for one in told)
    return is_told or any(map(_has_metric, facts.chapters))


def _has_metric(chapter: Chapter) -> bool:
    if isinstance(chapter.parts, Missing):
        return False
    return chapter.name in _NAMING or any(
        part.name == "summary_metrics" and part.grid is not None for part in chapter.parts
    )


def _since(language: Language, at: datetime | Missing) -> str:
    return language.missing(at) if isinstance(at, Missing) else language.moment_or_day(at)


def _left_out(sheet: Sheet, left_out: Sequence[LeftOut]) -> Table | Text:
    if not left_out:
        return Text(sheet.say("blind_spots.none_left_out"))
    columns = (
        Column(sheet.say("column.what"), 0.34, STRONG),
        Column(sheet.say("column.rows"), 0.16, CELL, Align.RIGHT),
        Column(sheet.say("column.why"), 0.50),
    )
    language = sheet.language
    rows = [
        (language.term("left_out", o.what), language.integer(o.count), language.reason(o.reason))
        for o in left_out
    ]
    return Table(columns, rows)
