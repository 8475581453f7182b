"""Approval rules of the workspace."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from mlops_desktop.cli.answer import Answer, Document, Json
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.commands import Group
from mlops_desktop.cli.dates import as_of_options, read_as_of
from mlops_desktop.cli.rule_options import Parts, read_rule, rule_options
from mlops_desktop.cli.text import pairs, table
from mlops_desktop.core.cells import Cell, Code, InBoth, Named, Said, Several, codes
from mlops_desktop.core.rules import FOUR_EYES, Rule, Step

if TYPE_CHECKING:
    from mlops_desktop.services.rows import RuleRow
    from mlops_desktop.services.session import Session


@click.group("rules", cls=Group)
def command() -> None:
    """Which approvals a request takes, from whom, and by when."""


@command.command("list")
@as_of_options
@pass_call
def list_(call: Call, /, **days: str | None) -> Answer:
    """List the rules in force and earlier ones; where none fits, four_eyes holds."""
    from mlops_desktop.services.rules import list_rules

    with call.session() as session:
        rows = list_rules(session, read_as_of(**days))
        documents = [_document(session, row.rule, row) for row in rows]
        documents.append(_document(session, FOUR_EYES, None))
    heads = ("ID", "VERSION", "STANDING", "FOR", "SENTENCE")
    cells = [
        (
            str(one["id"]),
            str(one["version"]),
            Code(str(one["standing"]), ("oversight.status",)),
            _scope(one),
            InBoth(str(one["en"]), str(one["de"])),
        )
        for one in documents
    ]
    return Answer(documents, table(heads, cells))


@command.command()
@click.argument("id")
@pass_call
def show(call: Call, id: str) -> Answer:
    """Show the newest version of a rule, as a sentence and in its parts."""
    from mlops_desktop.services.rules import show_rule

    with call.session() as session:
        row = show_rule(session, id)[-1]
        return _answer(_document(session, row.rule, row))


@command.command()
@click.argument("id")
@rule_options
@pass_call
def preview(call: Call, /, id: str, **given: object) -> Answer:
    """Say a rule in one sentence in both languages; records nothing."""
    with call.session() as session:
        rule = read_rule(session, id, Parts.of(given))
        return _answer(_document(session, rule, None))


@command.command()
@click.argument("id")
@rule_options
@click.option("--reason", help="Why; kept with the event.")
@pass_call
def add(call: Call, /, id: str, reason: str | None, **given: object) -> Answer:
    """Draft a rule; an id that is known gets a new version. It holds once it is activated."""
    from mlops_desktop.services.rules import add_rule, show_rule

    with call.session() as session:
        add_rule(session, read_rule(session, id, Parts.of(given)), reason)
        row = show_rule(session, id)[-1]
        return _answer(_document(session, row.rule, row))


@command.command()
@click.argument("id")
@click.option("--reason", help="Why; kept with the event.")
@pass_call
def activate(call: Call, id: str, reason: str | None) -> Answer:
    """Let the newest draft hold for new requests; not for who wrote it, unless nobody else can."""
    from mlops_desktop.services.rules import activate_rule, show_rule

    with call.session() as session:
        activate_rule(session, id, reason)
        row = show_rule(session, id)[-1]
        return _answer(_document(session, row.rule, row))


@command.command()
@click.argument("id")
@click.option("--reason", help="Why; kept with the event.")
@pass_call
def archive(call: Call, id: str, reason: str | None) -> Answer:
    """Let a rule hold for no new request; those made under it keep it."""
    from mlops_desktop.services.rules import archive_rule, show_rule

    with call.session() as session:
        archive_rule(session, id, reason)
        row = show_rule(session, id)[-1]
        return _answer(_document(session, row.rule, row))


def _document(session: "Session", rule: Rule, row: "RuleRow | None") -> Document:
    from mlops_desktop.services.rules import preview_rule

    standing = "built_in" if row is None else row.status.value
    scope = rule.scope
    return {
        "id": rule.id,
        "version": rule.version,
        "standing": standing,
        "en": preview_rule(session, rule, "en"),
        "de": preview_rule(session, rule, "de"),
        "steps": [_step(step) for step in rule.steps],
        "barred": list(rule.barred),
        "in_order": rule.is_ordered,
        "deadline": rule.deadline,
        "escalate_to": rule.escalate_to.value if rule.escalate_to else None,
        "kinds": [kind.value for kind in scope.kinds],
        "tiers": list(scope.tiers),
        "environments": list(scope.environments),
        "regions": list(scope.regions),
        "methodologies": list(scope.methodologies),
        "reason": row.reason if row is not None else None,
        "activated_by_one_alone": row is not None and row.is_alone,
    }


def _step(step: Step) -> Document:
    return {
        "id": step.id,
        "needed": step.needed,
        "roles": [role.value for role in step.roles],
        "members": list(step.members),
        "committee": step.committee,
    }


_FAMILIES = {"kinds": ("rules.kind",), "environments": ("models.code.environment",)}
_SCOPE = ("kinds", "tiers", "environments", "regions", "methodologies")


def _scope(document: Document) -> Cell:
    """Return what a rule is for, part by part; empty parts mean everything."""
    told = {name: document[name] for name in _SCOPE if document[name]}
    said = [_part(name, one) for name, one in told.items() if isinstance(one, Sequence)]
    if not said:
        return Said("everything", "list_columns.said.everything")
    return Several(tuple(said), "; ")


def _part(name: str, values: Sequence[Json]) -> Named:
    title = Code(name, ("list_columns.scope",))
    return Named(title, codes(list(map(str, values)), *_FAMILIES.get(name, ())))


def _answer(document: Document) -> Answer:
    told = [
        ("Rule", f"{document['id']} (version {document['version']}, {document['standing']})"),
        ("For", str(_scope(document))),
        ("English", document["en"]),
        ("Deutsch", document["de"]),
    ]
    return Answer(document, pairs(told))
