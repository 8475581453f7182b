"""Items of governance on record: of a kind, in a stage that counts, with what a rule asks of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from mlops_desktop.core.erasable import PLACEHOLDER
from mlops_desktop.core.profiles.facts import Fact
from mlops_desktop.services.profiles.evidence import Asked, Told
from mlops_desktop.store.queries import profile_facts
from mlops_desktop.store.queries.item_records import ItemRecord, day_of


@dataclass(frozen=True, slots=True)
class _Held:
    """A fact: an item of a kind in one of ``stages`` (any open one without) that says ``says``."""

    noun: str
    says: str = ""
    stages: frozenset[str] = frozenset()

    def fits(self, item: ItemRecord) -> bool:
        return item.stage in self.stages if self.stages else not item.is_closed


_FACTS = {
    "record.application": _Held("application"),
    "record.business_decision": _Held("business_decision"),
    "record.human_override": _Held("business_decision", "human_override"),
    "record.business_goal": _Held("use_case", "kpi"),
    "record.exception": _Held("exception"),
    "record.exit_plan": _Held("vendor", "exit_plan"),
    "record.finding": _Held("finding"),
    "record.limitation": _Held("limitation"),
    "record.user_text": _Held("limitation", "told_to_users"),
    "record.observed_use": _Held("use_case", "observed_use"),
    "record.outsourcing": _Held("vendor", "outsourcing"),
    "record.overlay": _Held("overlay", stages=frozenset({"active"})),
    "record.overlay_calculation": _Held("overlay", "calculation", frozenset({"active"})),
    "record.proposal": _Held("proposal", stages=frozenset({"accepted", "realised"})),
    "record.request": _Held("request"),
    "record.use_case": _Held("use_case"),
    "record.vendor": _Held("vendor"),
    "record.waiver": _Held("waiver", stages=frozenset({"granted"})),
}
LEADS = {name: held.noun for name, held in _FACTS.items()}
_DETAILS = msgspec.json.Decoder(dict[str, Any])


def kept(names: frozenset[str]) -> frozenset[str]:
    """Return the records that are items of some kind."""
    return names & _FACTS.keys()


def gather(asked: Asked) -> Told:
    """Yield every item that counts about each model, until the day on which it ends."""
    for name in sorted(asked.names):
        held = _FACTS[name]
        items = [item for item in asked.items.of(held.noun) if held.fits(item)]
        for item, fact in _facts(asked, items, held.says):
            for model in item.models:
                if model in asked.rows:
                    yield model, name, fact


def _facts(asked: Asked, items: list[ItemRecord], says: str) -> Iterator[tuple[ItemRecord, Fact]]:
    """Yield each item that says it; what it said may have been erased."""
    told = [(item, _DETAILS.decode(item.record).get(says) if says else "") for item in items]
    digests = [value[PLACEHOLDER] for _, value in told if isinstance(value, Mapping)]
    erased = profile_facts.find_erased(asked.view.connection, digests) if digests else ()
    for item, value in told:
        if value is None:
            continue
        fact = Fact(day_of(item.opened), day_of(item.expires) if item.expires else None)
        if isinstance(value, Mapping):
            digest = str(value[PLACEHOLDER])
            fact = replace(fact, digest=digest, is_erased=digest in erased)
        yield item, fact
