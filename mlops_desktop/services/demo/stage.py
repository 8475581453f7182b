"""The open sample workspace while its history is written: who acts, and with which keys."""

from dataclasses import dataclass, field, replace

from mlops_desktop.core.identity import Actor, Person
from mlops_desktop.outside.credentials import Credential
from mlops_desktop.services.demo.calendar import Calendar
from mlops_desktop.services.session import Session


@dataclass(slots=True)
class Stage:
    """What acts share: the founder's session, persons and their throw-away keys by name."""

    session: Session
    calendar: Calendar
    authority: Credential
    passphrases: dict[str, str]
    people: dict[str, str] = field(default_factory=dict)
    credentials: dict[str, Credential] = field(default_factory=dict)
    requests: dict[int, str] = field(default_factory=dict)

    def acting(self, name: str) -> Session:
        """Return the session in which the person of that name acts."""
        actor = Actor(self.people[name], self.session.actor.device)
        return replace(self.session, actor=actor, unlock=self.unlock)

    def unlock(self, person: Person) -> Credential:
        """Return a person's key, as somebody who types the passphrase would get it."""
        return self.credentials[person.id]
