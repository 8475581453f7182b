"""Every version: one line in the overview, then all that is known of it."""

from collections.abc import Iterator, Sequence

from reportlab.platypus import Flowable

from mlops_desktop.dossier.content import DatasetUse, Missing, Pair, Version
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.pages.sheet import Sheet, Story, pairs, table, titled
from mlops_desktop.dossier.typeset.flow import Heading
from mlops_desktop.dossier.typeset.ink import Align
from mlops_desktop.dossier.typeset.table import CELL, CODE, STRONG, Column, Table

#: Versions under one entry of the outline: signature checkers walk siblings recursively.
_GROUP = 50


def build(sheet: Sheet) -> Story:
    """Return the overview and a part for each version."""
    versions = sheet.facts.versions
    if isinstance(versions, Missing):
        return [sheet.gap(versions)]
    story: Story = [sheet.lead("versions.lead"), _overview(sheet, versions)]
    for first in range(0, len(versions), _GROUP):
        group = versions[first : first + _GROUP]
        is_grouped = len(versions) > _GROUP
        if is_grouped:
            story.append(_group_heading(sheet, first, len(group), len(versions)))
        for number, version in enumerate(group, first):
            story += _version(sheet, version, number, 2 if is_grouped else 1)
    return story


def _group_heading(sheet: Sheet, first: int, count: int, total: int) -> Heading:
    write = sheet.language.integer
    span = {"first": write(first + 1), "last": write(first + count), "total": write(total)}
    return titled(sheet, "versions.group", 1, f"versions-{first}", **span)


def _overview(sheet: Sheet, versions: Sequence[Version]) -> Table:
    language = sheet.language
    columns = (
        Column(sheet.say("column.version"), 0.10, STRONG),
        Column(sheet.say("column.release"), 0.15),
        Column(sheet.say("column.stage"), 0.17),
        Column(sheet.say("column.created"), 0.24),
        Column(sheet.say("column.created_by"), 0.17),
        Column(sheet.say("column.aliases"), 0.17),
    )
    rows = [
        (
            version.version,
            language.text(version.release),
            language.text(version.stage),
            language.time(version.created_at),
            language.text(version.created_by),
            language.several(version.aliases),
        )
        for version in versions
    ]
    return Table(columns, rows)


def _version(sheet: Sheet, version: Version, number: int, level: int) -> Iterator[Flowable]:
    key = f"version-{number}"
    yield titled(sheet, "versions.one", level, key, version=version.version)
    yield _origin(sheet, version)
    yield from _listed(sheet, "parameters", key, version.parameters)
    yield from _listed(sheet, "measured", key, version.metrics)
    yield from _listed(sheet, "tags", key, version.tags)
    if not isinstance(version.datasets, Missing):
        yield Heading(sheet.say("versions.datasets"), 2, f"{key}-datasets", outline=False)
        yield _datasets(sheet, version.datasets)


def _origin(sheet: Sheet, version: Version) -> Table:
    language = sheet.language
    rows = [
        ("release", language.text(version.release)),
        ("stage", language.text(version.stage)),
        ("status", language.text(version.status)),
        ("created", language.time(version.created_at)),
        ("created_by", language.text(version.created_by)),
        ("source", language.text(version.source)),
        ("run", language.digest(version.run)),
        ("commit", language.digest(version.commit)),
        ("digest", language.digest(version.digest)),
        ("aliases", language.several(version.aliases)),
    ]
    absent = ("parameters", "metrics", "tags", "datasets")
    gaps = ((name, getattr(version, name)) for name in absent)
    rows += [(name, language.missing(gap)) for name, gap in gaps if isinstance(gap, Missing)]
    return table(*((sheet.say(f"column.{name}"), value) for name, value in rows))


def _listed(
    sheet: Sheet, what: str, key: str, found: tuple[Pair, ...] | Missing
) -> Iterator[Flowable]:
    if isinstance(found, Missing) or not found:
        return
    yield Heading(sheet.say(f"versions.{what}"), 2, f"{key}-{what}", outline=False)
    yield pairs(sheet, found, measured=what == "measured")


def _datasets(sheet: Sheet, uses: Sequence[DatasetUse]) -> Table:
    language = sheet.language
    columns = (
        Column(sheet.say("column.dataset"), 0.24, STRONG),
        Column(sheet.say("column.context"), 0.14),
        Column(sheet.say("column.rows"), 0.18, CELL, Align.RIGHT),
        Column(sheet.say("column.digest"), 0.20, CODE),
        Column(sheet.say("column.source"), 0.24),
    )
    rows = [
        (
            use.name,
            _used_for(language, use.context),
            language.whole(use.rows),
            language.text(use.digest),
            language.text(use.source),
        )
        for use in uses
    ]
    return Table(columns, rows)


def _used_for(language: Language, context: str | Missing) -> str:
    return language.text(
        context if isinstance(context, Missing) else language.term("dataset_use", context)
    )
