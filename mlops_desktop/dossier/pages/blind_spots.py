"""What this dossier could not know: sources not reached, nothing measured, rows left out."""

from collections.abc import Sequence
from datetime import datetime

from mlops_desktop.dossier.content import LeftOut, Missing, SourceState, Unmeasured
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.pages.sheet import Sheet, Story
from mlops_desktop.dossier.typeset.flow import Heading, Text
from mlops_desktop.dossier.typeset.ink import Align
from mlops_desktop.dossier.typeset.table import CELL, STRONG, Column, Table


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
    if source.problem is not None:
        problem = sheet.language.term("problem", source.problem)
        reached = sheet.say("blind_spots.with_problem", reached=reached, problem=problem)
    kind = sheet.language.source_kind(source.kind)
    return source.name, kind, sheet.language.time(source.last_good), reached


def _unmeasured(sheet: Sheet, unmeasured: Sequence[Unmeasured]) -> Table | Text:
    if not unmeasured:
        return Text(sheet.say("blind_spots.none_unmeasured"))
    columns = (
        Column(sheet.say("column.metric"), 0.30, STRONG),
        Column(sheet.say("column.since"), 0.26),
        Column(sheet.say("column.why"), 0.44),
    )
    language = sheet.language
    rows = [(u.metric, _since(language, u.since), language.reason(u.reason)) for u in unmeasured]
    return Table(columns, rows)


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
