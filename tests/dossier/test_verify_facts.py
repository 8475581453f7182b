"""The verifier against facts that do not hold, sealed all the same."""

from dataclasses import replace
from pathlib import Path

import pytest

from mlops_desktop.core.wording import Words
from mlops_desktop.dossier import archive, evidence
from mlops_desktop.dossier.archive import archive as to_archive
from mlops_desktop.dossier.attachments import EVIDENCE, LEDGER, Attachment, attach
from mlops_desktop.dossier.build import build
from mlops_desktop.dossier.content import DossierContent
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.pages.press import print_pages
from mlops_desktop.dossier.pages.sheet import Sheet
from mlops_desktop.dossier.seal import seal
from mlops_desktop.dossier.verdict import Outcome
from mlops_desktop.outside.credentials import Credential
from tests.dossier.conftest import STATEMENT
from tests.dossier.judging import alone, judge, told
from tests.dossier.sample import content


def rebuilt(base: DossierContent, words: Words, *files: Attachment) -> bytes:
    """The dossier's own pages with other files inside, marked as if they were right."""
    sheet = Sheet(base.document, base.facts, Language(words), attach(base))
    about = archive.Description(
        id=base.document.id,
        title="T",
        author="A",
        subject="S",
        language="en",
        created_at=base.document.created_at,
        generator="G",
        facts_digest=evidence.facts_digest(base.facts),
    )
    return to_archive(print_pages(sheet), files, about)


def swapped(files: tuple[Attachment, ...], name: str, data: bytes) -> tuple[Attachment, ...]:
    return tuple(replace(file, data=data) if file.name == name else file for file in files)


def case_of(base: DossierContent, kind: str) -> tuple[tuple[Attachment, ...], str]:
    files = attach(base)
    facts, leaves = files[0].data, base.leaves
    broken = {
        "body": (replace(leaves[0], body="{}"), "leaf_differs"),
        "path": (replace(leaves[0], path=leaves[1].path), "proof_differs"),
        "no hex": (replace(leaves[0], path=("zz",)), "proof_differs"),
    }
    if kind in broken:
        leaf, code = broken[kind]
        return swapped(files, LEDGER, evidence.encode_leaves((leaf, *leaves[1:]))), code
    if kind == "missing leaf":
        return swapped(files, LEDGER, evidence.encode_leaves(leaves[1:])), "proof_missing"
    if kind == "root":
        other = facts.replace(base.facts.ledger.checkpoint.head.root.encode(), b"ab" * 32)
        return swapped(files, EVIDENCE, other), "evidence_other_digest"
    if kind == "malformed":
        return swapped(files, EVIDENCE, facts[:-1]), "evidence_malformed"
    if kind == "newer":
        return swapped(files, EVIDENCE, b'{"schema":"dossier-evidence-9"}'), "evidence_newer"
    if kind == "other document":
        other = facts.replace(base.document.id.encode(), b"f" * 36)
        return swapped(files, EVIDENCE, other), "evidence_other_document"
    return tuple(file for file in files if file.name != EVIDENCE), "no_evidence"


KINDS = (
    "body",
    "path",
    "no hex",
    "missing leaf",
    "root",
    "malformed",
    "newer",
    "other document",
    "no evidence",
)


@pytest.mark.parametrize("kind", KINDS)
def test_facts_that_do_not_hold_are_seen_under_a_good_seal(
    kind: str, signer: Credential, english: Words, roots: bytes, tmp_path: Path
) -> None:
    base = content("en")
    files, code = case_of(base, kind)
    pdf = seal(rebuilt(base, english, *files), signer, STATEMENT, english)
    outcome = Outcome.INDETERMINATE if kind == "newer" else Outcome.CHANGED
    assert told(judge(pdf, roots)) == (outcome, code)
    assert alone(pdf, roots, tmp_path)[0] == outcome.value


def test_a_head_that_differs_from_its_checkpoint_is_seen(
    signer: Credential,
    english: Words,
    roots: bytes,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    base = content("en")
    checkpoint = base.facts.ledger.checkpoint
    for change, code in (
        ({"note": "no note"}, "head_malformed"),
        ({"note": checkpoint.note[:-9] + "AAAAAAA=\n"}, "head_signature"),
        ({"head": replace(checkpoint.head, size=8)}, "head_differs"),
        ({"keys": ("not a key",)}, "head_signature"),
    ):
        other = replace(checkpoint, **change)
        odd = replace(
            base, facts=replace(base.facts, ledger=replace(base.facts.ledger, checkpoint=other))
        )
        monkeypatch.setattr("mlops_desktop.dossier.build.require_proved", lambda _: None)
        pdf = seal(build(odd, english), signer, STATEMENT, english)
        assert told(judge(pdf, roots)) == (Outcome.CHANGED, code)
        assert alone(pdf, roots, tmp_path)[0] in {"changed", "damaged"}
