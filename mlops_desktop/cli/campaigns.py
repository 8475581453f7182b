"""Attestation campaigns as text for people, beside their documents."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from mlops_desktop.cli.answer import DONE, WRONG_INPUT, Answer, Document
from mlops_desktop.cli.documents.attestations import (
    campaign_document,
    changes_document,
    given_document,
    sheet_document,
)
from mlops_desktop.cli.failures import Failure, failure_of
from mlops_desktop.cli.text import NOTHING, pairs, section, table
from mlops_desktop.core.cells import Code, Said

if TYPE_CHECKING:
    from mlops_desktop.core.asof import AsOf
    from mlops_desktop.services.attestations.answering import Given
    from mlops_desktop.services.attestations.comparing import CampaignDifference, ModelDifference
    from mlops_desktop.services.attestations.showing import AskedRow, CampaignSheet
    from mlops_desktop.services.session import Session


def campaigns_answer(sheets: "Iterable[CampaignSheet]") -> Answer:
    """Return campaigns as a list."""
    found = list(sheets)
    heads = ("ID", "TITLE", "STATE", "DUE", "ANSWERED", "COVERED", "TARGETS UNMET")
    rows = [
        (
            one.row.id,
            one.row.title,
            Code(one.row.stage.value, ("attestations.stage",)),
            one.row.due,
            _share(one.answered, one.counting),
            one.covered,
            ", ".join(_tier(part.tier) for part in one.unmet),
        )
        for one in found
    ]
    return Answer([campaign_document(one) for one in found], table(heads, rows))


def _share(answered: int, counting: int) -> Said:
    told = f"{answered} of {counting}"
    return Said(told, "list_columns.said.of", {"n": answered, "all": counting})


def _tier(tier: int | None) -> str:
    return "unrated" if tier is None else str(tier)


def campaign_answer(session: "Session", id: str, as_of: "AsOf") -> Answer:
    """Return one campaign: how far each tier is, what is open, what was said."""
    from mlops_desktop.services.attestations.showing import list_given, show_campaign

    sheet = show_campaign(session, id, as_of)
    given = list_given(session, id, as_of)
    told = pairs(_facts(sheet)) + section("Coverage", _coverage(sheet))
    told += section("Open", _open(sheet))
    left = [(one.id, one.name, one.state.value) for one in sheet.left]
    told += section("Left the inventory", table(("ID", "NAME", "STATE"), left) if left else "")
    return Answer(sheet_document(sheet, given), told)


def _facts(sheet: "CampaignSheet") -> Iterator[tuple[str, object]]:
    row, names = sheet.row, sheet.names
    yield "Campaign", row.id
    yield "Title", row.title
    yield "Statement", row.opened.statement.text
    yield "Filter", row.opened.scope.text if row.opened.scope else None
    yield "State", row.stage.value
    yield "Due", row.due
    yield "Opened", f"{row.at} by {names.get(row.opener, row.opener)}, ledger size {row.size}"
    for one in row.extensions:
        yield "Extended", f"to {one.due}: {one.reason.text}"
    if row.end is not None:
        said = f": {row.end.said.text}" if row.end.said else ""
        by = names.get(row.end.person, row.end.person)
        yield "Ended", f"{row.end.at} by {by}, ledger size {row.end.size}{said}"


def _coverage(sheet: "CampaignSheet") -> str:
    rows = [
        (
            _tier(one.tier),
            f"{one.covered} of {one.counting}",
            f"{one.percent} %",
            f"{one.target.percent} %" if one.target else None,
            "met" if one.is_met else f"{one.lacking} more",
            one.left or None,
        )
        for one in sheet.coverage
    ]
    return table(("TIER", "COVERED", "SHARE", "TARGET", "STANDING", "LEFT"), rows)


def _open(sheet: "CampaignSheet") -> str:
    blocking = {one.model for one in sheet.blocking}
    rows = [_open_row(one, "yes" if one.model in blocking else "") for one in sheet.open]
    return table(("ID", "NAME", "TIER", "OWNER", "WHY", "BLOCKS"), rows) if rows else ""


def _open_row(one: "AskedRow", blocks: str) -> tuple[object, ...]:
    gap = one.standing.gap
    why = gap.value.replace("_", " ") if gap else ""
    return one.id, one.name, _tier(one.tier), one.owner_name, why, blocks


def given_answer(given: "Given") -> Answer:
    """Return what came of answers, each refusal with row, model and reason."""
    refusals = [_refusal(one.row, one.model, failure_of(one.error)) for one in given.refusals]
    rows = [(one["row"], one["model"], one["reason"]) for one in refusals]
    if given.is_recorded:
        said = f"Recorded: {given.answers} answers."
    elif given.refusals:
        said = "Nothing was changed: answers were refused."
    else:
        said = f"Nothing was changed: this was a dry run of {given.answers} answers."
    told = table(("ROW", "MODEL", "REASON"), rows) + "\n\n" if rows else ""
    code = WRONG_INPUT if given.refusals else DONE
    return Answer(given_document(given, refusals), told + said, code)


def _refusal(row: int, model: str, failure: Failure) -> Document:
    told = {"code": failure.code, "reason": failure.message}
    return {"row": row or None, "model": model, **told}


def changes_answer(id: str, found: "CampaignDifference") -> Answer:
    """Return what changed between start and end, first of the models asked about."""
    told = pairs([("Campaign", id), ("Ledger size", f"{found.start} to {found.end}")])
    asked, others = (_changes(part) for part in (found.asked, found.others))
    told += section("Models asked about", asked or NOTHING)
    return Answer(changes_document(id, found), told + section("Other models", others))


def _changes(found: "tuple[ModelDifference, ...]") -> str:
    rows = [(one.id, one.name, "(new)", "", "") for one in found if one.is_new]
    rows += [
        (one.id, one.name, change.field, change.before or "", change.after or "")
        for one in found
        for change in one.fields
    ]
    return table(("ID", "NAME", "FIELD", "BEFORE", "AFTER"), sorted(rows)) if rows else ""
