"""Documents that people filed for a model, by kind."""

from datetime import date

from mlops_desktop.core.profiles.facts import Fact
from mlops_desktop.services.profiles.evidence import Asked, Told
from mlops_desktop.store.queries import profile_facts

_EVIDENCE = "evidence."


def kept(names: frozenset[str]) -> frozenset[str]:
    """Return every kind of document: a person can file any."""
    return frozenset(name for name in names if name.startswith(_EVIDENCE))


def gather(asked: Asked) -> Told:
    """Yield each document with its own date."""
    found = profile_facts.list_evidence(asked.view.connection, asked.as_of, asked.model)
    for at, filed in found:
        day, is_erased = date.fromisoformat(at[:10]), filed.reference.disclosure is None
        yield filed.model, _EVIDENCE + filed.kind, Fact(day, None, filed.digest, is_erased)
