"""Retention: rules by which free text is erased, what each would erase today and must keep."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from mlops_desktop.core import clock
from mlops_desktop.core.asof import AsOf
from mlops_desktop.services.people import names_by_id
from mlops_desktop.services.retention.done import Done, ErasureRow, list_erasures
from mlops_desktop.services.retention.erasing import Preview, Subject, preview_rule
from mlops_desktop.services.retention.rules import RuleRow, list_rules
from mlops_desktop.services.session import Session
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.models.tabs.history import say_event
from mlops_desktop.ui.pages.rules.parts import Head, Part
from mlops_desktop.ui.pages.rules.said import fact, say, say_by, say_when
from mlops_desktop.ui.table import Column, EmptyText, ListSpec
from mlops_desktop.ui.widgets.chips import Mood, Status
from mlops_desktop.ui.widgets.sections import Fact, Group

_MOODS: dict[str, Mood] = {"in_force": "good", "over": "idle"}


@dataclass(frozen=True, slots=True)
class RetentionLine:
    """A retention rule with the name of who defined it."""

    row: RuleRow
    person: str

    @property
    def id(self) -> str:
        """The rule's id."""
        return self.row.rule.rule


@dataclass(frozen=True, slots=True)
class _Found:
    """What a rule would do today and has done, and the names of persons by their ids."""

    preview: Preview | None
    names: Mapping[str, str]
    done: Done


def is_in_force(context: Context, line: RetentionLine) -> bool:
    """Whether texts may be erased by it on the day shown."""
    ended = line.row.ended_at
    return ended is None or clock.from_text(ended).date() > context.as_of.day


def say_months(context: Context, line: RetentionLine) -> str:
    """Return how long it waits."""
    months = line.row.rule.months
    form = "one" if months == 1 else "other"
    return say(context, f"retention.months.{form}", n=context.language.number(months))


def say_about(context: Context, line: RetentionLine) -> str:
    """Return what a rule is about, in words."""
    rule = line.row.rule
    what = say(context, f"retained.{rule.what}")
    kinds = ", ".join(context.say(f"item.{kind}.many") for kind in rule.kinds)
    return say(context, "retention.of_kinds", what=what, kinds=kinds) if kinds else what


def _status(context: Context, line: RetentionLine) -> Status:
    stands = "in_force" if is_in_force(context, line) else "over"
    return Status(_MOODS[stands], say(context, f"retention.{stands}"))


def _columns(context: Context) -> tuple[Column[RetentionLine], ...]:
    return (
        Column("id", "oversight.field.retention_id", lambda one: one.id, 18, strong=True),
        Column(
            "status",
            "oversight.field.status",
            lambda one: _status(context, one).word,
            12,
            status=partial(_status, context),
        ),
        Column("months", "oversight.field.after", partial(say_months, context), 12),
        Column("what", "oversight.field.retained", partial(say_about, context), 24, flexible=True),
    )


def _head(context: Context, line: RetentionLine) -> Head:
    return Head(line.id, say_about(context, line), (_status(context, line),))


def _rule(context: Context, line: RetentionLine, _: object) -> tuple[Group, ...]:
    return (Group("", tuple(_facts(context, line)), say(context, "retention.lead")),)


def _facts(context: Context, line: RetentionLine) -> Iterator[Fact]:
    row = line.row
    yield fact(context, "retained", say_about(context, line))
    yield fact(context, "after", say_months(context, line))
    yield fact(context, "reason", row.rule.reason.text or "…")
    yield fact(context, "defined", say_by(context, {}, line.person, row.at))
    if row.ended_at is not None:
        yield fact(context, "ended", say_when(context, row.ended_at))


