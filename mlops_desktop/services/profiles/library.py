"""The profiles there are: those that come with the program, and those a workspace added."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from mlops_desktop import paths
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.profiles.data import Profile
from mlops_desktop.store.queries import profiles as queries
from mlops_desktop.store.unit_of_work import ReadSession, WriteSession

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

SCHEMA = "profile-1.json"


@cache
def shipped_profiles() -> tuple[Profile, ...]:
    """Return every version that comes with the program; a test holds them against the schema."""
    files = sorted(paths.resource("profiles").glob("*.json"))
    return tuple(msgspec.json.decode(file.read_bytes(), type=Profile) for file in files)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a profile's file: its JSON path, the rule broken, and the detail.

    ``rule`` is a keyword of JSON Schema, or ``json``, ``value``, ``contradiction``.
    """

    place: str
    rule: str
    detail: str


def parse_profile(text: bytes, where: str) -> Profile:
    """Return the profile of a JSON text.

    Raises ``profile.malformed`` with the file and the JSON path of the first fault in ``where``.
    """
    profile, faults = check_profile(text)
    if profile is None:
        raise _malformed(where, faults[0])
    return profile


def check_profile(text: bytes) -> tuple[Profile | None, tuple[Fault, ...]]:
    """Return the profile of a JSON text, or None and every fault, the outermost first."""
    try:
        tree = msgspec.json.decode(text)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        return None, (Fault("$", "json", str(error)),)
    if faults := _broken(tree):
        return None, faults
    try:
        profile = msgspec.convert(tree, Profile)
    except msgspec.ValidationError as error:
        told, _, path = str(error).partition(" - at `")
        return None, (Fault(path.rstrip("`") or "$", "value", told),)
    clashes = tuple(Fault(path, "contradiction", told) for path, told in _contradictions(profile))
    return (None if clashes else profile), clashes


def _broken(tree: object) -> tuple[Fault, ...]:
    """Return where a tree breaks the schema; of alternatives, the one it comes nearest to."""
    from jsonschema.exceptions import best_match, relevance  # 60 ms: not at the program's start

    found = sorted(_validator().iter_errors(tree), key=relevance, reverse=True)
    nearest = [best_match(iter([one])) or one for one in found]
    return tuple(Fault(one.json_path, str(one.validator), one.message) for one in nearest)


@cache
def _validator() -> "Draft202012Validator":
    from jsonschema import Draft202012Validator

    return Draft202012Validator(msgspec.json.decode(paths.schema(SCHEMA).read_bytes()))


def _malformed(where: str, fault: Fault) -> AppError:
    place, detail = fault.place, fault.detail[:300]
    return AppError("profile.malformed", where=f"{where} {place}", path=place, detail=detail)


def _contradictions(profile: Profile) -> Iterator[tuple[str, str]]:
    """Yield what a schema cannot say: a rule named twice, a condition on a trait nobody gives."""
    seen: set[str] = set()
    traits = {f"trait.{trait.name}" for trait in profile.traits}
    for at, rule in enumerate(profile.rules):
        if rule.id in seen:
            yield f"$.rules[{at}].id", f"{rule.id!r} stands twice"
        seen.add(rule.id)
        for place, condition in enumerate(rule.applies_when):
            attribute = condition.attribute
            if attribute.startswith("trait.") and attribute not in traits:
                path = f"$.rules[{at}].applies_when[{place}].attribute"
                yield path, f"{attribute!r} is none of the profile's traits"


def list_versions(view: ReadSession | WriteSession, as_of: AsOf) -> tuple[Profile, ...]:
    """Return every version known as of a date, the workspace's own ones after the shipped."""
    own = queries.list_own_profiles(view.connection, as_of)
    return (*shipped_profiles(), *(_own_profile(text) for text in own))


@cache
def _own_profile(text: str) -> Profile:
    return msgspec.json.decode(text, type=Profile)


def list_newest(view: ReadSession | WriteSession, as_of: AsOf) -> tuple[Profile, ...]:
    """Return the version of each profile that counts as of a date, by id.

    That is the newest published by the day as known; the oldest where all are newer, since data
    about an earlier regime is better than none.
    """
    versions = list_versions(view, as_of)
    by_id = {id: [one for one in versions if one.id == id] for id in {one.id for one in versions}}
    return tuple(_newest(found, as_of.known) for _, found in sorted(by_id.items()))


def _newest(versions: Iterable[Profile], known: date | None) -> Profile:
    ordered = sorted(versions, key=lambda profile: profile.published)
    in_time = [one for one in ordered if known is None or one.published <= known]
    return in_time[-1] if in_time else ordered[0]


def find_profile(view: ReadSession | WriteSession, id: str, as_of: AsOf) -> Profile:
    """Return the version of a profile that counts; raises ``profile.not_found``."""
    found = {profile.id: profile for profile in list_newest(view, as_of)}
    profile = found.get(id.strip().lower())
    if profile is None:
        raise AppError("profile.not_found", where="PROFILE", id=id, known=", ".join(found))
    return profile
