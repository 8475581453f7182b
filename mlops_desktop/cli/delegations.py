"""Delegations as a document and as text."""

from typing import TYPE_CHECKING

from mlops_desktop.cli.answer import Answer, Document
from mlops_desktop.cli.text import table

if TYPE_CHECKING:
    from mlops_desktop.services.rows import DelegationRow
    from mlops_desktop.services.session import Session


def delegations_answer(session: "Session", id: str | None = None) -> Answer:
    """Return all delegations, or the one of that id."""
    from mlops_desktop.services.delegations import list_delegations
    from mlops_desktop.services.people import list_people

    names = {person.id: person.name for person in list_people(session)}
    found = [row for row in list_delegations(session) if id in (None, row.delegation.id)]
    documents = [_document(row, names) for row in found]
    heads = ("ID", "FROM", "TO", "BEGINS", "ENDS", "MODELS", "KINDS", "STANDING", "REASON")
    rows = [[_plain(value) for value in document.values()] for document in documents]
    return Answer(documents[0] if id and documents else documents, table(heads, rows))


def _plain(value: object) -> object:
    return ", ".join(map(str, value)) or None if isinstance(value, list) else value


def _document(row: "DelegationRow", names: dict[str, str]) -> Document:
    one = row.delegation
    return {
        "id": one.id,
        "from": names.get(one.giver, one.giver),
        "to": names.get(one.holder, one.holder),
        "begins": one.begins.isoformat(),
        "ends": one.ends.isoformat(),
        "models": list(one.mandate.models),
        "kinds": [kind.value for kind in one.mandate.kinds],
        "standing": "revoked" if one.is_revoked else "granted",
        "reason": row.reason,
    }
