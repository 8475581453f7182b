"""Requests for approval as text for people, beside their documents."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from mlops_desktop.cli.answer import Answer
from mlops_desktop.cli.documents.approvals import sheet_document
from mlops_desktop.cli.text import pairs, section, table
from mlops_desktop.core.cells import Code, Day

if TYPE_CHECKING:
    from mlops_desktop.core.signers import StepStand
    from mlops_desktop.services.reviews import RequestSheet
    from mlops_desktop.services.rows import DecisionRow, RequestRow
    from mlops_desktop.services.session import Session


def requests_table(rows: Iterable["RequestRow"], names: Mapping[str, str]) -> str:
    """Return requests as a table."""
    heads = ("ID", "MODEL", "NAME", "VERSION", "ENVIRONMENT", "STATUS", "REQUESTED BY", "AT")
    cells = [
        (
            row.id,
            row.model_id,
            row.model_name,
            row.label,
            Code(row.environment, ("models.code.environment",)),
            Code(row.status.value, ("approvals.status",)),
            names.get(row.requester),
            Day(row.requested_at),
        )
        for row in rows
    ]
    return table(heads, cells)


def request_answer(session: "Session", id: str) -> Answer:
    """Return one request with its decisions and who may still sign."""
    from mlops_desktop.services.reviews import show_sheet

    sheet = show_sheet(session, id)
    return Answer(sheet_document(sheet), _text(sheet))


def _text(sheet: "RequestSheet") -> str:
    told = pairs(_facts(sheet))
    told += section("Steps", _steps(sheet)) if len(sheet.steps) > 1 else ""
    told += section("Conditions", _conditions(sheet)) if sheet.conditions else ""
    told += section("Resolutions", _resolutions(sheet)) if sheet.resolutions else ""
    decisions = [_decision(one, sheet) for one in sheet.row.decisions]
    heads = ("PERSON", "DECISION", "AT", "SIGNATURE", "COMMENT")
    return told + section("Decisions", table(heads, decisions) if decisions else "")


def _facts(sheet: "RequestSheet") -> list[tuple[str, object]]:
    from mlops_desktop.services.reviews import entities_of

    row, names, ending = sheet.row, sheet.names, sheet.ending
    ended = f"{names.get(ending.person, ending.person)}: {ending.reason}" if ending else None
    return [
        ("Request", row.id),
        ("Model", f"{row.model_id} {row.model_name}"),
        ("Kind", row.kind.value),
        ("Version", row.label or None),
        ("Environment", row.environment or None),
        ("Legal entities", ", ".join(entities_of(row, names)) or "all"),
        ("Rule", f"{row.rule} (version {row.state.rule_kept.version})"),
        ("Status", row.status.value),
        ("Approvals", f"{sheet.given} of {sheet.needed}"),
        (row.status.value.capitalize(), ended),
        ("Requested by", names.get(row.requester, row.requester)),
        ("At", row.requested_at),
        ("Comment", row.comment),
        ("Valid until", row.valid_until),
        ("Changed since", ", ".join(row.changed)),
        ("To be decided by", sheet.due),
        ("Recorded from paper", _paper(sheet)),
        ("Partial", ", ".join(names.get(id, id) for id in row.state.recused)),
        ("May still sign", ", ".join(one.name for one in sheet.signers)),
        ("In another's place", ", ".join(f"{a.name} for {b.name}" for a, b in sheet.deputies)),
        ("Warning", "nobody can decide this any more" if sheet.is_hopeless else None),
    ]


def _paper(sheet: "RequestSheet") -> str | None:
    told = sheet.row.paper
    if told is None:
        return None
    state = "confirmed" if sheet.row.confirmation else "awaiting a second person"
    state = "not confirmed: the paper does not say so" if sheet.row.rejection else state
    return f"{told.body.text}, {told.decided_on}, not signed here; {state}"


def _steps(sheet: "RequestSheet") -> str:
    rows = [
        (
            one.step.id,
            one.step.committee or ", ".join(role.value for role in one.step.roles) or "anybody",
            f"{one.step.needed - one.missing} of {one.step.needed}",
            ", ".join(_given_by(sheet, one)),
            ", ".join(person.name for person in one.able),
        )
        for one in sheet.steps
    ]
    return table(("STEP", "BY", "GIVEN", "GIVEN BY", "COULD GIVE"), rows)


def _given_by(sheet: "RequestSheet", stand: "StepStand") -> list[str]:
    met = [one for one in sheet.resolutions if one.step == stand.step.id and one.is_signed]
    persons = [sheet.names.get(cast.person, cast.person) for cast in stand.given]
    return [*persons, *(one.meeting.id for one in met)]


def _resolutions(sheet: "RequestSheet") -> str:
    rows = [
        (
            one.meeting.id,
            one.meeting.called.held_on.isoformat(),
            one.item,
            one.outcome.value,
            sheet.names.get(signed.person, signed.person),
            signed.capacity.value,
            signed.at,
            signed.fault or "verified",
        )
        for one in sheet.resolutions
        for signed in one.signatures
    ]
    heads = ("MEETING", "ON", "ITEM", "OUTCOME", "SIGNED BY", "AS", "AT", "SIGNATURE")
    return table(heads, rows)


def _conditions(sheet: "RequestSheet") -> str:
    rows = [
        (
            one.number,
            one.text,
            one.due,
            f"met by {one.met.name.text}" if one.met else "overdue" if one.is_overdue else "open",
        )
        for one in sheet.conditions
    ]
    return table(("NUMBER", "CONDITION", "DUE", "STANDING"), rows)


def _decision(row: "DecisionRow", sheet: "RequestSheet") -> tuple[object, ...]:
    name = sheet.names.get(row.person, row.person)
    if row.on_behalf_of is not None:
        name += f" for {sheet.names.get(row.on_behalf_of, row.on_behalf_of)}"
    if row.decided is None:
        told = f"refused by the rule: {row.refused_by}"
        return name, f"({row.attempted.value})", row.at, None, told
    signature = sheet.faults.get(row.position, "verified")
    comment = row.decided.comment
    return name, row.attempted.value, row.at, signature, comment.text if comment else None