def _today(context: Context, line: RetentionLine, found: object) -> tuple[Group, ...]:
    if not isinstance(found, _Found) or found.preview is None:
        return (Group("", (), say(context, "retention.no_more")),)
    called, preview = found.names, found.preview
    going = tuple(_going(context, one, called) for one in preview.going)
    kept = tuple(_kept(context, one, called) for one in preview.kept)
    names = tuple(
        Fact(called.get(one.key, one.id), _mentions(context, one))
        for one in preview.going
        if one.mentions
    )
    return (
        Group(say(context, "retention.going"), going, _sum(context, preview)),
        *([Group(say(context, "retention.kept"), kept)] if kept else []),
        *([Group(say(context, "retention.mentions"), names)] if names else []),
    )


def _sum(context: Context, found: Preview) -> str:
    if not found.going:
        return say(context, "retention.nothing")
    return say(context, "retention.sum", texts=context.language.number(found.texts))


def _going(context: Context, one: Subject, called: Mapping[str, str]) -> Fact:
    since = context.language.date(one.since) if one.since else ""
    number = context.language.number(len(one.texts))
    form = "one" if len(one.texts) == 1 else "other"
    told = say(context, f"retention.texts.{form}", n=number, since=since)
    return Fact(called.get(one.key, one.id), told)


def _kept(context: Context, one: Subject, called: Mapping[str, str]) -> Fact:
    why = say(context, f"keep.{one.kept}") if one.kept else ""
    return Fact(called.get(one.key, one.id), why)


def _mentions(context: Context, one: Subject) -> str:
    return ", ".join(dict.fromkeys(say_event(context, said.type) for said in one.mentions))


def _fetch(session: Session, as_of: AsOf) -> tuple[RetentionLine, ...]:
    names = names_by_id(session)
    rows = list_rules(session, as_of)
    return tuple(RetentionLine(row, names.get(row.person, row.person)) for row in rows)


def _look(session: Session, line: RetentionLine, as_of: AsOf) -> object:
    can_run = line.row.ended_at is None and as_of.is_now
    preview = preview_rule(session, line.id) if can_run else None
    return _Found(preview, names_by_id(session), list_erasures(session, as_of, line.id))


def _done(context: Context, line: RetentionLine, found: object) -> tuple[Group, ...]:
    if not isinstance(found, _Found) or not found.done.rows:
        return (Group("", (), say(context, "retention.none_done")),)
    return tuple(_erasure(context, row, found) for row in found.done.rows)


def _erasure(context: Context, row: ErasureRow, found: _Found) -> Group:
    number, named = context.language.number, {}
    for kind in ("model", "person", "decision"):
        named[kind] = say(context, f"retention.about.{kind}")
    about = ", ".join(
        f"{named.get(kind) or context.say(f'item.{kind}.many')}: {number(count)}"
        for kind, count in row.about.items()
    )
    is_kept, is_unruled = row.position in found.done.kept, row.position in found.done.unruled
    holds = "kept" if is_kept else "unruled" if is_unruled else "holds"
    person = found.names.get(row.person, row.person)
    facts = (
        fact(context, "erased", say_by(context, {}, person, row.at)),
        fact(context, "erased_texts", number(row.texts)),
        fact(context, "retained", about),
        fact(context, "reason", row.reason or "…"),
        fact(context, "event", number(row.position)),
        fact(context, "proof", say(context, f"retention.proof.{holds}")),
    )
    return Group(context.language.date(clock.from_text(row.at).date()), facts)


def _words(context: Context, line: RetentionLine) -> str:
    reason = line.row.rule.reason.text or ""
    return " ".join((line.id, say_about(context, line), _status(context, line).word, reason))


PART: Part[RetentionLine] = Part(
    "retention",
    ListSpec(
        "oversight_retention",
        "oversight.section.retention",
        _columns,
        EmptyText("oversight.empty.retention", "retention.define", "archive"),
        actions=("retention.run", "retention.end"),
    ),
    _fetch,
    _words,
    _head,
    (
        ("oversight.tab.retention", _rule),
        ("oversight.tab.erasure", _today),
        ("oversight.tab.erased", _done),
    ),
    ("retention.end", "retention.run"),
    "",
    keys={"id": lambda one: one.id, "months": lambda one: one.row.rule.months},
    more=_look,
)
