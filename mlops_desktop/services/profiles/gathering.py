"""Gathers the facts about models that a profile asks for: a query a kind of fact, not a model."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import msgspec

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.profiles.checks import SCOPE
from mlops_desktop.core.profiles.data import Profile
from mlops_desktop.core.profiles.facts import Columns, Fact, Scope, Waiver, newer
from mlops_desktop.services.profiles.evidence import Asked, Items, providers
from mlops_desktop.store.queries import profiles as profile_queries
from mlops_desktop.store.queries.model_records import list_records
from mlops_desktop.store.queries.models import ModelFilter, ModelRow
from mlops_desktop.store.unit_of_work import ReadSession

TRAIT = "trait."


class _Rating(msgspec.Struct):
    on: str


class _State(msgspec.Struct):
    details: dict[str, Any] = {}
    rating: _Rating | None = None


_STATE = msgspec.json.Decoder(_State)


@dataclass(frozen=True, slots=True)
class Gathered:
    """The models asked about, what is on record about them, and what is kept at all."""

    rows: tuple[ModelRow, ...]
    columns: Columns
    kept: frozenset[str]


def gather(
    view: ReadSession, profile: Profile, wanted: ModelFilter, *, opens: bool = False
) -> Gathered:
    """Return the facts about every model of a filter; ``opens`` reads the reasons of scope too."""
    found = list_records(view.connection, wanted)
    asked = _asked(view, profile, wanted.as_of, found)
    names = profile.names
    kept = frozenset(name for provider in providers() for name in provider.kept(names))
    scopes = _scopes(asked, opens=opens)
    columns = Columns(
        tuple(asked.rows),
        _facts(asked, scopes),
        _attributes(asked, scopes),
        scopes,
        _waivers(asked),
    )
    return Gathered(tuple(asked.rows.values()), columns, kept)


def _asked(
    view: ReadSession, profile: Profile, as_of: AsOf, found: Iterable[tuple[ModelRow, str]]
) -> Asked:
    rows, details, ratings = {}, {}, {}
    for row, record in found:
        state = _STATE.decode(record)
        rows[row.key], details[row.key] = row, state.details
        if state.rating is not None:
            ratings[row.key] = state.rating.on
    conditions = {one.attribute for rule in profile.rules for one in rule.applies_when}
    ages = {rule.max_age.attribute for rule in profile.rules if rule.max_age}
    attributes = frozenset(conditions | {name for name in ages if name})
    only = next(iter(rows)) if len(rows) == 1 else None
    return Asked(
        view, as_of, profile, profile.names, attributes, rows, details, ratings,
        Items(view, as_of, only), only,
    )  # fmt: skip


def _scopes(asked: Asked, *, opens: bool) -> dict[str, Scope]:
    rows = profile_queries.list_scopes(
        asked.view.connection,
        asked.as_of,
        regime=asked.profile.regime,
        model=asked.model,
        opens=opens,
    )
    return {
        row.model: Scope(
            row.scoped.is_in,
            date.fromisoformat(row.effective[:10]),
            row.scoped.reason.text,
            {pair.name: pair.value for pair in row.scoped.traits},
        )
        for row in rows
    }


def _facts(asked: Asked, scopes: Mapping[str, Scope]) -> dict[str, Mapping[str, Fact]]:
    facts: dict[str, dict[str, Fact]] = {}
    for provider in providers():
        mine = provider.kept(asked.names)
        if mine:
            told = replace(asked, names=mine)
            for name, column in getattr(provider, "columns", _nothing_by_name)(told).items():
                facts[name] = _merged(facts[name], column) if name in facts else column
            for model, name, fact in provider.gather(told):
                known = facts.setdefault(name, {})
                known[model] = newer(known[model], fact) if model in known else fact
    return {**facts, SCOPE: {model: Fact(scope.since) for model, scope in scopes.items()}}


def _merged(one: dict[str, Fact], other: Mapping[str, Fact]) -> dict[str, Fact]:
    return one | {model: newer(one.get(model), fact) for model, fact in other.items()}


def _nothing_by_name(asked: Asked) -> dict[str, dict[str, Fact]]:
    return {}


def _attributes(
    asked: Asked, scopes: Mapping[str, Scope]
) -> Mapping[str, dict[str, frozenset[str]]]:
    found: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for model, name, value in _told_attributes(asked, scopes):
        known = found[name]
        known[model] = known[model] | {value} if model in known else _single(value)
    return found


def _told_attributes(asked: Asked, scopes: Mapping[str, Scope]) -> Iterator[tuple[str, str, str]]:
    for provider in providers():
        yield from getattr(provider, "attributes", _nothing)(asked)
    for model, scope in scopes.items():
        for name, value in scope.traits.items():
            yield model, TRAIT + name, value


def _nothing(asked: Asked) -> tuple[()]:
    return ()


_SINGLES: dict[str, frozenset[str]] = {}


def _single(value: str) -> frozenset[str]:
    return _SINGLES.setdefault(value, frozenset({value}))


def _waivers(asked: Asked) -> dict[str, dict[str, Waiver]]:
    found: dict[str, dict[str, Waiver]] = defaultdict(dict)
    for provider in providers():
        for model, rule, waiver in getattr(provider, "waivers", _nothing)(asked):
            known = found[model].get(rule)
            # Of two that hold, the one that holds longer counts.
            if known is None or (known.until or date.max) < (waiver.until or date.max):
                found[model][rule] = waiver
    return found
