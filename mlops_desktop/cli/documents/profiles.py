"""Regulatory profiles as documents: a row of the list, one whole, and the matrix of a check."""

from typing import TYPE_CHECKING

from mlops_desktop.cli.answer import Document
from mlops_desktop.cli.documents.values import plain
from mlops_desktop.core.profiles.data import Condition, Profile, Rule
from mlops_desktop.core.profiles.outcomes import GAPS, Result

if TYPE_CHECKING:
    from datetime import date

    from mlops_desktop.services.profiles.checking import Judged, Matrix
    from mlops_desktop.services.profiles.standing import Standing


def standing_document(standing: "Standing", day: "date") -> Document:
    """Return a profile as lists show it."""
    profile = standing.profile
    return {
        "id": profile.id,
        "version": profile.version,
        "regime": profile.regime,
        "title": profile.title.en,
        "title_de": profile.title.de,
        "jurisdiction": profile.jurisdiction,
        "mark": profile.mark.value,
        "source": profile.source,
        "effective_from": plain(profile.effective_from),
        "effective_to": plain(profile.effective_to),
        "active": standing.is_active,
        "active_from": plain(standing.since),
        "in_force": standing.in_force(day),
        "origin": "workspace" if standing.is_own else "program",
        "rules": len(profile.rules),
    }


def profile_document(standing: "Standing", day: "date") -> Document:
    """Return a profile whole."""
    profile = standing.profile
    traits: list[Document] = [
        {
            "name": trait.name,
            "title": trait.title.en,
            "values": {one.value: one.title.en for one in trait.values},
        }
        for trait in profile.traits
    ]
    return {
        **standing_document(standing, day),
        "published": profile.published.isoformat(),
        "note": profile.note.en if profile.note else None,
        "scope": profile.scope.value,
        "traits": traits,
        "rules": [_rule(profile, rule) for rule in profile.rules],
    }


def _rule(profile: Profile, rule: Rule) -> Document:
    age = rule.max_age
    return {
        "id": rule.id,
        "reference": rule.reference,
        "title": rule.title.en,
        "title_de": rule.title.de,
        "level": rule.level.value,
        "mark": profile.mark_of(rule).value,
        "effective_from": plain(rule.effective_from or profile.effective_from),
        "applies_when": [_condition(one) for one in rule.applies_when],
        "satisfied_by": [list(need) for need in rule.needs],
        "max_age_months": age.months if age else None,
        "max_age_attribute": age.attribute if age else None,
        "leads_to": rule.lead,
    }


def _condition(one: Condition) -> Document:
    return {"attribute": one.attribute, "any_of": [*one.any_of], "none_of": [*one.none_of]}


def check_document(matrix: "Matrix", cells: "list[Judged]") -> Document:
    """Return a matrix; ``decides`` marks the rows that make the answer "no"."""
    profile = matrix.profile
    return {
        "profile": profile.id,
        "version": profile.version,
        "mark": profile.mark.value,
        "as_at": matrix.day.isoformat(),
        "active": matrix.standing.is_active,
        "in_force": matrix.in_force,
        "in_force_from": plain(matrix.standing.begins()),
        "models": len(matrix.models),
        "deciding": sum(cell.decides for cell in matrix.rows()),
        "rows": [_cell(matrix, cell) for cell in cells],
    }


def _cell(matrix: "Matrix", cell: "Judged") -> Document:
    from mlops_desktop.services.profiles.mending import command_of
    from mlops_desktop.services.profiles.said import say_detail
    from mlops_desktop.services.wording import read_words

    regime, is_open = matrix.profile.regime, cell.outcome.result in GAPS | {Result.UNVERIFIABLE}
    return {
        "model": cell.model.id,
        "rule": cell.rule.id,
        "reference": cell.rule.reference,
        "level": cell.rule.level.value,
        "mark": matrix.profile.mark_of(cell.rule).value,
        "result": cell.outcome.result.value,
        "detail": say_detail(read_words("en"), matrix, cell),
        "reason": cell.outcome.reason.value,
        "leads_to": cell.lead,
        "mend": command_of(cell.mend, cell.model.id, regime) or None if is_open else None,
        "decides": cell.decides,
    }
