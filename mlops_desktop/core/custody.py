"""Who may let others sign: the custodians, and the two signatures it takes once there are two.

A pure fold over the events about persons; verifier, store and services ask the same one. A
workspace's first signer is its custodian; others are admitted in the role. Ledgers in which no
second one was ever admitted know none of these rules.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.identity import Role

SILENCE = timedelta(days=30)
"""After so long one custodian confirms alone that the other is gone, if nobody else can sign."""
_WITNESSES = frozenset({Role.COMPLIANCE, Role.AUDITOR, Role.BOARD, Role.RISK_MANAGER})


@dataclass(frozen=True, slots=True)
class Admission:
    """Somebody let in by one custodian, ``by``."""

    id: str
    person: str
    by: str
    roles: tuple[Role, ...]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Removal:
    """A custodian's revocation that waits for its second signature."""

    person: str
    by: str
    at: datetime


@dataclass(slots=True)
class Custody:
    """Who can sign and who are the custodians, after the events taken in so far.

    A method that refuses raises AppError ``custody.…`` and changes nothing.
    """

    able: dict[str, tuple[Role, ...]] = field(default_factory=dict)
    """The roles of everybody who can sign, in the order in which they first could."""
    waiting: dict[str, Admission] = field(default_factory=dict)
    removals: dict[str, Removal] = field(default_factory=dict)
    appointed: dict[str, bool] = field(default_factory=dict)
    has_founder: bool = False

    def copy(self) -> "Custody":
        """Return one that can go on by itself."""
        return Custody(
            dict(self.able),
            dict(self.waiting),
            dict(self.removals),
            dict(self.appointed),
            self.has_founder,
        )

    @property
    def custodians(self) -> tuple[str, ...]:
        """Return the custodians; where none is left, who could sign first of those who can."""
        return tuple(self.appointed) or tuple(self.able)[:1]

    @property
    def needs_two(self) -> bool:
        """Whether one custodian's signature is not enough."""
        return len(self.custodians) > 1

    def enrol(self, person: str, roles: tuple[Role, ...], *, can_sign: bool) -> None:
        """Take in a plain enrolment: signed by nobody, and good only while there are not two."""
        if self.needs_two and (can_sign or person in self.able):
            raise AppError("custody.one_signature", person=person)
        if not can_sign:
            self._let_go(person)
            return
        self.able[person] = roles
        if not self.has_founder:
            self.has_founder = True
            self.appointed[person] = True

    def admit(self, admission: Admission) -> bool:
        """Take in an admission; tell whether it takes effect at once."""
        self._check_custodian(admission.by)
        self.appointed.setdefault(admission.by, True)
        if self.needs_two:
            self.waiting[admission.id] = admission
            return False
        self._let_in(admission)
        return True

    def confirm(self, id: str, by: str) -> Admission:
        """Take in the second signature; return the admission that takes effect by it."""
        found = self._waiting(id)
        self._check_custodian(by)
        if by in (found.by, found.person):
            raise AppError("custody.same_person", person=by)
        self._check_custodian(found.by)
        del self.waiting[id]
        self._let_in(found)
        return found

    def refuse(self, id: str, by: str) -> Admission:
        """Take in that a custodian refuses an admission that waits."""
        found = self._waiting(id)
        self._check_custodian(by)
        del self.waiting[id]
        return found

    def revoke(self, person: str, by: str, at: datetime, *, is_signed: bool) -> bool:
        """Take in a revocation; tell whether it takes effect at once."""
        if self.needs_two:
            if not is_signed:
                raise AppError("custody.unsigned", person=person)
            if by != person:
                self._check_custodian(by)
            if person in self.custodians:
                self.removals[person] = Removal(person, by, at)
                return False
        self._let_go(person)
        return True

    def confirm_removal(self, person: str, by: str, at: datetime) -> Removal:
        """Take in the second signature under a custodian's revocation, which takes effect."""
        found = self.removals.get(person)
        if found is None:
            raise AppError("custody.nothing_waits")
        if by not in self.able:
            raise AppError("custody.not_custodian", person=by)
        self._check_second(found, by, at)
        self._let_go(person)
        return found

    def seconds_for(self, removal: Removal) -> frozenset[str]:
        """Return who may give the second signature under a custodian's revocation.

        The other custodians; where none is left, a witness: compliance, audit, the board or a
        risk manager; where nobody bears such a role, whoever can sign.
        """
        free = {one: held for one, held in self.able.items() if one != removal.person}
        others = {one: held for one, held in free.items() if one != removal.by}
        custodians = frozenset(self.custodians).intersection(others)
        witnesses = frozenset(one for one, held in others.items() if _WITNESSES.intersection(held))
        return custodians or witnesses or frozenset(others)

    def _check_second(self, found: Removal, by: str, at: datetime) -> None:
        seconds = self.seconds_for(found)
        if by == found.by and by != found.person and not seconds:
            if at < found.at + SILENCE:
                raise AppError("custody.too_early", days=SILENCE.days)
        elif by not in seconds:
            is_same = by in (found.by, found.person)
            raise AppError(f"custody.{'same_person' if is_same else 'not_second'}", person=by)

    def _waiting(self, id: str) -> Admission:
        if id not in self.waiting:
            raise AppError("custody.nothing_waits")
        return self.waiting[id]

    def _check_custodian(self, by: str) -> None:
        if by not in self.custodians or by not in self.able:
            raise AppError("custody.not_custodian", person=by)

    def _let_in(self, admission: Admission) -> None:
        self.able[admission.person] = admission.roles
        self.has_founder = True
        if Role.CUSTODIAN in admission.roles:
            self.appointed[admission.person] = True
        elif len(self.appointed) > 1:  # the only one stays it
            self.appointed.pop(admission.person, None)

    def _let_go(self, person: str) -> None:
        self.able.pop(person, None)
        self.appointed.pop(person, None)
        told = self.removals.values()
        self.removals = {one.person: one for one in told if person not in (one.person, one.by)}
        self.waiting = {id: one for id, one in self.waiting.items() if one.person != person}
