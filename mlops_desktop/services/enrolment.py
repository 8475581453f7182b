"""The event by which a person becomes known, with a certificate or without."""

from mlops_desktop.core import clock
from mlops_desktop.core.events.people import PersonEnrolled
from mlops_desktop.core.identity import Role
from mlops_desktop.outside import certificates
from mlops_desktop.outside.credentials import Credential
from mlops_desktop.services.session import must_commit

AUTHORITY = "authority"
"""Under this name the authority's key lies beside the persons' keys of the profile."""


def enrolment_of(
    person: str, name: str, roles: tuple[Role, ...], credential: Credential | None
) -> PersonEnrolled:
    """Return the enrolment of a person; raises ``certificate.…`` for one that may not sign."""
    if credential is None:
        return PersonEnrolled(person, must_commit(name), roles)
    certificate = credential.certificate
    certificates.check_may_sign(certificate, clock.now())
    pem, mark = certificates.to_pem(certificate), certificates.fingerprint(certificate)
    return PersonEnrolled(person, must_commit(name), roles, pem, mark)
