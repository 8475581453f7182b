"""The evidence behind a result: what is on record, from which day, with the digest of a file."""

import re
from collections.abc import Iterator
from datetime import date

from mlops_desktop.core.profiles.data import Rule
from mlops_desktop.core.profiles.facts import Fact
from mlops_desktop.dossier.content import Cell, Kind, Missing, Reason, Value
from mlops_desktop.services.dossiers.regulator.standing import Viewed
from mlops_desktop.services.profiles.checking import Judged, Matrix
from mlops_desktop.store.queries.models import ModelRow

#: A kept file; other digests are commitments to texts of the record, which prove no file.
_SHA256 = re.compile("[0-9a-f]{64}")


def held_by(matrix: Matrix, one: Judged) -> Cell:
    """Return what of a rule is on record for a model: each by name, day and digest."""
    facts = matrix.known.facts
    told: list[Value] = []
    for name in names_of(one.rule):
        fact = facts.get(name, {}).get(one.model.key)
        if fact is not None:
            told += (*_named(name, fact.since), *_ended(fact, matrix.day), *_kept(fact))
    return tuple(told) or Missing(Reason.NOT_RECORDED)


def names_of(rule: Rule) -> tuple[str, ...]:
    """Return the facts that can satisfy a rule, each once, in its order."""
    return tuple(dict.fromkeys(name for need in rule.needs for name in need))


def _named(name: str, since: date | None) -> Iterator[Value]:
    yield Value(Kind.CODE, name)
    if since is not None:
        yield Value(Kind.DATE, since.isoformat())


def _ended(fact: Fact, day: date) -> Iterator[Value]:
    """Yield until when a fact held that holds no more: on record it still is."""
    if fact.until is not None and fact.until < day:
        yield Value(Kind.CODE, "evidence_ended")
        yield Value(Kind.DATE, fact.until.isoformat())


def _kept(fact: Fact) -> Iterator[Value]:
    if fact.digest is not None and _SHA256.fullmatch(fact.digest):
        yield Value(Kind.TEXT, f"SHA-256 {fact.digest}")
    if fact.is_erased:
        yield Value(Kind.CODE, "reason.erased")


def recorded_in(viewed: Viewed) -> Iterator[tuple[date, str, Cell, tuple[str, ...]]]:
    """Yield the evidence dated in the period: day, model, evidence, the paragraphs it serves.

    Only of paragraphs that concern the model: the same file is no evidence where none is asked for.
    What is of one day and serves the same paragraphs stands together.
    """
    serves: dict[tuple[str, str], list[str]] = {}
    models = {row.key: row for row in viewed.matrix.models}
    for rule in viewed.profile.rules:
        for one in viewed.of_rule(rule):
            for name in names_of(rule):
                serves.setdefault((one.model.key, name), []).append(rule.id)
    facts = viewed.matrix.known.facts
    together: dict[tuple[date, str, tuple[str, ...]], list[Value]] = {}
    for (key, name), rules in serves.items():
        fact = facts.get(name, {}).get(key)
        if fact is None or fact.since is None:
            continue
        if viewed.period.first <= fact.since <= viewed.period.last:
            row = together.setdefault((fact.since, _title(models[key]), tuple(rules)), [])
            row += (*_named(name, None), *_kept(fact))
    for (day, model, told), evidence in sorted(together.items(), key=lambda one: one[0]):
        yield day, model, tuple(evidence), told


def _title(row: ModelRow) -> str:
    return f"{row.id}\n{row.name}"
