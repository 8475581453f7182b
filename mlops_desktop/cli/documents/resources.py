"""Consumption of resources as documents."""

from typing import TYPE_CHECKING

from mlops_desktop.cli.answer import Document, Json
from mlops_desktop.core.events.series import Measure

if TYPE_CHECKING:
    from mlops_desktop.core.resources.bottlenecks import Bottleneck
    from mlops_desktop.core.resources.use import Amount, Use
    from mlops_desktop.services.resources.frameworks import FrameworkRow
    from mlops_desktop.services.resources.reading import Resources

_DIGITS = 9


def resources_document(found: "Resources", frameworks: "tuple[FrameworkRow, ...]") -> Document:
    """Return what was consumed in a period, bottlenecks, gaps and frameworks."""
    from mlops_desktop.services.resources.frameworks import ended

    return {
        "from": found.period.first.isoformat(),
        "to": found.period.last.isoformat(),
        "by": found.by.value,
        "rows": [_use(found, one) for one in found.uses],
        "bottlenecks": [_bottleneck(one) for one in (*found.bottlenecks, *ended(frameworks))],
        "unmeasured": [{"id": row.id, "name": row.name} for row in found.unmeasured],
        "frameworks": [framework_document(one) for one in frameworks],
    }


def _use(found: "Resources", one: "Use") -> Document:
    row = found.models.get(one.group)
    told: dict[str, Json] = {
        "id": f"{one.group}/{one.resource.value}/{one.unit.name}",
        "group": one.group,
        "name": row.name if row is not None else None,
        "resource": one.resource.value,
        "unit": one.unit.name or None,
        "form": "total" if one.unit.is_total else "average",
    }
    told |= {side.value: _amount(one.sides.get(side)) for side in Measure}
    derived = ("share", "idle", "over", "filled", "change")
    told |= {name: _number(getattr(one, name)) for name in derived}
    return {**told, "left_out": list(one.left_out), "shared_by": list(one.shared_by)}


def _amount(one: "Amount | None") -> Json:
    """Return a side, null where nobody measured it."""
    if one is None:
        return None
    return {
        "value": _number(one.value),
        "measured": _number(one.measured),
        "peak": _number(one.peak),
        "last": _number(one.last),
    }


def _number(value: float | None) -> float | None:
    return round(value, _DIGITS) if value is not None else None


def _bottleneck(one: "Bottleneck") -> Document:
    return {
        "kind": one.kind.value,
        "group": one.group or None,
        "resource": one.resource.value if one.resource is not None else None,
        "value": _number(one.value),
        "unit": one.unit or None,
        "models": list(one.models),
    }


def framework_document(one: "FrameworkRow") -> Document:
    """Return a framework, until when it is supported by whose word, and who hangs on it."""
    end, said = one.end, one.end or one.no_date
    return {
        "id": f"{one.name} {one.version}".strip(),
        "name": one.name,
        "version": one.version,
        "state": one.state,
        "supported_until": end.last_day.isoformat() if end is not None else None,
        "is_date_published": True if end is not None else False if one.no_date else None,
        "policy": one.no_date.policy if one.no_date is not None else None,
        "source": said.source if said is not None else None,
        "read_on": said.read_on.isoformat() if said is not None else None,
        "models": list(one.models),
        "versions": [f"{model} {label}" for model, label in one.versions],
    }
