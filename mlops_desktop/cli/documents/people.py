"""Persons as documents."""

from mlops_desktop.cli.answer import Document
from mlops_desktop.core.identity import Person


def person_document(person: Person, standing: str) -> Document:
    """Return a person; ``standing`` as on this device, the certificate public and in PEM form."""
    return {
        "id": person.id,
        "name": person.name,
        "roles": [role.value for role in person.roles],
        "scopes": [{"field": one.field, "value": one.value} for one in person.scopes],
        "can_sign": person.can_sign,
        "is_revoked": person.is_revoked,
        "standing": standing,
        "fingerprint": person.fingerprint,
        "certificate": person.certificate,
    }
