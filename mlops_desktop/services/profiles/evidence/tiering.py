"""Ratings by a template: since when a model is rated, and until when that need not be redone."""

from mlops_desktop.core.profiles.facts import Fact
from mlops_desktop.services.profiles.evidence import Asked, Told
from mlops_desktop.store.queries.item_records import day_of

_TIERING, _IN_TIME = "record.tiering", "record.rating_in_time"
LEADS = {_TIERING: "tiering", _IN_TIME: "tiering"}


def kept(names: frozenset[str]) -> frozenset[str]:
    """Return the rating, and that the tier needs no new one."""
    return names & LEADS.keys()


def gather(asked: Asked) -> Told:
    """Yield the rating of each model that has one, until the day of the next.

    A tier set by hand has no such day: how old it may be is for a rule to say.
    """
    if _TIERING in asked.names:
        for model, on in asked.ratings.items():
            yield model, _TIERING, Fact(day_of(on), asked.rows[model].tier_due)
    if _IN_TIME in asked.names:
        facts = {day: Fact(None, day) for day in {row.tier_due for row in asked.rows.values()}}
        for model, row in asked.rows.items():
            if row.tier is not None:
                yield model, _IN_TIME, facts[row.tier_due]
