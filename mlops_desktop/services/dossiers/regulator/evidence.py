"""The evidence behind a result: what is on record, from which day, with the digest of a file."""

import re
from collections.abc import Iterator
from datetime import date

from mlops_desktop.core.profiles.data import Rule
from mlops_desktop.core.profiles.facts import Fact
from mlops_desktop.dossier.content import Cell, Kind, Missing, Reason, Value
from mlops_desktop.services.dossiers.regulator.standing import Viewed
from mlops_desktop.services.profiles.checking import Judged, Matrix

#: A kept file; other digests are commitments to texts of the record, which prove no file.
_SHA256 = re.compile("[0-9a-f]{64}")


def held_by(matrix: Matrix, one: Judged) -> Cell:
    """Return what of a rule is on record for a model: each by name, day and digest."""
    facts = matrix.known.facts
    told: list[Value] = []
    for name in names_of(one.rule):
        fact = facts.get(name, {}).get(one.model.key)
        if fact is not None:
            told += _told(name, fact)
    return tuple(told) or Missing(Reason.NOT_RECORDED)


def names_of(rule: Rule) -> tuple[str, ...]:
    """Return the facts that can satisfy a rule, each once, in its order."""
    return tuple(dict.fromkeys(name for need in rule.needs for name in need))


def _told(name: str, fact: Fact) -> Iterator[Value]:
    yield Value(Kind.CODE, name)
    if fact.since is not None:
        yield Value(Kind.DATE, fact.since.isoformat())
    if fact.digest is not None and _SHA256.fullmatch(fact.digest):
        yield Value(Kind.TEXT, f"SHA-256 {fact.digest}")
    if fact.is_erased:
        yield Value(Kind.CODE, "reason.erased")


def recorded_in(viewed: Viewed) -> Iterator[tuple[date, str, Cell, tuple[str, ...]]]:
    """Yield the evidence dated in the period: day, model, evidence, the paragraphs it serves."""
    serves: dict[str, list[str]] = {}
    for rule in viewed.profile.rules:
        for name in names_of(rule):
            serves.setdefault(name, []).append(rule.id)
    names = {row.key: f"{row.id}\n{row.name}" for row in viewed.matrix.models}
    found = [
        (fact.since, names[key], tuple(_told(name, fact)), tuple(serves[name]))
        for name, column in viewed.matrix.known.facts.items()
        if name in serves
        for key, fact in column.items()
        if fact.since and viewed.period.first <= fact.since <= viewed.period.last and key in names
    ]
    yield from sorted(found, key=lambda one: (one[0], one[1], one[3]))
