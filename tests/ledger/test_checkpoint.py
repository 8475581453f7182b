"""Checkpoints and proof files in the forms that other transparency logs read."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mlops_desktop.core.errors import AppError
from mlops_desktop.ledger.checkpoint import Checkpoint, open_checkpoint, read_unverified, sign
from mlops_desktop.ledger.encoding import from_base64
from mlops_desktop.ledger.note import add_signature
from mlops_desktop.ledger.note_key import NoteKey
from mlops_desktop.ledger.proofs import inclusion_proof
from mlops_desktop.ledger.tlog_proof import TlogProof, verify_proof
from mlops_desktop.ledger.tree import leaf_hash, root_of

_ORIGIN = "bank.example/mrm/0197f3c2-7d1e-7c3a-9a51-6f2d9f1c2b3a"
_PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
_KEY = NoteKey.of(_ORIGIN, _PRIVATE)
_LEAVES = [leaf_hash(bytes([number])) for number in range(13)]
_HEAD = Checkpoint(_ORIGIN, 13, root_of(_LEAVES))
_SIGNED = sign(_HEAD, _ORIGIN, _PRIVATE)


def test_the_example_of_the_specification_is_read_and_written() -> None:
    text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    checkpoint = Checkpoint.from_text(text)
    assert checkpoint.size == 20852163
    assert checkpoint.to_text() == text


def test_what_was_signed_is_read_back_with_its_signer() -> None:
    other = Ed25519PrivateKey.generate()
    opened = open_checkpoint(add_signature(_SIGNED, "witness", other), [_KEY])
    assert opened.checkpoint == _HEAD == read_unverified(_SIGNED)
    assert opened.signers == (_KEY,)


@pytest.mark.parametrize(
    "text",
    [
        "Head\n9944\n",
        "\n9944\nf+7CoKgXKE/tNys9TTXcr/ad6U/K3xvznmzew9y6SP0=\n",
        "Log\n123\nf+7CoKgXKE/tNys9TTXcr/ad6U/K3xvznmzew9y6SP0=",
        "Log\nbananas\nf+7CoKgXKE/tNys9TTXcr/ad6U/K3xvznmzew9y6SP0=\n",
        "Log\n-34\nf+7CoKgXKE/tNys9TTXcr/ad6U/K3xvznmzew9y6SP0=\n",
        "Log\n012\nf+7CoKgXKE/tNys9TTXcr/ad6U/K3xvznmzew9y6SP0=\n",
        "Log\n١٢\nf+7CoKgXKE/tNys9TTXcr/ad6U/K3xvznmzew9y6SP0=\n",
        "Log\n3438945738945739845734895735\nf+7CoKgXKE/tNys9TTXcr/ad6U/K3xvznmzew9y6SP0=\n",
        "Log\n123\nThisIsn'tBase64\n",
        "Log\n123\nYmFuYW5hcw==\n",
        "Log\n123\nf+7CoKgXKE/tNys9TTXcr/ad6U/K3xvznmzew9y6SP1=\n",
        "Log\n123\nf+7CoKgXKE/tNys9TTXcr/ad6U/K3xvznmzew9y6SP0=\nextension\n",
    ],
)
def test_malformed_checkpoints_are_refused(text: str) -> None:
    with pytest.raises(AppError, match=r"checkpoint\.malformed"):
        Checkpoint.from_text(text)


@pytest.mark.parametrize(
    "head", [Checkpoint("", 1, bytes(32)), Checkpoint("a\nb", 1, bytes(32)),
             Checkpoint("a", -1, bytes(32)), Checkpoint("a", 1, bytes(31))]
)  # fmt: skip
def test_impossible_checkpoints_are_not_signed(head: Checkpoint) -> None:
    with pytest.raises(AppError, match=r"checkpoint\.malformed"):
        sign(head, _ORIGIN, _PRIVATE)


def test_a_proof_file_proves_its_leaf_and_no_other() -> None:
    proof = TlogProof(7, inclusion_proof(_LEAVES, 7, 13), _SIGNED)
    again = TlogProof.from_text(proof.to_text())
    assert again == proof
    assert verify_proof(again, _LEAVES[7], [_KEY]).checkpoint == _HEAD
    with pytest.raises(AppError, match=r"proof\.root_differs"):
        verify_proof(again, _LEAVES[8], [_KEY])
    with pytest.raises(AppError, match=r"note\.signer_unknown"):
        verify_proof(again, _LEAVES[7], [])


def test_the_form_of_a_proof_file() -> None:
    proof = TlogProof(0, (bytes(32),), "origin\n…", extra=b"any")
    assert proof.to_text() == (
        "c2sp.org/tlog-proof@v1\nextra YW55\nindex 0\n"
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\norigin\n…"
    )
    assert TlogProof.from_text(proof.to_text()) == proof


@pytest.mark.parametrize(
    "text",
    [
        "",
        "c2sp.org/tlog-proof@v2\nindex 0\n\norigin",
        "c2sp.org/tlog-proof@v1\nindex 0\norigin",
        "c2sp.org/tlog-proof@v1\nindex 00\n\norigin",
        "c2sp.org/tlog-proof@v1\n\norigin",
        "c2sp.org/tlog-proof@v1\nindex 0\nextra AAAA\n\norigin",
        "c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\norigin",
        "c2sp.org/tlog-proof@v1\nindex 0\n" + f"{'A' * 43}=\n" * 65 + "\norigin",
    ],
)
def test_malformed_proof_files_are_refused(text: str) -> None:
    with pytest.raises(AppError, match=r"tlog_proof\.malformed"):
        TlogProof.from_text(text)


def test_base64_has_one_form_only() -> None:
    assert from_base64("YW55") == b"any"
    for text in ("YW55\n", " YW55", "YW5=", "YW55=", "YR==", "YQ", "YÄ=="):
        with pytest.raises(ValueError):  # noqa: PT011  Python words it in several ways
            from_base64(text)
