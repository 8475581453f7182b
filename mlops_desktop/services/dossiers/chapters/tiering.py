"""Tiering: the tier and what it rests on, the answers behind it, every rating there was."""

from collections.abc import Iterator
from datetime import date

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.tier_history import TierStep
from mlops_desktop.core.tier_templates import Bilingual, Template
from mlops_desktop.core.tiering import Answer, Graded, Override, Rating
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
from mlops_desktop.services.tiering import TierSheet, read_tiering
from mlops_desktop.store.unit_of_work import ReadSession

ORDER = 5
_ANSWERS = ("tier_axis", "tier_question", "tier_answer", "tier_points")
_STEPS = ("tier_from", "tier_step", "tier_change", "tier_until", "tier_by", "tier_why")


def build(view: ReadSession, sheet: ModelSheet, as_of: AsOf) -> Chapter:
    """Return the chapter on the tier of a model."""
    found = read_tiering(view, sheet.row.key, as_of)
    if found.row.tier is None and not found.steps:
        return Chapter("tiering", Missing(Reason.NONE_YET))
    return Chapter("tiering", tuple(_parts(found)))


def _parts(sheet: TierSheet) -> Iterator[Part]:
    yield Part("tier_standing", fields=tuple(_standing(sheet)))
    if sheet.rating is not None and sheet.template is not None:
        answers = (_answer(item, sheet.template) for item in sheet.rating.computed.answers)
        yield Part("tier_answers", grid=Grid(_ANSWERS, tuple(answers)))
    if sheet.override is not None:
        yield Part("tier_override", fields=tuple(_override(sheet, sheet.override)))
    steps = tuple(_step(item, sheet) for item in sheet.steps)
    yield Part("tier_history", grid=Grid(_STEPS, steps) if steps else None)


def _standing(sheet: TierSheet) -> Iterator[Field]:
    tier = sheet.row.tier
    yield Field("tier", _count(tier) if tier else Missing(Reason.NOT_RECORDED))
    if sheet.basis is not None:
        yield Field("tier_basis", _code(f"tier_basis.{sheet.basis}"))
    rating = sheet.rating
    if rating is None or sheet.inherent is None or sheet.residual is None:
        return
    yield Field("tier_inherent", _count(sheet.inherent))
    yield Field("tier_residual", _count(sheet.residual))
    yield Field("tier_high_findings", _count(sheet.high_findings))
    yield Field("tier_medium_findings", _count(sheet.medium_findings))
    yield from _graded("materiality", rating.computed.materiality)
    yield from _graded("complexity", rating.computed.complexity)
    yield from _rated(sheet, rating)


def _rated(sheet: TierSheet, rating: Rating) -> Iterator[Field]:
    named = Value(Kind.TEXT, f"{rating.template}@{rating.version}")
    names = (_bilingual(sheet.template.name),) if sheet.template else ()
    yield Field("tier_template", (*names, named))
    yield Field("tier_rated_on", _day(rating.on))
    yield Field("tier_rated_by", _text(sheet.names.get(rating.by, rating.by)))
    yield Field("tier_reason", _said(rating.reason))
    yield Field("tier_due", _day(rating.due))


def _override(sheet: TierSheet, override: Override) -> Iterator[Field]:
    yield Field("tier", _count(override.tier))
    yield Field("lapsed" if sheet.has_lapsed else "tier_until", _day(override.until))
    yield Field("tier_reason", _said(override.reason))
    yield Field("tier_rated_on", _day(override.on))
    yield Field("tier_rated_by", _text(sheet.names.get(override.by, override.by)))


def _answer(answer: Answer, template: Template) -> tuple[Cell, ...]:
    question = template.question(answer.question)
    choice = question.choice(answer.choice) if question is not None else None
    return (
        _code(question.axis.value) if question else Missing(Reason.NOT_RECORDED),
        (_bilingual(question.text),) if question else _text(answer.question),
        (_bilingual(choice.text),) if choice else _text(answer.choice),
        _count(answer.points),
    )


def _step(step: TierStep, sheet: TierSheet) -> tuple[Cell, ...]:
    change = f"{step.before or '–'} → {step.after or '–'}"
    none = Missing(Reason.NONE)
    rose = _code("tier_rose") if step.is_increase else ()
    return (
        _day(step.on),
        (*_code(f"tier_step.{step.kind}"), *rose),
        _text(change),
        _day(step.until) if step.until else none,
        _text(sheet.names.get(step.by, step.by)) if step.by else none,
        _said(step.reason),
    )


def _graded(axis: str, graded: Graded) -> Iterator[Field]:
    yield Field(axis, _code(graded.grade.value))
    yield Field(f"{axis}_points", _count(graded.points))


def _said(text: Erasable | None) -> tuple[Value, ...] | Missing:
    if text is None:
        return Missing(Reason.NOT_RECORDED)
    return gap_of(text) if text.text is None else _text(text.text)


def _bilingual(text: Bilingual) -> Value:
    return Value(Kind.BILINGUAL, f"{text.en}\n{text.de}")


def _text(text: str) -> tuple[Value, ...]:
    return (Value(Kind.TEXT, text),)


def _code(code: str) -> tuple[Value, ...]:
    return (Value(Kind.CODE, code),)


def _count(number: int) -> tuple[Value, ...]:
    return (Value(Kind.COUNT, str(number)),)


def _day(day: date) -> tuple[Value, ...]:
    return (Value(Kind.DATE, day.isoformat()),)
