"""A profile as it stands in its file; ``schemas/profile-1.json`` says the same to others."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias


class Level(StrEnum):
    """How binding a rule is; sound practice never decides anything."""

    MUST = "must"
    EXPECTED = "expected"
    SOUND_PRACTICE = "sound_practice"


class Mark(StrEnum):
    """How well the text behind a rule is known: read, quoted, second hand, from memory."""

    PRIMARY = "P"
    QUOTED = "Q"
    SECONDARY = "S"
    MEMORY = "M"


class Scoping(StrEnum):
    """Whether a model without a decision on its scope counts as inside, or as undecided."""

    ASSUMED = "assumed"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True)
class Text:
    """One text in both languages."""

    en: str
    de: str

    def say(self, language: str) -> str:
        """Return the text in ``language``, in English for any but German."""
        return self.de if language == "de" else self.en


@dataclass(frozen=True, slots=True)
class Condition:
    """An attribute of a model that must have, or must not have, one of some values."""

    attribute: str
    any_of: tuple[str, ...] = ()
    none_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MaxAge:
    """How old what satisfies a rule may be: so many months, or as an attribute of the model says.

    A fact that ``confirmed_by`` names counts as a confirmation of the value on its own date.
    """

    months: int | None = None
    attribute: str | None = None
    confirmed_by: str | None = None


Need: TypeAlias = "str | tuple[str, ...]"
"""The name of a fact (``field.owner``, ``record.approval``, ``evidence.dpia``), or any of some."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a regime: ``satisfied_by`` must all be on record, ``leads_to`` mends a gap."""

    id: str
    reference: str
    title: Text
    level: Level
    satisfied_by: tuple[Need, ...]
    mark: Mark | None = None
    effective_from: date | None = None
    applies_when: tuple[Condition, ...] = ()
    max_age: MaxAge | None = None
    leads_to: str | None = None
    reference_de: str | None = None
    """The reference as a German text cites it, where that differs."""

    @property
    def citation(self) -> Text:
        """The reference in both languages."""
        return Text(self.reference, self.reference_de or self.reference)

    @property
    def names_its_reference(self) -> bool:
        """Whether the id is the reference itself, as in standards that number their controls."""
        return self.id.replace("-", " ") == self.reference

    @property
    def needs(self) -> tuple[tuple[str, ...], ...]:
        """What must be on record, each as its alternatives."""
        return tuple((one,) if isinstance(one, str) else one for one in self.satisfied_by)

    @property
    def names(self) -> frozenset[str]:
        """Every fact that the judgement of this rule looks at."""
        confirmed = self.max_age.confirmed_by if self.max_age else None
        own = {name for need in self.needs for name in need}
        return frozenset(own | {confirmed} if confirmed else own)

    @property
    def lead(self) -> str:
        """The fact to mend first."""
        return self.leads_to or self.needs[0][0]


@dataclass(frozen=True, slots=True)
class TraitValue:
    """A value that a trait can take."""

    value: str
    title: Text


@dataclass(frozen=True, slots=True)
class Trait:
    """What a decision on scope also says about a model under this regime: its role, its class."""

    name: str
    title: Text
    values: tuple[TraitValue, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """A regime's rules in one version. Without ``effective_from`` no date is on record."""

    id: str
    version: str
    published: date
    regime: str
    title: Text
    jurisdiction: str
    source: str
    mark: Mark
    rules: tuple[Rule, ...]
    schema: str = "profile-1"
    effective_from: date | None = None
    effective_to: date | None = None
    scope: Scoping = Scoping.ASSUMED
    note: Text | None = None
    traits: tuple[Trait, ...] = ()
    source_de: str | None = None
    """The source as a German text cites it, where that differs."""

    @property
    def citation(self) -> Text:
        """The source in both languages."""
        return Text(self.source, self.source_de or self.source)

    def rule(self, id: str) -> Rule | None:
        """Return the rule of that id."""
        return next((rule for rule in self.rules if rule.id == id), None)

    def mark_of(self, rule: Rule) -> Mark:
        """Return how well the text behind a rule is known."""
        return rule.mark or self.mark

    def in_force(self, rule: Rule, day: date) -> bool:
        """Tell whether a rule is in force on a day; a rule can begin later than its regime."""
        begins = max(self.effective_from or date.min, rule.effective_from or date.min)
        return begins <= day <= (self.effective_to or date.max)

    @property
    def names(self) -> frozenset[str]:
        """Every fact that a judgement under this profile looks at."""
        return frozenset(name for rule in self.rules for name in rule.names)
