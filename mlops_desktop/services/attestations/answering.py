"""Answers given: judged one by one, recorded together or not at all."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mlops_desktop.core import clock
from mlops_desktop.core.attestations import (
    EXPLAINED,
    Answer,
    Question,
    answer_refusal,
    mandate_of,
)
from mlops_desktop.core.changes import Changes
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.campaigns import CampaignAnswered
from mlops_desktop.core.identity import Person
from mlops_desktop.core.whole_numbers import whole
from mlops_desktop.ledger.text import clean_text
from mlops_desktop.services.cases import View
from mlops_desktop.services.hands import Hand, hand_of
from mlops_desktop.services.session import Session, commit_text
from mlops_desktop.store.queries import campaign_answers as queries
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.campaign_answers import AskedRow
from mlops_desktop.store.queries.campaigns import CampaignRow, find_campaign
from mlops_desktop.store.queries.rules import list_delegations


@dataclass(frozen=True, slots=True)
class Wish:
    """An answer to be given about a model named by number, id or name; ``row`` is where it stood.

    Without an answer it says nothing, which :func:`give_answers` refuses.
    """

    model: str
    answer: Answer | None
    comment: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer that cannot be given: where it stood, of which model, and why."""

    row: int
    model: str
    error: AppError


@dataclass(frozen=True, slots=True)
class Given:
    """What came of answers: how many there were, and the refusals; then nothing was recorded."""

    answers: int
    refusals: tuple[Refusal, ...]
    changes: Changes
    is_recorded: bool


class Bench:
    """Everything that decides who may answer what in a campaign, read once."""

    def __init__(self, view: View, row: CampaignRow) -> None:
        """Read the models of the campaign, the persons and their mandates."""
        connection = view.connection
        self.row = row
        self.asked = queries.list_asked(connection, row.key)
        self._people = {one.id: one for one in people.list_people(connection)}
        self._delegations = tuple(one.delegation for one in list_delegations(connection))
        self._named = _by_name(self.asked)

    def find(self, named: str) -> AskedRow:
        """Return a model that is asked about.

        Raises ``attestation.not_asked``, and ``model.ambiguous`` for a name that several bear.
        """
        found = self._named.get(_folded(named), ())
        if not found:
            raise AppError("attestation.not_asked", where="model", name=named, id=self.row.id)
        if len(found) > 1:
            raise AppError("model.ambiguous", name=named)
        return found[0]

    def person(self, id: str) -> Person:
        """Return a person who is enrolled."""
        return self._people[id]

    def known(self, id: str) -> Person | None:
        """Return a person, or None for who only reads."""
        return self._people.get(id)

    def question(self, asked: AskedRow) -> Question:
        """Return a model as the rules judge it."""
        owner = self._people.get(asked.owner or "")
        state, today = asked.state, clock.today()
        return Question(asked.model, self.row.stage, owner, state, today, self._delegations)

    def refuse(self, asked: AskedRow, person: Person) -> None:
        """Raise ``attestation.<rule>`` where a rule keeps a person from answering."""
        question = self.question(asked)
        rule = answer_refusal(question, person)
        if rule is not None:
            owner = question.owner.name if question.owner else asked.owner_name
            code, name = f"attestation.{rule}", person.name
            raise AppError(code, where="model", id=asked.id, person=name, owner=owner)


def _by_name(rows: tuple[AskedRow, ...]) -> dict[str, list[AskedRow]]:
    named: dict[str, list[AskedRow]] = defaultdict(list)
    for row in rows:
        named[_folded(row.name)].append(row)
    # Last, so that a model called like another's number is not mistaken for it.
    return named | {name: [row] for row in rows for name in (row.model, _folded(row.id))}


def _folded(named: str) -> str:
    text = clean_text(named).strip().casefold()
    number = whole(text.removeprefix("m-"))
    return f"m-{number:05d}" if number is not None else text


