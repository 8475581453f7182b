"""Requests for approval as text for people, beside their documents."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from mlops_desktop.cli.answer import Answer
from mlops_desktop.cli.documents.approvals import request_document
from mlops_desktop.cli.text import pairs, section, table
from mlops_desktop.core.approvals import Status

if TYPE_CHECKING:
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
    from mlops_desktop.services.approvals import show_request, signers_left
    from mlops_desktop.services.people import list_people

    row = show_request(session, id)
    names = {person.id: person.name for person in list_people(session)}
    is_open = row.status is Status.OPEN
    left = [person.name for person in signers_left(session, row.key)] if is_open else []
    document = {**request_document(row, names), "signers_left": left}
    return Answer(document, _text(row, names, left))


def _text(row: "RequestRow", names: Mapping[str, str], left: list[str]) -> str:
    told = pairs(
        [
            ("Request", row.id),
            ("Model", f"{row.model_id} {row.model_name}"),
            ("Version", row.label),
            ("Environment", row.environment),
            ("Status", row.status.value),
            ("Requested by", names.get(row.requester, row.requester)),
            ("At", row.requested_at),
            ("Comment", row.comment),
            ("Valid until", row.valid_until),
            ("Changed since", ", ".join(row.changed)),
            ("May still sign", ", ".join(left)),
        ]
    )
    decisions = [_decision(one, names) for one in row.decisions]
    heads = ("PERSON", "DECISION", "AT", "COMMENT")
    return told + section("Decisions", table(heads, decisions) if decisions else "")


def _decision(row: "DecisionRow", names: Mapping[str, str]) -> tuple[object, ...]:
    if row.refused_by is not None:
        told = f"refused by rule: {row.refused_by}"
        return names.get(row.person), f"({row.attempted.value})", row.at, told
    comment = row.decided.comment if row.decided is not None else None
    return names.get(row.person), row.attempted.value, row.at, comment.text if comment else None
