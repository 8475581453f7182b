"""Links to other models: what it feeds on, what feeds on it, and any link at all."""

from mlops_desktop.core.model_links import Link
from mlops_desktop.services.profiles.evidence import Asked, Told, fact_on
from mlops_desktop.store.queries.model_links import list_links

_LINK, _UP, _DOWN = "record.link", "record.upstream", "record.downstream"

LEADS = dict.fromkeys((_LINK, _UP, _DOWN), "link")


def kept(names: frozenset[str]) -> frozenset[str]:
    """Return what links tell."""
    return names & {_LINK, _UP, _DOWN}


def gather(asked: Asked) -> Told:
    """Yield every link that holds, for both of its models."""
    for row in list_links(asked.view.connection, asked.as_of, opens=False):
        for model, name in _ends(row.link):
            if name in asked.names and model in asked.rows:
                yield model, name, fact_on(row.since)


def _ends(link: Link) -> tuple[tuple[str, str], ...]:
    both = ((link.model, _LINK), (link.other, _LINK))
    if link.flow is None:
        return both
    source, target = link.flow
    return (*both, (target, _UP), (source, _DOWN))
