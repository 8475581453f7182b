"""A person as text and as a document."""

from mlops_desktop.cli.answer import Answer
from mlops_desktop.cli.documents.people import person_document
from mlops_desktop.cli.text import pairs
from mlops_desktop.core.cells import Cell, Code, Said, Several, codes
from mlops_desktop.core.identity import Person


def roles_cell(person: Person) -> Several:
    """Return the roles, as codes."""
    return codes([role.value for role in person.roles], "approvals.role")


def standing_cell(person: Person) -> Cell:
    """Return whether somebody can sign."""
    if person.can_sign and not person.is_revoked:
        return Said("can sign", "list_columns.said.signs")
    return Code("revoked" if person.is_revoked else "known", ("settings.standing",))


def person_answer(person: Person) -> Answer:
    """Return a person."""
    told = [
        ("Name", person.name),
        ("Roles", roles_cell(person)),
        ("Scopes", ", ".join(f"{one.field}={one.value}" for one in person.scopes)),
        ("Standing", standing_cell(person)),
        ("Certificate", person.fingerprint),
        ("Id", person.id),
    ]
    return Answer(person_document(person), pairs(told))
