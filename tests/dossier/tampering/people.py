"""Signatures by those who should not sign, or when they should not."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import TypeAlias

from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

from mlops_desktop.core.wording import Words
from mlops_desktop.dossier import signing
from mlops_desktop.dossier.countersign import countersign
from mlops_desktop.dossier.seal import seal
from mlops_desktop.outside.certificates import create_authority, issue_person
from mlops_desktop.outside.credentials import Credential
from tests.dossier.conftest import PLANNED, STATEMENT, statement_of
from tests.dossier.sample import at
from tests.dossier.tampering.revision import appended


@dataclass(frozen=True, slots=True)
class Bank:
    """An honest dossier in its stages, and whose keys the attacker got hold of."""

    draft: bytes
    sealed: bytes
    first: bytes
    both: bytes
    signer: Credential
    people: tuple[Credential, ...]
    words: Words

    def seal(self, draft: bytes) -> bytes:
        """Seal other pages, as a builder who is himself the attacker."""
        return seal(draft, self.signer, STATEMENT, self.words)

    def sign(self, pdf: bytes, place: int) -> bytes:
        """Countersign, as a person who does not look."""
        said = statement_of(PLANNED[place - 1], 7 + place)
        return countersign(pdf, place, self.people[place - 1], said, self.words)


Attack: TypeAlias = "Callable[[Bank], bytes]"


def _namesake(name: str) -> Credential:
    own = create_authority("Elbmark Bank AG", at("2026-01-01"))
    return issue_person(own, name, "p-1", at("2026-01-02"))


def sealed_by_a_namesake(bank: Bank) -> bytes:
    return seal(bank.draft, _namesake(STATEMENT.name), STATEMENT, bank.words)


def countersigned_by_a_namesake(bank: Bank) -> bytes:
    who = PLANNED[0]
    return countersign(bank.sealed, 1, _namesake(who.name), statement_of(who, 8), bank.words)


def countersigned_by_another(bank: Bank) -> bytes:
    said = statement_of(PLANNED[1], 8)
    return countersign(bank.sealed, 1, bank.people[1], said, bank.words)


def countersigned_under_a_false_name(bank: Bank) -> bytes:
    """The certificate is another's; only the name that is shown is the planned one."""
    said = statement_of(PLANNED[0], 8)
    return countersign(bank.sealed, 1, bank.people[1], said, bank.words)


def countersigned_out_of_turn(bank: Bank) -> bytes:
    return bank.sign(bank.sealed, 2)


def signed_late(bank: Bank) -> bytes:
    """After the last signature planned, in a field of its own."""
    return _sign(bank, bank.both, "Later")


def signed_late_out_of_sight(bank: Bank) -> bytes:
    return _sign(bank, bank.sealed, "Later")


def _sign(bank: Bank, pdf: bytes, field: str) -> bytes:
    with_field = appended(pdf, lambda writer: append_signature_field(writer, SigFieldSpec(field)))
    about = PdfSignatureMetadata(
        field_name=field, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    signer = PdfSigner(about, signing._KeySigner(bank.signer))
    out: BytesIO = signer.sign_pdf(signing.SignatureWriter(BytesIO(with_field)))
    return out.getvalue()


def all_signatures_cut_off(bank: Bank) -> bytes:
    return bank.both[: len(bank.draft)]


def rolled_back_to_the_seal(bank: Bank) -> bytes:
    return bank.both[: len(bank.sealed)]


def rolled_back_by_one(bank: Bank) -> bytes:
    return bank.both[: len(bank.first)]
