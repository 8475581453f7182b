"""Ratings by a template: since when a model is rated, and until when that need not be redone."""

from mlops_desktop.core.profiles.facts import Fact
from mlops_desktop.services.profiles.evidence import Asked, Told
from mlops_desktop.store.queries.item_records import day_of

_TIERING = frozenset({"record.tiering"})


def kept(names: frozenset[str]) -> frozenset[str]:
    """Return the rating."""
    return names & _TIERING


def gather(asked: Asked) -> Told:
    """Yield the rating of each model that has one, until the day of the next."""
    for model, on in asked.ratings.items():
        yield model, "record.tiering", Fact(day_of(on), asked.rows[model].tier_due)
