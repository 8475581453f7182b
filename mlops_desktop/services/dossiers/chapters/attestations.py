"""Attestation campaigns that asked about the model: who answered what, and when."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.dossier.content import (
    Cell,
    Chapter,
    Field,
    Grid,
    Kind,
    Missing,
    Part,
    Reason,
    Value,
)
from mlops_desktop.services.dossiers.erased import gap_of
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.campaign_answers import GivenAnswer, answers_about
from mlops_desktop.store.queries.campaigns import CampaignRow, asking_about
from mlops_desktop.store.unit_of_work import ReadSession

ORDER = 25
_COLUMNS = (
    "attest_at",
    "attest_answer",
    "attest_by",
    "attest_for",
    "attest_signed",
    "attest_comment",
)


@dataclass(frozen=True, slots=True)
class _Asking:
    """A campaign that asked: the tier and the owner it froze."""

    row: CampaignRow
    tier: int | None
    person: str | None


def build(view: ReadSession, sheet: ModelSheet, as_of: AsOf) -> Chapter:
    """Return the chapter on attestations of a model, the newest campaign first."""
    asking = [_Asking(*told) for told in asking_about(view.connection, sheet.row.key, as_of)]
    answers = answers_about(view.connection, sheet.row.key, as_of)
    names = people.names(view.connection)
    parts = tuple(_part(one, answers, names) for one in reversed(asking))
    return Chapter("attestations", parts or Missing(Reason.NONE_YET))


def _part(one: _Asking, answers: tuple[GivenAnswer, ...], names: Mapping[str, str]) -> Part:
    mine = [_answer(said, names) for said in answers if said.campaign == one.row.key]
    label = " ".join(f"{one.row.id} {one.row.title}".split())
    grid = Grid(_COLUMNS, tuple(mine)) if mine else None
    unanswered = () if mine else (Field("attest_answered", _code("attest_unanswered")),)
    return Part("attestation", label, (*_fields(one, names), *unanswered), grid)


def _fields(one: _Asking, names: Mapping[str, str]) -> Iterator[Field]:
    row, opened = one.row, one.row.opened
    none = Missing(Reason.NOT_RECORDED)
    yield Field("attest_statement", _said(opened.statement))
    yield Field("attest_opened", (Value(Kind.DATE, row.at[:10]),))
    yield Field("attest_due", (Value(Kind.DATE, row.due.isoformat()),))
    yield Field("attest_state", _code(f"attest_state.{row.stage.value}"))
    if row.end is not None:
        yield Field("attest_ended", (Value(Kind.DATE, row.end.at[:10]),))
    yield Field("tier", (Value(Kind.COUNT, str(one.tier)),) if one.tier is not None else none)
    yield Field("attest_asked", _text(names.get(one.person, one.person)) if one.person else none)


def _answer(said: GivenAnswer, names: Mapping[str, str]) -> tuple[Cell, ...]:
    behalf = said.on_behalf_of
    return (
        (Value(Kind.DATE, said.at[:10]),),
        _code(f"attest_answer.{said.answer.value}"),
        _text(names.get(said.person, said.person)),
        _text(names.get(behalf, behalf)) if behalf else Missing(Reason.NONE),
        _code(f"attest_signed.{'yes' if said.is_signed else 'no'}"),
        _said(said.comment),
    )


def _said(text: Erasable | None) -> Cell:
    if text is None:
        return Missing(Reason.NONE)
    return gap_of(text) if text.text is None else _text(text.text)


def _text(text: str) -> tuple[Value, ...]:
    return (Value(Kind.TEXT, text),)


def _code(code: str) -> tuple[Value, ...]:
    return (Value(Kind.CODE, code),)
