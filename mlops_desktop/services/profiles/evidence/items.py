"""Items of governance: a limitation, an overlay, a use case, …; those that are still open."""

from datetime import date

from mlops_desktop.core.items.kinds import kinds
from mlops_desktop.core.profiles.facts import Fact
from mlops_desktop.services.profiles.evidence import Asked, Told
from mlops_desktop.store.queries.items import list_item_records

_RECORD = "record."


def kept(names: frozenset[str]) -> frozenset[str]:
    """Return the records that are items of some kind."""
    return names & {_RECORD + kind.noun for kind in kinds()}


def gather(asked: Asked) -> Told:
    """Yield every open item about each model, until the day on which it ends."""
    nouns = frozenset(name.removeprefix(_RECORD) for name in asked.names)
    for item in list_item_records(asked.view.connection, nouns, asked.as_of):
        if item.is_closed:
            continue
        until = date.fromisoformat(item.expires) if item.expires else None
        fact = Fact(date.fromisoformat(item.opened), until)
        for model in item.models:
            if model in asked.rows:
                yield model, _RECORD + item.kind, fact
