"""Waivers that were granted: of which rule, for which models, by whom, until when."""

from collections.abc import Iterator
from datetime import date

from mlops_desktop.core.events.waivers import WaiverDetails
from mlops_desktop.core.profiles.facts import Waiver
from mlops_desktop.services.profiles.evidence import Asked, Told
from mlops_desktop.store import records
from mlops_desktop.store.queries.item_records import ItemRecord, day_of

_GRANTED, _GRANT = "granted", "grant"


def kept(names: frozenset[str]) -> frozenset[str]:
    """Return nothing: a waiver is no fact about a model."""
    return frozenset()


def gather(asked: Asked) -> Told:
    """Yield nothing."""
    return ()


def waivers(asked: Asked) -> Iterator[tuple[str, str, Waiver]]:
    """Yield every granted waiver of a rule of the profile; one that names no profile fits any."""
    rules = {rule.id.casefold(): rule.id for rule in asked.profile.rules}
    for item in asked.items.of("waiver"):
        details = records.from_text(WaiverDetails, item.record)
        rule = rules.get((details.rule or "").strip().casefold())
        profile = (details.profile or asked.profile.id).strip().casefold()
        if item.stage != _GRANTED or rule is None or profile != asked.profile.id:
            continue
        for model in item.models:
            if model in asked.rows:
                yield model, rule, Waiver(_granter(item), _until(item))


def _granter(item: ItemRecord) -> str:
    """Return who last granted it: persons stand beside the steps they took."""
    return next((who for step, who in reversed(item.steps) if step == _GRANT), "")


def _until(item: ItemRecord) -> date | None:
    return day_of(item.expires) if item.expires else None
