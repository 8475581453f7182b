"""A person as text and as a document."""

from mlops_desktop.cli.answer import Answer
from mlops_desktop.cli.documents.people import person_document
from mlops_desktop.cli.text import pairs
from mlops_desktop.core.identity import Person


def roles_text(person: Person) -> str:
    """Return the roles, as codes."""
    return ", ".join(role.value for role in person.roles)


def standing_text(person: Person) -> str:
    """Return whether somebody can sign."""
    if person.is_revoked:
        return "revoked"
    return "can sign" if person.can_sign else "known"


def person_answer(person: Person) -> Answer:
    """Return a person."""
    told = [
        ("Name", person.name),
        ("Roles", roles_text(person)),
        ("Scopes", ", ".join(f"{one.field}={one.value}" for one in person.scopes)),
        ("Standing", standing_text(person)),
        ("Certificate", person.fingerprint),
        ("Id", person.id),
    ]
    return Answer(person_document(person), pairs(told))
