"""Versions and what they bring: runs, datasets, metrics; and where a version serves."""

from mlops_desktop.services.profiles.evidence import Asked, Told, fact_on
from mlops_desktop.store.queries import profile_facts

_HELD = {"record.version": "", "record.run": "run", "record.dataset": "datasets"} | {
    "record.metric": "metrics"
}
_DEPLOYMENT = "record.deployment"
LEADS = dict.fromkeys(_HELD, "version") | {_DEPLOYMENT: "deployment"}


def kept(names: frozenset[str]) -> frozenset[str]:
    """Return the records that registries and people tell of versions."""
    return names & {*_HELD, _DEPLOYMENT}


def gather(asked: Asked) -> Told:
    """Yield the newest of each."""
    connection = asked.view.connection
    for name in kept(asked.names) - {_DEPLOYMENT}:
        held = _HELD[name]
        found = profile_facts.newest_versions(connection, asked.as_of, asked.model, holding=held)
        for model, at in found:
            yield model, name, fact_on(at)
    if _DEPLOYMENT in asked.names:
        for model, at in profile_facts.newest_deployments(connection, asked.as_of, asked.model):
            yield model, _DEPLOYMENT, fact_on(at)
