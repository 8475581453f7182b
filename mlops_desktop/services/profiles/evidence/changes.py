"""The log of changes with former names, descriptions of versions, and who shaped the model."""

from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.profiles.facts import Fact
from mlops_desktop.services.profiles.evidence import Asked, Told, fact_on
from mlops_desktop.store.queries import profile_facts

_LOG, _DESCRIBED = "record.change_log", "record.version_description"
_RETIRED = "record.decommissioning"
LEADS = {_DESCRIBED: "version", _RETIRED: "retirement"}


def kept(names: frozenset[str]) -> frozenset[str]:
    """Return what is told of changes."""
    return names & {_LOG, _DESCRIBED, _RETIRED}


def gather(asked: Asked) -> Told:
    """Yield the last change of each model, which the ledger keeps with all before it.

    Versions are described where every one of them is; a model is taken out of use where it is
    retired and serves nowhere.
    """
    for model, row in asked.rows.items():
        if _LOG in asked.names:
            yield model, _LOG, fact_on(row.updated_at)
        if _RETIRED in asked.names and row.state is State.RETIRED and not row.serving:
            yield model, _RETIRED, Fact()
    if _DESCRIBED in asked.names:
        found = profile_facts.described_versions(asked.view.connection, asked.as_of, asked.model)
        for model, at in found:
            yield model, _DESCRIBED, fact_on(at)
