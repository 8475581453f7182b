"""Contradictions in words: what, where it stands, how it is known and how it can end."""

from mlops_desktop.core.events.exceptions import ExceptionRule
from mlops_desktop.services.reconciliation.listing import BlindSpot, ReconciliationRow
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.models.said import say_moment
from mlops_desktop.ui.table import Column
from mlops_desktop.ui.told import say_origin, say_place, say_served
from mlops_desktop.ui.widgets.chips import Mood, Status
from mlops_desktop.ui.widgets.sections import Fact, Group

_GRAVE = frozenset(
    {
        ExceptionRule.PRODUCTION_WITHOUT_APPROVAL,
        ExceptionRule.RETIRED_BUT_RUNNING,
        ExceptionRule.USE_OUTSIDE_PURPOSE,
        ExceptionRule.DIGEST_CHANGED,
    }
)
_STAGES: dict[str, Mood] = {"open": "bad", "planned": "warn", "tolerated": "info"}


def rule_status(context: Context, row: ReconciliationRow) -> Status:
    """Return the chip that says what is contradicted."""
    is_grave = row.rule in _GRAVE or (row.exception is not None and row.rule not in _GRAVE)
    mood: Mood = "bad" if row.rule in _GRAVE else "warn" if is_grave else "info"
    brief = f"reconcile.brief.{row.rule.value}"
    briefs = (context.say(brief),) if brief in context.language.words else ()
    return Status(mood, context.say(f"item.exception.choice.{row.rule.value}"), briefs)


def stage_status(context: Context, row: ReconciliationRow) -> Status:
    """Return the chip that says where it stands."""
    if row.exception is None:
        word = "onboarding" if row.is_onboarding else "listed"
        return Status("idle", context.say(f"reconcile.word.{word}"))
    stage = row.exception.stage
    return Status(_STAGES.get(stage, "info"), context.say(f"item.exception.stage.{stage}"))


def say_told(context: Context, row: ReconciliationRow) -> str:
    """Return what the source says."""
    if row.rule is ExceptionRule.GONE_AT_SOURCE:
        return context.say("reconcile.word.missing_since", at=say_moment(context, row.told))
    if row.rule is ExceptionRule.APPROVED_NOT_RUNNING:
        return context.say("reconcile.word.runs_nowhere")
    place = row.served_at
    if place is None:
        return row.told
    return say_served(context, place)


def say_held(context: Context, row: ReconciliationRow) -> str:
    """Return what the inventory says."""
    key = f"models.approval.{row.held}"
    return context.say(key) if key in context.language.words else row.held


def columns(context: Context) -> tuple[Column[ReconciliationRow], ...]:
    """Return the columns of the list."""
    return (
        Column("kind", "reconcile.column.kind", lambda row: row.rule.value, 30,
               status=lambda row: rule_status(context, row)),
        Column("model", "reconcile.column.model", lambda row: row.model.id if row.model else "",
               10, muted=True),
        Column("name", "reconcile.column.name",
               lambda row: row.model.name if row.model else row.subject, 60, strong=True,
               flexible=True),
        Column("told", "reconcile.column.told", lambda row: say_told(context, row), 20,
               shown=False),
        Column("held", "reconcile.column.held", lambda row: say_held(context, row), 18,
               shown=False),
        Column("seen", "reconcile.column.seen",
               lambda row: say_moment(context, row.seen_at) if row.seen_at else "", 16,
               shown=False),
        Column("state", "reconcile.column.state", lambda row: "", 16,
               status=lambda row: stage_status(context, row)),
        Column("exception", "reconcile.column.exception",
               lambda row: row.exception.number if row.exception else "", 9, muted=True,
               shown=False),
    )  # fmt: skip


def groups(context: Context, row: ReconciliationRow) -> tuple[Group, ...]:
    """Return everything about one contradiction."""
    say = context.say
    told = (
        ("subject", say_place(context, row.subject)),
        ("told", say_told(context, row)),
        ("held", say_held(context, row)),
        ("source", say_origin(context, row.source)),
        ("evidence", row.digest),
        ("seen", say_moment(context, row.seen_at) if row.seen_at else ""),
    )
    facts = tuple(Fact(say(f"reconcile.column.{name}"), value) for name, value in told if value)
    ways = tuple(
        Fact(say("reconcile.word.way", n=at), say(f"reconcile.way.{way.value}"))
        for at, way in enumerate(row.ways, 1)
    )
    return (
        Group("", facts, status=rule_status(context, row)),
        Group(say("reconcile.title.ways"), ways),
    )


def say_blind(context: Context, spots: tuple[BlindSpot, ...]) -> str:
    """Return which sources could not tell, and since when; empty where all could."""
    if not spots:
        return ""
    never = context.say("reconcile.word.never")
    named = [
        f"{one.source} ({say_moment(context, one.whole_at) if one.whole_at else never})"
        for one in spots
    ]
    return context.say("reconcile.word.blind", sources=", ".join(named))
