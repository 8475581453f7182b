"""Attestation campaigns as documents."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from mlops_desktop.cli.answer import Document, Json
from mlops_desktop.cli.documents.models import difference_document

if TYPE_CHECKING:
    from mlops_desktop.core.attestations import Coverage
    from mlops_desktop.services.attestations.answering import Given
    from mlops_desktop.services.attestations.comparing import CampaignDifference
    from mlops_desktop.services.attestations.drafts import Draft
    from mlops_desktop.services.attestations.showing import AskedRow, CampaignSheet, GivenAnswer


def campaign_document(sheet: "CampaignSheet") -> Document:
    """Return a campaign as lists show it."""
    row = sheet.row
    return {
        "id": row.id,
        "title": row.opened.title.text,
        "state": row.stage.value,
        "due": row.due.isoformat(),
        "opened_at": row.at,
        "opened_by": sheet.names.get(row.opener, row.opener),
        "ended_at": row.end.at if row.end else None,
        "asked": len(sheet.asked),
        "counting": sheet.counting,
        "answered": sheet.answered,
        "covered": sheet.covered,
        "coverage": [coverage_document(one) for one in sheet.coverage],
    }


def coverage_document(one: "Coverage") -> Document:
    """Return how a tier stands; percentages are decimal text, rounded down."""
    return {
        "tier": one.tier,
        "target": one.target.percent if one.target else None,
        "percent": one.percent,
        "asked": one.asked,
        "left": one.left,
        "counting": one.counting,
        "answered": one.answered,
        "covered": one.covered,
        "lacking": one.lacking,
        "met": one.is_met,
    }


def sheet_document(sheet: "CampaignSheet", given: "tuple[GivenAnswer, ...]") -> Document:
    """Return a campaign whole, with every answer given."""
    row, names = sheet.row, sheet.names
    numbers = {one.model: one.id for one in sheet.asked}
    blocking = {one.model for one in sheet.blocking}
    return {
        **campaign_document(sheet),
        "statement": row.opened.statement.text,
        "filter": row.opened.scope.text if row.opened.scope else "",
        "ledger_size_at_start": row.size,
        "ledger_size_at_end": row.end.size if row.end else None,
        "ended_by": names.get(row.end.person) if row.end else None,
        "ended_with": row.end.said.text if row.end and row.end.said else None,
        "extensions": [
            {"due": one.due.isoformat(), "reason": one.reason.text, "at": one.at}
            for one in row.extensions
        ],
        "models": [_asked(one, names, blocks=one.model in blocking) for one in sheet.asked],
        "answers": [answer_document(one, numbers, names) for one in given],
    }


def _asked(one: "AskedRow", names: Mapping[str, str], *, blocks: bool) -> Document:
    gap = one.standing.gap
    return {
        "id": one.id,
        "name": one.name,
        "tier": one.tier,
        "asked": names.get(one.person or ""),
        "owner": names.get(one.owner or ""),
        "state": one.state.value,
        "left": one.standing.has_left,
        "answer": one.answer.answer.value if one.answer else None,
        "gap": gap.value if gap else None,
        "blocks": blocks,
    }


def answer_document(
    one: "GivenAnswer", numbers: Mapping[str, str], names: Mapping[str, str]
) -> Document:
    """Return an answer as it was given."""
    return {
        "model": numbers.get(one.model, one.model),
        "answer": one.answer.value,
        "comment": one.comment.text if one.comment else None,
        "person": names.get(one.person, one.person),
        "on_behalf_of": names.get(one.on_behalf_of or ""),
        "at": one.at,
        "signed": one.is_signed,
    }


def draft_document(one: "Draft", numbers: Mapping[str, str]) -> Document:
    """Return an answer prepared and not given."""
    model = numbers.get(one.model, one.model)
    return {"id": model, "answer": one.answer.value, "comment": one.comment or None}


def given_document(given: "Given", refusals: list[Document]) -> Document:
    """Return what came of answers."""
    told: list[Json] = [*refusals]
    return {"answers": given.answers, "recorded": given.is_recorded, "refusals": told}


def changes_document(id: str, found: "CampaignDifference") -> Document:
    """Return what changed between start and end."""
    return {
        "id": id,
        "from_size": found.start,
        "to_size": found.end,
        "asked": [difference_document(one) for one in found.asked],
        "others": [difference_document(one) for one in found.others],
    }
