"""Retention rules, and erasing by them."""

from typing import TYPE_CHECKING

import click

from mlops_desktop.cli.answer import DONE, NO, Answer, Document
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.choices import OneOf
from mlops_desktop.cli.commands import Group
from mlops_desktop.cli.dates import as_of_options, read_as_of
from mlops_desktop.cli.text import section, table
from mlops_desktop.core.cells import Code, Day
from mlops_desktop.core.retention import Retained

if TYPE_CHECKING:
    from mlops_desktop.services.retention.erasing import Preview, Subject
    from mlops_desktop.services.session import Session

REASON = click.option("--reason", required=True, help="Why; kept with the event.")
ONLY = click.option(
    "--only", multiple=True, metavar="ID", help="Only this one; may come again. Says what keeps it."
)


@click.group("retention", cls=Group)
def command() -> None:
    """How long free text is kept, and erasing it so that every proof still holds."""


@command.command("list")
@pass_call
def list_(call: Call) -> Answer:
    """List the rules in force and those that ended."""
    with call.session() as session:
        return _rules(session)


@command.command()
@click.argument("rule")
@click.option("--what", type=OneOf(Retained), required=True, help="What the rule is about.")
@click.option("--months", type=int, required=True, help="How long after it ended, in months.")
@click.option("--kind", "kinds", multiple=True, help="Only this kind of item; may come again.")
@REASON
@pass_call
def define(
    call: Call, rule: str, what: Retained, months: int, kinds: tuple[str, ...], reason: str
) -> Answer:
    """Let a rule hold from now on; it erases nothing by itself."""
    from mlops_desktop.services.retention.rules import define_rule

    nouns = tuple(kind.replace("-", "_") for kind in kinds)
    with call.session() as session:
        define_rule(session, rule, what, months, reason, nouns)
        return _rules(session)


@command.command()
@click.argument("rule")
@click.option("--reason", help="Why; kept with the event.")
@pass_call
def end(call: Call, rule: str, reason: str | None) -> Answer:
    """Let nothing be erased by a rule any more."""
    from mlops_desktop.services.retention.rules import end_rule

    with call.session() as session:
        end_rule(session, rule, reason)
        return _rules(session)


@command.command()
@click.argument("rule")
@ONLY
@pass_call
def preview(call: Call, rule: str, only: tuple[str, ...]) -> Answer:
    """Show what a rule would erase and what must be kept; no text is shown, nothing erased."""
    from mlops_desktop.services.retention.erasing import preview_rule

    with call.session() as session:
        found = preview_rule(session, rule, only)
    return Answer(_document(found), _text(found))


@command.command()
@click.argument("rule")
@ONLY
@REASON
@click.option("--apply", "is_confirmed", is_flag=True, help="Erase; without it, only a preview.")
@click.option("--seen", metavar="MARK", help="Only what the preview with this mark showed.")
@pass_call
def run(
    call: Call,
    rule: str,
    only: tuple[str, ...],
    reason: str,
    is_confirmed: bool,
    seen: str | None,
) -> Answer:
    """Erase for good what a rule names; exit 1 where --apply is missing.

    It is signed where your key's passphrase is given.
    """
    from mlops_desktop.services.retention.erasing import preview_rule, run_rule

    with call.session() as session:
        if not is_confirmed:
            found = preview_rule(session, rule, only)
            hint = f"Nothing was erased. To erase just this for good: --apply --seen {found.mark}"
            told = f"{_text(found)}\n\n{hint}"
            return Answer({**_document(found), "erased": False}, told, NO)
        done = run_rule(session, rule, reason, only, seen=seen)
    document = {**_document(done.preview), "erased": True, "purged": done.is_purged}
    told = f"Erased: {done.preview.texts} texts of {len(done.preview.going)}."
    if not done.is_purged:
        told += "\nOthers keep the database busy: its files still hold them until it is cleared."
    return Answer(document, told, DONE)


@command.command()
@click.option("--rule", metavar="RULE", help="Only by this rule.")
@as_of_options
@pass_call
def erasures(call: Call, /, rule: str | None, **days: str | None) -> Answer:
    """List what was erased: when, by which rule, by whom, and whether that still stands."""
    from mlops_desktop.services.people import names_by_id
    from mlops_desktop.services.retention.done import list_erasures

    with call.session() as session:
        found = list_erasures(session, read_as_of(**days), rule)
        names = names_by_id(session)
    documents: list[Document] = [
        {
            "event": row.position,
            "at": row.at,
            "rule": row.rule,
            "by": names.get(row.person, row.person),
            "texts": row.texts,
            "about": dict(row.about),
            "reason": row.reason,
            "stands": row.position not in found.kept | found.unruled,
        }
        for row in found.rows
    ]
    shown = ("event", "at", "rule", "by", "texts", "stands", "reason")
    cells = [[str(one[name] or "-") for name in shown] for one in documents]
    return Answer(documents, table([name.upper() for name in shown], cells))


def _rules(session: "Session") -> Answer:
    from mlops_desktop.services.retention.rules import list_rules

    rows = list(list_rules(session))
    documents: list[Document] = [
        {
            "id": row.rule.rule,
            "what": row.rule.what.value,
            "kinds": list(row.rule.kinds),
            "months": row.rule.months,
            "reason": row.rule.reason.text,
            "defined_at": row.at,
            "ended_at": row.ended_at,
        }
        for row in rows
    ]
    cells = [
        (
            str(one["id"]),
            Code(str(one["what"]), ("oversight.retained",)),
            row.rule.months,
            Day(str(one["ended_at"] or "")),
            str(one["reason"] or ""),
        )
        for one, row in zip(documents, rows, strict=True)
    ]
    return Answer(documents, table(("ID", "WHAT", "MONTHS", "ENDED", "REASON"), cells))


def _document(found: "Preview") -> Document:
    return {
        "rule": found.rule.rule,
        "texts": found.texts,
        "mark": found.mark,
        "going": [_subject(one) for one in found.going],
        "kept": [_subject(one) for one in found.kept],
    }


def _subject(one: "Subject") -> Document:
    return {
        "id": one.id,
        "since": one.since.isoformat() if one.since else None,
        "kept_by": one.kept.value if one.kept else None,
        "shared": one.shared,
        "texts": [
            {
                "event": text.position,
                "type": text.type,
                "field": text.field,
                "date": text.day.isoformat(),
            }
            for text in one.texts
        ],
        "mentions": [
            {"event": said.position, "type": said.type, "field": said.field}
            for said in one.mentions
        ],
    }


def _text(found: "Preview") -> str:
    going = [
        (one.id, one.since or "", text.day, text.type, text.field)
        for one in found.going
        for text in one.texts
    ]
    kept = [(one.id, one.since or "", one.kept or "") for one in found.kept]
    told = section("Would go", table(("ID", "SINCE", "DATE", "EVENT", "FIELD"), going))
    told += section("Must be kept", table(("ID", "SINCE", "WHY"), kept))
    said = [
        (one.id, "" if place.position is None else place.position, place.type, place.field)
        for one in found.going
        for place in one.mentions
    ]
    if not said:
        return told
    return told + section("Still says the name", table(("ID", "EVENT", "TYPE", "FIELD"), said))
