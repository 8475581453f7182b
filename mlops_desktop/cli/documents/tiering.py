"""Tiers and tiering templates as documents."""

from typing import TYPE_CHECKING

from mlops_desktop.cli.answer import Document, Json
from mlops_desktop.cli.documents.values import plain
from mlops_desktop.core.tier_history import TierStep
from mlops_desktop.core.tier_templates import Axis, Question, Template
from mlops_desktop.core.tiering import Answer, Graded, Override, Rating

if TYPE_CHECKING:
    from mlops_desktop.services.tier_templates import TemplateRow
    from mlops_desktop.services.tiering import TierSheet


def template_document(row: "TemplateRow") -> Document:
    """Return a version of a template as lists show it."""
    template = row.template
    return {
        "id": row.key,
        "template": template.id,
        "version": template.version,
        "status": row.status.value,
        "name": template.name.en,
        "rule": template.rule.value,
        "added_at": row.at or None,
        "activated_by_one_alone": row.is_alone,
    }


def template_whole(row: "TemplateRow") -> Document:
    """Return a version of a template with its questions and how a tier follows."""
    template = row.template
    matrix: list[Document] = [
        {"materiality": cell.materiality, "complexity": cell.complexity, "tier": cell.tier}
        for cell in template.matrix
    ]
    return {
        **template_document(row),
        "description": template.description.en,
        "questions": [_question(item) for item in template.questions],
        "scales": [
            {"axis": item.axis, "medium": item.medium, "high": item.high}
            for item in template.scales
        ],
        "matrix": matrix,
        "bands": [{"tier": item.tier, "points": item.points} for item in template.bands],
        "intervals": [{"tier": item.tier, "months": item.months} for item in template.intervals],
    }


def _question(question: Question) -> Document:
    return {
        "id": question.id,
        "axis": question.axis.value,
        "weight": question.weight,
        "text": question.text.en,
        "choices": [
            {"id": item.id, "text": item.text.en, "points": question.points(item)}
            for item in question.choices
        ],
    }


def tiering_document(sheet: "TierSheet") -> Document:
    """Return a model's tier with all that stands behind it."""
    rating, template = sheet.rating, sheet.template
    computed = rating.computed if rating is not None else None
    return {
        "id": sheet.row.id,
        "key": sheet.row.key,
        "name": sheet.row.name,
        "tier": sheet.row.tier,
        "basis": plain(sheet.basis),
        "inherent": sheet.inherent,
        "residual": sheet.residual,
        "materiality": _graded(computed.materiality) if computed else None,
        "complexity": _graded(computed.complexity) if computed else None,
        "template": _rated_by(rating, sheet) if rating else None,
        "answers": [answer_document(item, template) for item in computed.answers]
        if computed and template
        else [],
        "override": _override(sheet.override, sheet) if sheet.override else None,
        "rerating_due": plain(sheet.row.tier_due),
        "history": [_step(item, sheet) for item in sheet.steps],
    }


def _graded(graded: Graded) -> Document:
    return {"grade": graded.grade.value, "points": graded.points}


def _rated_by(rating: Rating, sheet: "TierSheet") -> Document:
    return {
        "id": rating.template,
        "version": rating.version,
        "name": sheet.template.name.en if sheet.template else None,
        "on": rating.on.isoformat(),
        "by": sheet.names.get(rating.by, rating.by),
        "reason": rating.reason.text if rating.reason else None,
    }


def answer_document(answer: Answer, template: Template) -> Document:
    """Return an answer with its words, as the template has them."""
    question = template.question(answer.question)
    choice = question.choice(answer.choice) if question else None
    axis: Axis | None = question.axis if question else None
    return {
        "question": answer.question,
        "axis": plain(axis),
        "text": question.text.en if question else None,
        "choice": answer.choice,
        "answer": choice.text.en if choice else None,
        "points": answer.points,
    }


def _override(override: Override, sheet: "TierSheet") -> Document:
    return {
        "tier": override.tier,
        "until": override.until.isoformat(),
        "expired": sheet.has_lapsed,
        "reason": override.reason.text,
        "on": override.on.isoformat(),
        "by": sheet.names.get(override.by, override.by),
    }


def _step(step: TierStep, sheet: "TierSheet") -> Document:
    by: Json = sheet.names.get(step.by, step.by) if step.by else None
    return {
        "kind": step.kind.value,
        "on": step.on.isoformat(),
        "before": step.before,
        "after": step.after,
        "is_increase": step.is_increase,
        "by": by,
        "until": plain(step.until),
        "reason": step.reason.text if step.reason else None,
        "position": step.position,
    }
