"""Acts of persons: enrolled, certified, renewed, gone."""

import secrets
from collections.abc import Iterator
from datetime import date, timedelta

from mlops_desktop.outside import certificates
from mlops_desktop.outside.certificates import PERSON_YEARS
from mlops_desktop.outside.credentials import Credential
from mlops_desktop.services import certification, people
from mlops_desktop.services.demo.calendar import Calendar
from mlops_desktop.services.demo.data import Bank, PersonPart
from mlops_desktop.services.demo.plan import Act, Hours, Perform
from mlops_desktop.services.demo.stage import Stage
from mlops_desktop.services.people import Enrolment

_RENEWED_AFTER = timedelta(days=365 * PERSON_YEARS - 150)
_GROUPS = 4


def make_passphrase() -> str:
    """Return a throw-away passphrase that can be typed: 64 bits in four groups."""
    digits = secrets.token_hex(2 * _GROUPS)
    return "-".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def plan_people(bank: Bank, calendar: Calendar) -> Iterator[Act]:
    """Yield the enrolments, certificates, renewals and departures of everybody."""
    for part in bank.person:
        if part.name != bank.founder:
            yield Act(calendar.moment(part.known, Hours.ENROL), _enrol(part))
        for day in _certified(part, bank, calendar):
            at = calendar.moment(day.isoformat(), Hours.ENROL)
            yield Act(at, _certify(part, is_sealer=part.name == bank.founder))
        if part.left:
            yield Act(calendar.moment(part.left, Hours.REVOKE), _leave(part))


def _certified(part: PersonPart, bank: Bank, calendar: Calendar) -> Iterator[date]:
    """Yield the days of a person's certificates; the founder's first came with the workspace."""
    if part.certified is None:
        return
    day = calendar.day(part.certified)
    while day < calendar.opening:
        if part.name != bank.founder or day != calendar.day(part.certified):
            yield day
        day += _RENEWED_AFTER


def _enrol(part: PersonPart) -> Perform:
    def perform(stage: Stage) -> None:
        wanted = Enrolment(part.name, part.roles)
        made = people.enrol_person(stage.session, wanted, lambda: "")
        stage.people[part.name] = made.id

    return perform


def _certify(part: PersonPart, *, is_sealer: bool) -> Perform:
    def perform(stage: Stage) -> None:
        # A dossier's seal by P-256 would force PDF 2.0 onto it; for decisions P-256 is quick.
        key = certificates.new_rsa_key() if is_sealer else certificates.new_p256_key()
        passphrase = stage.passphrases[part.name]
        certification.certify_person(stage.session, part.name, passphrase, stage.authority, key=key)
        person = people.show_person(stage.session, part.name)
        certificate = certificates.read_certificate(person.certificate or "")
        chain = (stage.authority.certificate,)
        stage.credentials[person.id] = Credential(key, certificate, chain)

    return perform


def _leave(part: PersonPart) -> Perform:
    reason = "Austritt aus der Bank."
    return lambda stage: people.revoke_person(stage.session, part.name, reason)
