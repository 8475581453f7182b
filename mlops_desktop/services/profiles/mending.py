"""What mends a gap: a field, a decision on scope, a document, an item, a task; and its command."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from mlops_desktop.core.custom_fields import PREFIX
from mlops_desktop.core.items.kinds import kinds
from mlops_desktop.core.profiles.checks import SCOPE
from mlops_desktop.services import model_fields
from mlops_desktop.services.profiles.evidence import providers


class Task(StrEnum):
    """Where a gap is mended."""

    FIELD = "field"
    OWN_FIELD = "own_field"
    SCOPE = "scope"
    DOCUMENT = "document"
    ITEM = "item"
    ITEMS = "items"
    TIERING = "tiering"
    LINK = "link"
    APPROVAL = "approval"
    CONDITIONS = "conditions"
    PERMISSION = "permission"
    OBLIGATIONS = "obligations"
    EMERGENCIES = "emergencies"
    VERSION = "version"
    DEPLOYMENT = "deployment"
    RETIREMENT = "retirement"
    HANDOVER = "handover"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Mend:
    """A task, and which field, document or kind of item it is about.

    ``ITEM`` opens a new one of a kind, ``ITEMS`` looks after those that are open.
    """

    task: Task
    name: str = ""


@cache
def mend_of(lead: str) -> Mend:
    """Return what mends the fact that a cell leads to."""
    group, _, name = lead.partition(".")
    if lead == SCOPE:
        return Mend(Task.SCOPE)
    if lead.startswith(PREFIX):
        return Mend(Task.OWN_FIELD, name)
    if group == "evidence":
        return Mend(Task.DOCUMENT, name)
    if group == "field":  # a condition can look at what follows from events, as a state does
        is_kept = name in model_fields.field_names()
        return Mend(Task.FIELD, name) if is_kept else Mend(Task.NOWHERE)
    noun = _leads().get(lead, "")
    if noun.startswith("field."):
        return mend_of(noun)
    for kind in kinds():
        if noun in (kind.noun, kind.plural):
            return Mend(Task.ITEM if noun == kind.noun else Task.ITEMS, kind.noun)
    return Mend(Task(noun) if noun else Task.NOWHERE)


def _leads() -> dict[str, str]:
    found: dict[str, str] = {}
    for provider in providers():
        found.update(getattr(provider, "LEADS", {}))
    return found


def command_of(mend: Mend, model: str, regime: str) -> str:
    """Return the command that mends it, without the program's name; "" where there is none.

    Words in capitals are for the person to fill.
    """
    option = mend.name.replace("_", "-")
    plural = next((kind.plural for kind in kinds() if kind.noun == mend.name), "")
    filled = _COMMANDS.get(mend.task, "")
    return filled.format(
        model=model, name=mend.name, option=option, regime=regime, plural=plural.replace("_", "-")
    )


_COMMANDS = {
    Task.FIELD: "models edit {model} --{option} VALUE",
    Task.OWN_FIELD: "models edit {model} --field {name}=VALUE",
    Task.SCOPE: "profiles scope {model} {regime} in --reason TEXT",
    Task.DOCUMENT: "profiles evidence {model} {name} --reference TEXT",
    Task.ITEM: "{plural} open --model {model}",
    Task.ITEMS: "{plural} list --filter model:{model}",
    Task.TIERING: "tiering assess {model} --answer QUESTION=CHOICE",
    Task.LINK: "models link {model} KIND OTHER",
    Task.APPROVAL: "approvals request {model} VERSION",
    Task.CONDITIONS: "approvals list --status conditional",
    Task.PERMISSION: "permissions need {model} VERSION",
    Task.OBLIGATIONS: "permissions list --model {model}",
    Task.EMERGENCIES: "emergencies list --model {model}",
    Task.VERSION: "versions register {model} VERSION",
    Task.DEPLOYMENT: "deployments open {model} VERSION",
    Task.RETIREMENT: "models retire {model} --reason TEXT",
    Task.HANDOVER: "people handover NAME",
}
