"""Asks again, of every rule and tiering template on record, whether who brought it in force might.

Events from before a second person was asked for are not judged; after the first that was, all are.
"""

from collections.abc import Iterator

from mlops_desktop.core.authority import Act, Attempt, refusal_of
from mlops_desktop.core.identity import Person
from mlops_desktop.store.queries.decisions import PeopleThen
from mlops_desktop.store.queries.rules import RuleRow, list_rules
from mlops_desktop.store.queries.tiering import TemplateActivation, list_activations
from mlops_desktop.store.unit_of_work import ReadSession


def find_unauthorised(view: ReadSession) -> Iterator[tuple[int, str]]:
    """Yield the position of every such event, and ``authority`` or ``second_person``."""
    known = PeopleThen(view.connection)
    yield from _judge_rules(known, list_rules(view.connection))
    yield from _judge_templates(known, list_activations(view.connection))


def _judge_rules(known: PeopleThen, rows: tuple[RuleRow, ...]) -> Iterator[tuple[int, str]]:
    since = min((row.position for row in rows if _was_draft(row)), default=None)
    for row in rows:
        if since is None or row.position < since:
            continue
        if not _was_draft(row):
            yield row.position, "second_person"
            continue
        yield from _judge(known, row.position, Act.DRAFT_RULE, row.person)
        if row.activated_position is not None and row.activated_by is not None:
            act, at = Act.ACTIVATE_RULE, row.activated_position
            yield from _judge(known, at, act, row.activated_by, row.person)


def _was_draft(row: RuleRow) -> bool:
    return row.activated_position != row.position


def _judge_templates(
    known: PeopleThen, told: tuple[TemplateActivation, ...]
) -> Iterator[tuple[int, str]]:
    since = min((one.position for one in told if one.is_marked), default=None)
    for one in told:
        if since is not None and one.position >= since:
            act = Act.ACTIVATE_TEMPLATE
            yield from _judge(known, one.position, act, one.person, one.drafter)


def _judge(
    known: PeopleThen, position: int, act: Act, person: str, drafter: str | None = None
) -> Iterator[tuple[int, str]]:
    who = known.at(person, position) or Person(person, "")
    refusal = refusal_of(Attempt(act, who, drafter=drafter), known.everybody(position))
    if refusal is not None:
        yield position, refusal if refusal == "second_person" else "authority"
