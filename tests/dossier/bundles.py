"""A dossier about several models, made of the sample: each part says the same of another model."""

from dataclasses import replace
from hashlib import sha256

from mlops_desktop.dossier import evidence
from mlops_desktop.dossier.content import (
    Bundle,
    DossierContent,
    Missing,
    ModelPart,
    Reason,
    Scope,
    Signer,
)
from tests.dossier.sample import content

_NONE = Missing(Reason.NOT_APPLICABLE)


def several(language: str, scope: Scope, parts: int) -> DossierContent:
    """Return a dossier about several models, ``parts`` of them with a part of their own."""
    one = content(language)
    named, lines = [], []
    for number in range(1, parts + 1):
        id, name = f"M-{number:05}", f"PD Ratenkredit {number}"
        lines.append(evidence.encode_facts(replace(one.facts, model_id=id, model_name=name)))
        named.append(ModelPart(id, name, sha256(lines[-1]).hexdigest()))
    facts = replace(
        one.facts, model_id="", model_name="Elbmark Bank AG", inventory=(), versions=_NONE,
        deployments=_NONE, datasets=_NONE, series=_NONE, approvals=_NONE,
        model_parts=tuple(named),
    )  # fmt: skip
    document = replace(one.document, scope=scope, signers=(Signer("Jonas Brandt", "validator"),))
    leaves = {leaf.position: evidence.encode_leaf(leaf) for leaf in one.leaves}
    bundle = Bundle(tuple(lines), leaves) if lines else None
    return DossierContent(document, facts, one.leaves, None, bundle)
