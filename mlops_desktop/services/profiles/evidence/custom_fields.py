"""The workspace's own fields: ``custom.cost_centre`` is there where a model holds a value in it."""

from collections.abc import Iterator, Mapping
from typing import Any

from mlops_desktop.core.custom_fields import PREFIX
from mlops_desktop.core.erasable import PLACEHOLDER
from mlops_desktop.core.profiles.facts import Fact
from mlops_desktop.services.profiles.evidence import Asked, Told, fact_on
from mlops_desktop.services.profiles.evidence.fields import dates_of
from mlops_desktop.store.queries import profile_facts


def kept(names: frozenset[str]) -> frozenset[str]:
    """Return every such name: a field that nobody defined is held by no model."""
    return frozenset(name for name in names if name.startswith(PREFIX))


def gather(asked: Asked) -> Told:
    """Yield every value with the day since when it is so; one that was erased says so."""
    wanted = kept(asked.names)
    if not wanted:
        return
    held, dates = [*_values(asked, wanted)], dates_of(asked)
    digests = [value["text"][PLACEHOLDER] for _, _, value in held if "text" in value]
    erased = profile_facts.find_erased(asked.view.connection, digests)
    for model, name, value in held:
        since = fact_on(dates.get(name, {}).get(model))
        digest = value["text"][PLACEHOLDER] if "text" in value else None
        yield model, name, Fact(since.since, None, digest, digest in erased) if digest else since


def attributes(asked: Asked) -> Iterator[tuple[str, str, str]]:
    """Yield what conditions ask for: a choice by its key, a number, a day."""
    for model, name, value in _values(asked, kept(asked.attributes)):
        if "value" in value:
            yield model, name, str(value["value"])


def _values(asked: Asked, wanted: frozenset[str]) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    if not wanted:
        return
    for model, details in asked.details.items():
        for value in details.get("custom", ()):
            name = PREFIX + value["name"]
            if name in wanted:
                yield model, name, value
