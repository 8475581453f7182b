"""In which sections of a dossier the evidence for a rule stands."""

from collections.abc import Iterator

from mlops_desktop.core.items.kinds import kind_named
from mlops_desktop.core.profiles.data import Rule
from mlops_desktop.services.profiles.mending import Task, mend_of

_BY_TASK = {
    Task.FIELD: "inventory",
    Task.OWN_FIELD: "inventory",
    Task.SCOPE: "regulation",
    Task.DOCUMENT: "documents",
    Task.TIERING: "tiering",
    Task.LINK: "model_links",
    Task.APPROVAL: "approvals",
    Task.CONDITIONS: "conditions",
    Task.PERMISSION: "permissions",
    Task.OBLIGATIONS: "permissions",
    Task.EMERGENCIES: "emergencies",
    Task.VERSION: "versions",
    Task.DEPLOYMENT: "deployments",
    Task.RETIREMENT: "inventory",
    Task.HANDOVER: "inventory",
}
_BY_NAME = {
    "field.tier": "tiering",
    "field.materiality": "tiering",
    "field.complexity": "tiering",
    "field.indicators": "monitoring",
    "field.monitoring_status": "monitoring",
    "record.model": "inventory",
    "record.change_log": "changes",
    "record.measurement": "monitoring",
    "record.metric": "metrics",
    "record.run": "versions",
    "record.dataset": "datasets",
    "record.data_quality": "data_history",
    "record.test": "tests",
    "record.resource_use": "resources",
    "record.incident": "incidents",
    "record.override": "business_decisions",
    "record.explanation": "feedback",
}


def places_of(rule: Rule) -> tuple[str, ...]:
    """Return the sections where what satisfies a rule stands, or would, each once."""
    return tuple(dict.fromkeys(_places(rule)))


def _places(rule: Rule) -> Iterator[str]:
    for need in rule.needs:
        for name in need:
            yield place_of(name)


def place_of(name: str) -> str:
    """Return the section that tells of a fact; a list of events tells of what has none."""
    if name in _BY_NAME:
        return _BY_NAME[name]
    mend = mend_of(name)
    if mend.task in (Task.ITEM, Task.ITEMS):
        return kind_named(mend.name).plural
    return _BY_TASK.get(mend.task, "ledger")
