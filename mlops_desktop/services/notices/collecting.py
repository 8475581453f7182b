"""Collects what is due: for a person, for a role, or for everybody."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from mlops_desktop.core import clock
from mlops_desktop.core.identity import Role
from mlops_desktop.core.items.validations import VALIDATION
from mlops_desktop.services.notices.nouns import Asked, Notice, providers
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries import people

__all__ = ["Notice"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """For whom: the person named, persons of a role, or everybody; by default who acts.

    ``titles`` lets free text out. It is off unless asked for: a text can be erased from the
    workspace by rule, but not from a mailbox.
    """

    within: int = 30
    person: str | None = None
    role: Role | None = None
    is_for_all: bool = False
    titles: bool = False


@dataclass(frozen=True, slots=True)
class Digest:
    """What is due, the most overdue first and what has no date last; for whom, as of which day."""

    workspace: str
    day: date
    within: int
    person: str | None
    notices: tuple[Notice, ...]


def collect(session: Session, wanted: Wanted) -> Digest:
    """Return what is due within so many days, or overdue; raises ``person.not_found``."""
    today = clock.today()
    with session.workspace.read() as view:
        everybody = people.list_people(view.connection)
        named = wanted.person or session.actor.person
        is_one = not wanted.is_for_all and wanted.role is None
        person = people.find_person(view.connection, named) if is_one else None
        asked = Asked(view, today, today + timedelta(days=wanted.within), person)
        found = [notice for provider in providers() for notice in provider.find(asked)]
    held = {one.id for one in everybody if wanted.role in one.roles}
    concerned = {person.id} if person else held
    mine = [one for one in _told_once(found) if wanted.is_for_all or concerned & set(one.persons)]
    shown = [one if wanted.titles else replace(one, title="") for one in mine]
    ordered = sorted(shown, key=lambda one: (one.due or date.max, one.kind, one.id))
    name = person.name if person else None
    return Digest(session.workspace.name, today, wanted.within, name, tuple(ordered))


def _told_once(found: list[Notice]) -> list[Notice]:
    """Leave a model's next validation to the one under way that is due the same day."""
    reviews = {(one.models, one.due): one for one in found if one.kind == "review"}
    left: set[Notice] = set()
    told = []
    for one in found:
        keys = (((model,), one.due) for model in one.models if one.kind == VALIDATION.noun)
        same = [reviews[key] for key in keys if key in reviews]
        left.update(same)
        persons = (person for each in (*same, one) for person in each.persons)
        told.append(replace(one, persons=tuple(dict.fromkeys(persons))) if same else one)
    return [one for one in told if one not in left]
