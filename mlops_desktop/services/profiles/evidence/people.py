"""Who answers for a model: an owner who is still there, and what a leaver handed over."""

from mlops_desktop.core.handovers import HandoverState
from mlops_desktop.core.profiles.facts import Fact
from mlops_desktop.services.profiles.evidence import Asked, Told, fact_on
from mlops_desktop.store.queries import profile_facts
from mlops_desktop.store.queries.handovers import list_handovers

_OWNER, _HANDOVER = "record.owner_in_office", "record.handover"

LEADS = {_OWNER: "field.owner", _HANDOVER: "handover"}


def kept(names: frozenset[str]) -> frozenset[str]:
    """Return the owner in office, and the handover accepted."""
    return names & {_OWNER, _HANDOVER}


def gather(asked: Asked) -> Told:
    """Yield each model whose owner may still act, and what was handed over about it."""
    connection = asked.view.connection
    if _OWNER in asked.names:
        left, fact = profile_facts.find_revoked(connection, asked.as_of), Fact()
        for model, details in asked.details.items():
            if (owner := details.get("owner")) is not None and owner not in left:
                yield model, _OWNER, fact
    if _HANDOVER in asked.names:
        for row in list_handovers(connection, asked.as_of):
            if row.state is HandoverState.ACCEPTED:
                for held in row.offer.models:
                    if held.model in asked.rows:
                        yield held.model, _HANDOVER, fact_on(row.answered_at)
