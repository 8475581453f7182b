"""A person as text and as a document."""

from typing import TYPE_CHECKING

from mlops_desktop.cli.answer import Answer
from mlops_desktop.cli.documents.people import person_document
from mlops_desktop.cli.text import pairs
from mlops_desktop.core.cells import Cell, Code, Said, Several, codes
from mlops_desktop.core.identity import Person

if TYPE_CHECKING:
    from mlops_desktop.services.session import Session


def roles_cell(person: Person) -> Several:
    """Return the roles, as codes."""
    return codes([role.value for role in person.roles], "approvals.role")


def standing_cell(standing: str) -> Cell:
    """Return whether somebody can sign, on this device."""
    if standing == "signs":
        return Said("can sign", "list_columns.said.signs")
    return Code(standing, ("settings.standing",))


def person_answer(session: "Session", id: str) -> Answer:
    """Return a person."""
    from mlops_desktop.services.keyrings import show_key_sheet, standing_of

    sheet = show_key_sheet(session, id)
    person, standing = sheet.person, standing_of(sheet)
    told = [
        ("Name", person.name),
        ("Roles", roles_cell(person)),
        ("Scopes", ", ".join(f"{one.field}={one.value}" for one in person.scopes)),
        ("Standing", standing_cell(standing)),
        ("Certificate", person.fingerprint),
        ("Id", person.id),
    ]
    return Answer(person_document(person, standing), pairs(told))
