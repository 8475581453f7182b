"""The tables of the page: models that are open, and what changed during the campaign."""

from datetime import date

from mlops_desktop.core.attestations import Gap
from mlops_desktop.services.attestations.showing import AskedRow
from mlops_desktop.services.imports.vocabulary import name_of, word_of
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.attestations.reading import ChangeRow
from mlops_desktop.ui.table import Column
from mlops_desktop.ui.widgets.chips import Mood, Status

_MOODS: dict[Gap, Mood] = {
    Gap.NO_OWNER: "bad",
    Gap.NOT_ANSWERED: "warn",
    Gap.NOT_MINE: "bad",
    Gap.CANNOT_SAY: "warn",
}


def say_tier(context: Context, tier: int | None) -> str:
    """Return a tier in words."""
    if tier is None:
        return context.say("attestations.unrated")
    return context.say("attestations.tier", tier=tier)


def open_columns(context: Context) -> tuple[Column[AskedRow], ...]:
    """Return the columns of what is open."""
    say = context.say
    return (
        Column("id", "attestations.column.id", lambda row: row.id, 9, muted=True, sortable=False),
        Column(
            "name",
            "attestations.column.name",
            lambda row: row.name,
            32,
            strong=True,
            flexible=True,
            sortable=False,
        ),
        Column(
            "tier",
            "attestations.column.tier",
            lambda row: say_tier(context, row.tier),
            15,
            sortable=False,
        ),
        Column(
            "gap",
            "attestations.column.gap",
            lambda row: say(f"attestations.gap.{row.standing.gap}"),
            30,
            status=lambda row: _gap_status(context, row),
            sortable=False,
        ),
        Column("owner", "attestations.column.owner", lambda row: row.owner_name, 22,
               sortable=False),
    )  # fmt: skip


def _gap_status(context: Context, row: AskedRow) -> Status | None:
    gap = row.standing.gap
    return Status(_MOODS[gap], context.say(f"attestations.gap.{gap}")) if gap else None


def change_columns(context: Context) -> tuple[Column[ChangeRow], ...]:
    """Return the columns of what changed."""
    return (
        Column("model", "attestations.column.id", lambda row: row.model, 9, muted=True,
               sortable=False),
        Column("name", "attestations.column.name", lambda row: row.name, 26, strong=True,
               flexible=True, sortable=False),
        Column("field", "attestations.column.field", lambda row: _field(context, row), 26,
               sortable=False),
        Column("before", "attestations.column.before",
               lambda row: _value(context, row, row.before), 24, sortable=False, named=True),
        Column("after", "attestations.column.after",
               lambda row: _value(context, row, row.after), 24, sortable=False, named=True),
        Column(
            "asked",
            "attestations.column.asked",
            lambda row: context.say(f"attestations.is_asked.{'yes' if row.is_asked else 'no'}"),
            12,
            sortable=False,
        ),
    )  # fmt: skip


def say_both(context: Context, row: ChangeRow) -> str:
    """Return both values of a change whole; nothing where the whole thing came."""
    if not row.field:
        return ""
    before, after = (_value(context, row, text) or "–" for text in (row.before, row.after))
    return context.say("changes.whole", before=before, after=after)


def _field(context: Context, row: ChangeRow) -> str:
    if not row.field:
        return context.say("attestations.is_new")
    return name_of(row.field, context.language.code)


def _value(context: Context, row: ChangeRow, text: str) -> str:
    """Return a value in words: codes and days as lists of models show them."""
    try:
        return context.language.date(date.fromisoformat(text))
    except ValueError:
        return word_of(row.field, text, context.language.code)
