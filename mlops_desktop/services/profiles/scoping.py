"""What is decided and filed about a model under a regime: its scope, its documents."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

import mlops_desktop.store.queries.models as model_queries
import mlops_desktop.store.queries.profiles as profile_queries
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.profiles import ModelEvidenced, ModelScoped
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.profiles.data import Trait
from mlops_desktop.ledger.text import clean_text
from mlops_desktop.services.late import locks_late
from mlops_desktop.services.profiles import library
from mlops_desktop.services.session import Recorded, Session, must_commit
from mlops_desktop.store.queries.profiles import ScopeRow
from mlops_desktop.store.unit_of_work import WriteSession

__all__ = ["ScopeRow"]

_KIND = re.compile(r"[a-z][a-z0-9_]{0,59}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class ScopeDecision:
    """Whether a regime concerns a model, why, and what the model is under it."""

    is_in: bool
    reason: str
    traits: Mapping[str, str] = field(default_factory=dict)


@locks_late
def scope_model(
    session: Session,
    named: str,
    regime: str,
    decision: ScopeDecision,
    *,
    effective: datetime | None = None,
) -> Recorded:
    """Record a decision on scope; a later one takes its place from its own date on.

    Raises ``profile.reason_missing``, ``profile.unknown_regime``, ``profile.unknown_trait`` and
    ``profile.trait_refused``.
    """
    if not decision.reason.strip():
        raise AppError("profile.reason_missing", where="reason")
    with session.workspace.write(session.actor) as work:
        model = model_queries.find_model(work.connection, named)
        known = list_traits(work, regime)
        pairs = tuple(_pair(known, name, value) for name, value in sorted(decision.traits.items()))
        scoped = ModelScoped(model, regime, decision.is_in, must_commit(decision.reason), pairs)
        work.record(scoped, effective=effective)
    return Recorded(model, work.changes)


def decisions_of(session: Session, model: str, as_of: AsOf = NOW) -> tuple[ScopeRow, ...]:
    """Return what was decided about a model id under each regime: a model there, or not."""
    with session.workspace.read() as view:
        found = profile_queries.list_scopes(view.connection, as_of, model=model)
    return tuple(sorted(found, key=lambda row: row.scoped.regime))


def list_traits(work: WriteSession, regime: str) -> dict[str, Trait]:
    """Return what a regime's profiles class models by; raises ``profile.unknown_regime``."""
    profiles = library.list_newest(work, NOW)
    if regime not in {profile.regime for profile in profiles}:
        told = ", ".join(sorted({profile.regime for profile in profiles}))
        raise AppError("profile.unknown_regime", where="REGIME", regime=regime, known=told)
    mine = [profile for profile in profiles if profile.regime == regime]
    return {trait.name: trait for profile in mine for trait in profile.traits}


def _pair(known: Mapping[str, Trait], name: str, value: str) -> Pair:
    trait = known.get(name)
    if trait is None:
        told = ", ".join(known) or "-"
        raise AppError("profile.unknown_trait", where=name, trait=name, known=told)
    allowed = [one.value for one in trait.values]
    if value not in allowed:
        told = ", ".join(allowed)
        raise AppError("profile.trait_refused", where=name, trait=name, value=value, allowed=told)
    return Pair(name, value)


@locks_late
def file_document(
    session: Session,
    named: str,
    kind: str,
    reference: str,
    *,
    digest: str | None = None,
    effective: datetime | None = None,
) -> Recorded:
    """Say that a document of some kind is there for a model: where it lies, and its SHA-256.

    ``kind`` is what a rule asks for (``dpia`` for ``evidence.dpia``). Raises
    ``profile.kind_refused``, ``profile.reference_missing``, ``profile.digest_refused``.
    """
    kind = kind.strip().removeprefix("evidence.")
    if not _KIND.fullmatch(kind):
        raise AppError("profile.kind_refused", where="KIND", kind=kind)
    if not clean_text(reference).strip():
        raise AppError("profile.reference_missing", where="reference")
    if digest is not None and not _DIGEST.fullmatch(digest.lower()):
        raise AppError("profile.digest_refused", where="digest", digest=digest[:80])
    with session.workspace.write(session.actor) as work:
        model = model_queries.find_model(work.connection, named)
        told = must_commit(reference)
        filed = ModelEvidenced(model, kind, told, digest.lower() if digest else None)
        work.record(filed, effective=effective)
    return Recorded(model, work.changes)