def give_answers(
    session: Session, named: str, wishes: Iterable[Wish], *, is_dry: bool = False
) -> Given:
    """Answer for models in one transaction: all of them, or none with each refusal and its row.

    The owner answers, or who holds his mandate; both names are recorded. Whoever holds a key
    signs each answer with it, unlocked once. Raises
    ``campaign.not_found`` and ``attestation.nothing_said`` where there is nothing to give.
    """
    wanted = list(wishes)
    if not wanted:
        raise AppError("attestation.nothing_said", where="model")

    def judge(view: View, hand: Hand) -> tuple[list[CampaignAnswered], tuple[Refusal, ...]]:
        bench = Bench(view, find_campaign(view.connection, named))
        judged = list(_judge(bench, wanted, bench.person(session.actor.person), hand))
        refusals = tuple(one for one in judged if isinstance(one, Refusal))
        return [one for one in judged if isinstance(one, CampaignAnswered)], refusals

    with session.workspace.read() as view:
        _, refusals = judge(view, Hand())
    if refusals or is_dry:
        return Given(len(wanted), refusals, Changes(), is_recorded=False)
    hand = hand_of(session, lambda view: None)
    with session.workspace.write(session.actor) as work:
        answers, refusals = judge(work, hand)
        for one in () if refusals else answers:
            hand.record(work, one)
    return Given(len(wanted), refusals, work.changes, is_recorded=not refusals)


def _judge(
    bench: Bench, wishes: Iterable[Wish], person: Person, hand: Hand
) -> Iterator[CampaignAnswered | Refusal]:
    seen: set[str] = set()
    for wish in wishes:
        named = wish.model
        try:
            asked = bench.find(named)
            named = asked.id
            _refuse_second(asked, seen)
            bench.refuse(asked, person)
            yield _answered(bench, asked, wish, person, hand)
        except AppError as error:
            yield Refusal(wish.row, named, error)


def _refuse_second(asked: AskedRow, seen: set[str]) -> None:
    if asked.model in seen:
        raise AppError("attestation.twice", where="model", id=asked.id)
    seen.add(asked.model)


def _answered(
    bench: Bench, asked: AskedRow, wish: Wish, person: Person, hand: Hand
) -> CampaignAnswered:
    if wish.answer is None:
        raise AppError("attestation.answer_missing", where="answer", id=asked.id)
    if wish.answer in EXPLAINED and not wish.comment.strip():
        raise AppError("attestation.comment_missing", where="comment", id=asked.id)
    mandate = mandate_of(bench.question(asked), person)
    return CampaignAnswered(
        bench.row.key,
        asked.model,
        wish.answer,
        commit_text(wish.comment),
        asked.owner if mandate is not None else None,
        mandate,
        hand.seen,
    )


def list_answerable(view: View, row: CampaignRow, person: str) -> tuple[AskedRow, ...]:
    """Return the models a person may answer for, his own and those he holds a mandate for."""
    bench = Bench(view, row)
    who = bench.known(person)
    return tuple(one for one in bench.asked if who is not None and _may(bench, one, who))


def _may(bench: Bench, asked: AskedRow, person: Person) -> bool:
    return answer_refusal(bench.question(asked), person) is None


def show_answerable(session: Session, named: str) -> tuple[AskedRow, ...]:
    """Return what the acting person may answer in a campaign; raises ``campaign.not_found``."""
    with session.workspace.read() as view:
        row = find_campaign(view.connection, named)
        return list_answerable(view, row, session.actor.person)


def wish_all(
    session: Session,
    named: str,
    answer: Answer,
    *,
    apart_from: Iterable[str] = (),
    owner: str | None = None,
) -> tuple[Wish, ...]:
    """Return one answer for all that is mine and unanswered, apart from some models.

    ``owner`` names whose models are meant, where the acting person holds a mandate. Raises
    ``campaign.not_found``, ``person.not_found``, ``attestation.not_asked``.
    """
    with session.workspace.read() as view:
        row, whose = find_campaign(view.connection, named), session.actor.person
        if owner is not None:
            whose = people.find_person(view.connection, owner).id
        bench = Bench(view, row)
        left_out = {bench.find(one).model for one in apart_from}
        found = list_answerable(view, row, session.actor.person)
    wanted = (one for one in found if one.owner == whose and one.answer is None)
    return tuple(Wish(one.model, answer) for one in wanted if one.model not in left_out)
