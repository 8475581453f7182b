"""What is on record about models as of a date, as far as rules ask for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Fact:
    """Something on record. ``since`` is its date, ``until`` the last day on which it holds.

    An erased one was recorded, but what it said can no longer be shown.
    """

    since: date | None = None
    until: date | None = None
    digest: str | None = None
    is_erased: bool = False


@dataclass(frozen=True, slots=True)
class Waiver:
    """A rule that somebody waived for a model, until a day."""

    approver: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """The decision whether a regime concerns a model, with what else it says of the model."""

    is_in: bool
    since: date | None = None
    reason: str | None = None
    traits: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """One model: facts by name, attributes for conditions, decision on scope, waivers by rule.

    A fact that is not there is not on record; an attribute that is not there is not known.
    """

    model: str
    facts: Mapping[str, Fact]
    attributes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    scope: Scope | None = None
    waivers: Mapping[str, Waiver] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Columns:
    """Many models, a column a fact: ``facts`` by name and ``attributes``, each then by model.

    ``scopes`` are by model, ``waivers`` by model and rule.
    """

    models: tuple[str, ...]
    facts: Mapping[str, Mapping[str, Fact]]
    attributes: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    scopes: Mapping[str, Scope] = field(default_factory=dict)
    waivers: Mapping[str, Mapping[str, Waiver]] = field(default_factory=dict)

    def of(self, model: str) -> ModelFacts:
        """Return what is on record about one of them."""
        facts = {name: column[model] for name, column in self.facts.items() if model in column}
        attributes = {
            name: column[model] for name, column in self.attributes.items() if model in column
        }
        scope, waivers = self.scopes.get(model), self.waivers.get(model, {})
        return ModelFacts(model, facts, attributes, scope, waivers)


def column_of(one: ModelFacts) -> Columns:
    """Return columns of one model alone."""
    return Columns(
        (one.model,),
        {name: {one.model: fact} for name, fact in one.facts.items()},
        {name: {one.model: values} for name, values in one.attributes.items()},
        {one.model: one.scope} if one.scope is not None else {},
        {one.model: one.waivers},
    )


def newer(one: Fact | None, other: Fact) -> Fact:
    """Return what two providers say of one fact: the later date counts, then what can be shown."""
    if one is None:
        return other

    def rank(fact: Fact) -> tuple[bool, date, date]:
        return (not fact.is_erased, fact.since or date.min, fact.until or date.max)

    return max(one, other, key=rank)
