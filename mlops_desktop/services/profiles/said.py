"""Results under a profile in words, for window and command line alike."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeAlias

from mlops_desktop.core.profiles.data import Profile
from mlops_desktop.core.profiles.outcomes import Outcome, Reason
from mlops_desktop.core.wording import Words
from mlops_desktop.services.profiles.checking import Judged, Matrix
from mlops_desktop.services.profiles.gathering import TRAIT

WriteDay: TypeAlias = Callable[[date], str]


def say_code(words: Words, code: str) -> str:
    """Return the word for a result, a level, a fact, …; a code that has none stands for itself."""
    key = f"dossier.codes.{code}"
    return words.text(key) if key in words else code.rpartition(".")[2].replace("_", " ")


def name_of(words: Words, profile: Profile, name: str) -> str:
    """Return what a fact or an attribute is called."""
    group, _, bare = name.partition(".")
    if group == "trait":
        titles = {trait.name: trait.title.say(words.language) for trait in profile.traits}
        return titles.get(bare, bare)
    return say_code(words, name if bare else f"attribute.{name}")


def say_detail(
    words: Words, matrix: Matrix, cell: Judged, write_day: WriteDay = date.isoformat
) -> str:
    """Return why a rule stands as it does, in one sentence."""
    outcome, key = cell.outcome, _key(cell)
    day = outcome.day or cell.since
    return words.text(
        f"profiles.detail.{key}",
        names=_list(words, matrix.profile, outcome),
        day=write_day(day) if day else "",
        months=outcome.months or 0,
        person=_person(matrix.names, outcome),
        text=cell.scope_reason or "…",
        values=", ".join(_value(words, matrix.profile, cell, value) for value in cell.values),
    )


def _value(words: Words, profile: Profile, cell: Judged, value: str) -> str:
    name = cell.outcome.names[0]
    for trait in profile.traits:
        if name == f"{TRAIT}{trait.name}":
            titles = {one.value: one.title.say(words.language) for one in trait.values}
            return titles.get(value, value)
    return say_code(words, value)


def _key(cell: Judged) -> str:
    outcome = cell.outcome
    match outcome.reason:
        case Reason.PRESENT if cell.since is not None:
            return "present_since"
        case Reason.TOO_OLD if not outcome.months:
            return "due"
        case Reason.WAIVER if outcome.day is None:
            return "waiver_open"
        case _:
            return outcome.reason.value


def _list(words: Words, profile: Profile, outcome: Outcome) -> str:
    """Return the names, those that are alternatives joined by "or"."""
    names = [name_of(words, profile, name) for name in outcome.names]
    if outcome.reason in (Reason.ABSENT, Reason.TOO_OLD, Reason.EXPIRED) and len(names) > 1:
        return words.text("profiles.detail.or", first=", ".join(names[:-1]), second=names[-1])
    return ", ".join(names)


def _person(names: Mapping[str, str], outcome: Outcome) -> str:
    return names.get(outcome.person, outcome.person) if outcome.person else ""


def gaps_first(cells: Iterable[Judged]) -> list[Judged]:
    """Return cells with what must be mended first, then what cannot be told, then the rest."""
    return sorted(cells, key=lambda cell: _ORDER.index(cell.outcome.result.value))


_ORDER = ("missing", "stale", "unverifiable", "waived", "met", "not_applicable")
