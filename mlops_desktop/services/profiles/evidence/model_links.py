"""Links to other models: a model linked to another has its dependencies on record."""

from mlops_desktop.services.profiles.evidence import Asked, Told, fact_on
from mlops_desktop.store.queries.model_links import list_links

_LINK = frozenset({"record.link"})


def kept(names: frozenset[str]) -> frozenset[str]:
    """Return the record that a link is."""
    return names & _LINK


def gather(asked: Asked) -> Told:
    """Yield every link that holds, for both of its models."""
    for row in list_links(asked.view.connection, asked.as_of):
        for model in (row.link.model, row.link.other):
            if model in asked.rows:
                yield model, "record.link", fact_on(row.since)
