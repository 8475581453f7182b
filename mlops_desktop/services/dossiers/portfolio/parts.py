"""Gathers the part of each model: one at a time, and nothing kept of it but its lines."""

from collections.abc import Sequence
from hashlib import sha256

from mlops_desktop.core.asof import AsOf
from mlops_desktop.dossier import evidence
from mlops_desktop.dossier.appendix import require_complete
from mlops_desktop.dossier.content import Bundle, ModelPart
from mlops_desktop.dossier.proofs import require_ledger
from mlops_desktop.services.dossiers.gathering import Source, Standpoint, gather_model
from mlops_desktop.store.queries.models import ModelRow


def gather_parts(
    source: Source, standpoint: Standpoint, models: Sequence[ModelRow], as_of: AsOf
) -> tuple[tuple[ModelPart, ...], Bundle | None]:
    """Return the parts by name and digest, and their lines; None where no model has a part."""
    named: list[ModelPart] = []
    lines: list[bytes] = []
    proofs: dict[int, bytes] = {}
    for number, row in enumerate(models, 1):
        source.work.tell("dossier.gathering_part", number, len(models))
        facts, leaves = gather_model(source.view, standpoint, row.key, as_of, source.selection)
        require_complete(facts)
        require_ledger(facts.ledger, leaves)
        lines.append(evidence.encode_facts(facts))
        named.append(ModelPart(row.id, row.name, sha256(lines[-1]).hexdigest()))
        proofs.update((leaf.position, evidence.encode_leaf(leaf)) for leaf in leaves)
    return tuple(named), Bundle(tuple(lines), proofs) if lines else None
