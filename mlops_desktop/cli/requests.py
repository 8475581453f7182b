"""Requests for approval as text for people, beside their documents."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from mlops_desktop.cli.answer import Answer
from mlops_desktop.cli.documents.approvals import sheet_document
from mlops_desktop.cli.text import pairs, section, table

if TYPE_CHECKING:
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
            row.environment,
            row.status.value,
            names.get(row.requester),
            row.requested_at,
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
    row, names, ending = sheet.row, sheet.names, sheet.ending
    ended = f"{names.get(ending.person, ending.person)}: {ending.reason}" if ending else None
    told = pairs(
        [
            ("Request", row.id),
            ("Model", f"{row.model_id} {row.model_name}"),
            ("Version", row.label),
            ("Environment", row.environment),
            ("Status", row.status.value),
            ("Approvals", f"{sheet.given} of {sheet.needed}"),
            (row.status.value.capitalize(), ended),
            ("Requested by", names.get(row.requester, row.requester)),
            ("At", row.requested_at),
            ("Comment", row.comment),
            ("Valid until", row.valid_until),
            ("Changed since", ", ".join(row.changed)),
            ("May still sign", ", ".join(one.name for one in sheet.signers)),
        ]
    )
    decisions = [_decision(one, sheet) for one in row.decisions]
    heads = ("PERSON", "DECISION", "AT", "SIGNATURE", "COMMENT")
    return told + section("Decisions", table(heads, decisions) if decisions else "")


def _decision(row: "DecisionRow", sheet: "RequestSheet") -> tuple[object, ...]:
    name = sheet.names.get(row.person, row.person)
    if row.decided is None:
        told = f"refused by the rule: {row.refused_by}"
        return name, f"({row.attempted.value})", row.at, None, told
    signature = sheet.faults.get(row.position, "verified")
    comment = row.decided.comment
    return name, row.attempted.value, row.at, signature, comment.text if comment else None
