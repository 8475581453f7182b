"""The sample's own fields: one of each kind, one amended, one archived, one offered again."""

from mlops_desktop.core.custom_fields import (
    Choice,
    CustomValue,
    FieldDefinition,
    FieldKind,
    Labels,
)
from mlops_desktop.core.erasable import Erasable, commit
from mlops_desktop.core.events.custom_fields import (
    FieldAmended,
    FieldArchived,
    FieldDefined,
    FieldReinstated,
)
from mlops_desktop.core.events.models import ModelEdited
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.inventory import ModelDetails


def said(text: str) -> Erasable:
    return commit(text, b"0123456789abcdef")


YES = Choice("yes", Labels("Yes", "Ja"))
NO = Choice("no", Labels("No", "Nein"))
CRITICAL = FieldDefinition(
    "dora_critical",
    Labels("DORA critical", "DORA-kritisch"),
    FieldKind.CHOICE,
    (YES, NO),
    Labels("Supports a critical function"),
    is_required=True,
    is_covered=True,
)
COST_CENTRE = FieldDefinition("cost_centre", Labels("Cost centre", "Kostenstelle"), FieldKind.TEXT)
CONTACT = FieldDefinition("contact", Labels("Contact"), FieldKind.PERSON)
BUDGET = FieldDefinition("budget", Labels("Budget"), FieldKind.NUMBER)
LICENCE = FieldDefinition("licence_end", Labels("End of licence"), FieldKind.DATE)

DEFINITIONS: tuple[Event, ...] = (
    *(FieldDefined(one) for one in (CRITICAL, COST_CENTRE, CONTACT, BUDGET, LICENCE)),
    FieldAmended("dora_critical", Labels("DORA"), Labels("Help"), (YES,), is_required=False),
    FieldAmended("cost_centre", drops_help=True),
    FieldArchived("budget", said("nicht mehr gefragt")),
    FieldArchived("contact"),
    FieldReinstated("contact", said("doch")),
)
VALUES = (
    CustomValue("dora_critical", FieldKind.CHOICE, "no", is_covered=True),
    CustomValue("cost_centre", FieldKind.TEXT, text=said("4711 Kreditrisiko")),
    CustomValue("contact", FieldKind.PERSON, "wolters"),
    CustomValue("budget", FieldKind.NUMBER, "-12500.5"),
    CustomValue("licence_end", FieldKind.DATE, "2027-03-31"),
)
FIELDS: tuple[Event, ...] = (
    *DEFINITIONS,
    ModelEdited("m1", ModelDetails(custom=VALUES)),
    ModelEdited("m1", ModelDetails(custom=VALUES[:1]), ("custom.contact",)),
)
