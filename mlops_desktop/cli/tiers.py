"""Tiers and tiering templates as text for people, beside their documents."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mlops_desktop.cli.answer import Answer
from mlops_desktop.cli.documents.tiering import (
    answer_document,
    template_document,
    template_whole,
    tiering_document,
)
from mlops_desktop.cli.text import pairs, section, table
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.cells import Code, InBoth
from mlops_desktop.core.tier_history import TierStep
from mlops_desktop.core.tiering import Basis, Graded

if TYPE_CHECKING:
    from mlops_desktop.services.session import Session
    from mlops_desktop.services.tier_templates import TemplateRow
    from mlops_desktop.services.tiering import TierSheet

_BASIS = {
    Basis.ASSESSED: "assessed",
    Basis.OVERRIDDEN: "overridden",
    Basis.BY_HAND: "set by hand, not assessed",
}


def templates_answer(rows: Iterable["TemplateRow"]) -> Answer:
    """Return versions of templates."""
    found = list(rows)
    cells = [
        (
            row.key,
            Code(row.status.value, ("oversight.status",)),
            Code(row.template.rule.value, ("oversight.template_rule",)),
            InBoth(row.template.name.en, row.template.name.de),
        )
        for row in found
    ]
    heads = ("ID", "STATUS", "RULE", "NAME")
    return Answer([template_document(row) for row in found], table(heads, cells))


def template_answer(row: "TemplateRow") -> Answer:
    """Return one version with its questions and what can be answered."""
    template = row.template
    head = pairs(
        [
            ("Template", row.key),
            ("Status", row.status.value),
            ("Name", template.name.en),
            ("Description", template.description.en),
            ("Rule", template.rule.value),
        ]
    )
    cells = [
        (item.axis.value, item.id, choice.id, item.points(choice), choice.text.en)
        for item in template.questions
        for choice in item.choices
    ]
    asked = table(("AXIS", "QUESTION", "CHOICE", "POINTS", "MEANING"), cells)
    return Answer(template_whole(row), head + section("Questions", asked))


def tiering_answer(session: "Session", named: str, as_of: AsOf = NOW) -> Answer:
    """Return a model's tier with all that stands behind it."""
    from mlops_desktop.services.tiering import show_tiering

    sheet = show_tiering(session, named, as_of)
    return Answer(tiering_document(sheet), _text(sheet))


def _text(sheet: "TierSheet") -> str:
    return _head(sheet) + section("Answers", _answers(sheet)) + section("History", _steps(sheet))


def _head(sheet: "TierSheet") -> str:
    rating, override = sheet.rating, sheet.override
    computed = rating.computed if rating else None
    told = None
    if override is not None:
        word = "expired" if sheet.has_lapsed else "until"
        told = f"tier {override.tier}, {word} {override.until}: {override.reason.text or ''}"
    return pairs(
        [
            ("Model", f"{sheet.row.id} {sheet.row.name}"),
            ("Tier", sheet.row.tier),
            ("Basis", _BASIS[sheet.basis] if sheet.basis else "not set"),
            ("Inherent", sheet.inherent),
            ("Residual", sheet.residual),
            ("Materiality", _graded(computed.materiality) if computed else None),
            ("Complexity", _graded(computed.complexity) if computed else None),
            ("Template", f"{rating.template}@{rating.version}" if rating else None),
            ("Rated on", rating.on if rating else None),
            ("Rated by", sheet.names.get(rating.by, rating.by) if rating else None),
            ("Reason", rating.reason.text if rating and rating.reason else None),
            ("Override", told),
            ("Re-rating due", sheet.row.tier_due),
        ]
    )


def _graded(graded: Graded) -> str:
    return f"{graded.grade.value} ({graded.points} points)"


def _answers(sheet: "TierSheet") -> str:
    if sheet.rating is None or sheet.template is None:
        return ""
    told = [answer_document(item, sheet.template) for item in sheet.rating.computed.answers]
    names = ("axis", "question", "choice", "points", "answer")
    cells = [tuple(item[name] for name in names) for item in told]
    return table(("AXIS", "QUESTION", "CHOICE", "POINTS", "MEANING"), cells)


def _steps(sheet: "TierSheet") -> str:
    cells = [_step(item, sheet) for item in sheet.steps]
    heads = ("ON", "WHAT", "BEFORE", "AFTER", "UNTIL", "BY", "REASON")
    return table(heads, cells) if cells else ""


def _step(step: TierStep, sheet: "TierSheet") -> tuple[object, ...]:
    by = sheet.names.get(step.by, step.by) if step.by else None
    reason = step.reason.text if step.reason else None
    return step.on, step.kind.value, step.before, step.after, step.until, by, reason
