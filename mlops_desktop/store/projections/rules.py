"""Approval rules in their versions, and delegations."""

from mlops_desktop.core import clock
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.delegations import DelegationGranted, DelegationRevoked
from mlops_desktop.core.events.registry import Signature
from mlops_desktop.core.events.rules import RuleActivated, RuleAdded, RuleArchived
from mlops_desktop.core.model_state import Happening
from mlops_desktop.store import records
from mlops_desktop.store.projections.registry import projects
from mlops_desktop.store.rows import Row, Rows
from mlops_desktop.store.tables.rules import delegations, rules


def _text(reason: Erasable | None) -> str | None:
    return records.to_text(reason) if reason is not None else None


@projects(RuleAdded)
def project_rule(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep a version of a rule."""
    payload = happening.payload
    if not isinstance(payload, RuleAdded):
        return
    rows.touched.add(("rule", payload.rule.id))
    rows.put(
        rules,
        {
            "id": payload.rule.id,
            "version": payload.rule.version,
            "record": records.to_text(payload.rule),
            "person": happening.actor.person,
            "at": clock.to_text(happening.at),
            "reason": _text(payload.reason),
            "position": happening.position,
            "activated_position": None if payload.is_draft else happening.position,
            "activated_by": None if payload.is_draft else happening.actor.person,
            "activated_at": None if payload.is_draft else clock.to_text(happening.at),
            "is_alone": 0,
        },
    )


@projects(RuleActivated)
def project_activation(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Note since when a draft holds, and by whom."""
    payload = happening.payload
    if not isinstance(payload, RuleActivated):
        return
    known = rows.get(rules, payload.id, payload.version)
    if known is None or known["activated_position"] is not None:
        return
    rows.touched.add(("rule", payload.id))
    told: Row = {
        "activated_position": happening.position,
        "activated_by": happening.actor.person,
        "activated_at": clock.to_text(happening.at),
        "is_alone": int(payload.is_alone),
    }
    rows.put(rules, {**known, **told})


@projects(RuleArchived)
def project_archive(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Note since when no version of a rule holds for new requests."""
    payload = happening.payload
    if not isinstance(payload, RuleArchived):
        return
    rows.touched.add(("rule", payload.id))
    version = 1
    # Versions are numbered without gaps; the built-in ones have no rows.
    while version <= payload.version:
        known = rows.get(rules, payload.id, version)
        if known is not None and known["archived_position"] is None:
            rows.put(rules, {**known, "archived_position": happening.position})
        version += 1


@projects(DelegationGranted)
def project_delegation(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep a delegation, granted by the giver himself."""
    payload = happening.payload
    if not isinstance(payload, DelegationGranted) or payload.person != happening.actor.person:
        return
    rows.touched.add(("person", payload.person))
    rows.put(
        delegations,
        {
            "id": payload.delegation,
            "giver": payload.person,
            "holder": payload.holder,
            "begins": payload.begins.isoformat(),
            "ends": payload.ends.isoformat(),
            "mandate": records.to_text(payload.mandate),
            "reason": _text(payload.reason),
            "position": happening.position,
        },
    )


@projects(DelegationRevoked)
def project_return(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Note since when a delegation holds no longer."""
    payload = happening.payload
    if not isinstance(payload, DelegationRevoked):
        return
    known = rows.get(delegations, payload.delegation)
    if known is not None and known["revoked_position"] is None:
        rows.touched.add(("person", str(known["giver"])))
        rows.put(delegations, {**known, "revoked_position": happening.position})
