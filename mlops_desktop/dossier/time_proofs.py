"""Since when a signature is proved to exist, and by what its chain can be checked.

Document time stamps are judged from the last backwards: one that holds proves everything before it
for its own time, so an older one need only have held then (EN 319 102-1, 5.6.2).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from asn1crypto import cms, x509
from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.validation import validate_pdf_timestamp
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleTrustManager

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.signature_levels import Level
from mlops_desktop.dossier import reading
from mlops_desktop.dossier.reading import Opened, Store
from mlops_desktop.dossier.timestamping import imprint_of, judge_now, name_problem
from mlops_desktop.dossier.trust import TIME_STAMPING, Judge, Root, common_name


@dataclass(frozen=True, slots=True)
class Stamp:
    """A time stamp as judged: by whom, when, whether it holds and is trusted, and after what."""

    data: cms.SignedData
    status: TimestampSignatureStatus
    authority: str
    revision: int
    embedded: EmbeddedPdfSignature | None = None
    is_revoked: bool = False

    @property
    def at(self) -> datetime:
        """The time it states."""
        return self.status.timestamp.astimezone(UTC)

    @property
    def is_intact(self) -> bool:
        """Whether it is over what it stands for."""
        return bool(self.status.intact and self.status.valid)

    @property
    def is_trusted(self) -> bool:
        """Whether its authority leads to a root, as of when it had to hold."""
        return self.is_intact and bool(self.status.trusted) and not self.is_revoked

    @property
    def problem(self) -> str:
        """Why it is not trusted."""
        return "REVOKED" if self.is_revoked else name_problem(self.status)


@dataclass(frozen=True, slots=True)
class Proofs:
    """The time stamps of a file and what chains are checked by."""

    roots: tuple[Root, ...]
    stamp_roots: tuple[Root, ...]
    """The same, and those believed for time stamps alone."""
    now: datetime
    opened: Opened
    store: Store
    stamps: tuple[Stamp, ...]

    def after(self, embedded: EmbeddedPdfSignature) -> tuple[Stamp, ...]:
        """Return the document time stamps over a signature."""
        made = embedded.signed_revision
        return tuple(one for one in self.stamps if one.revision > made)

    def tokens(self, embedded: EmbeddedPdfSignature) -> Iterator[Stamp]:
        """Yield the time stamps inside a signature, judged as of the next one over it."""
        later = [one.at for one in self.after(embedded) if one.is_trusted]
        moment = min(later, default=self.now)
        context = _context(self.stamp_roots, self.store, moment)
        for data in extract_tst_data_iter(embedded.signer_info, signed=False):
            token = cms.ContentInfo({"content_type": "signed_data", "content": data})
            status = judge_now(token, context, imprint_of(embedded.signer_info))
            gone = _is_revoked(data, self.stamp_roots, self.store, moment)
            made = embedded.signed_revision
            yield Stamp(data, status, _authority(data), made, is_revoked=gone)

    def knows_revoked(self, embedded: EmbeddedPdfSignature, at: datetime) -> bool:
        """Tell whether the data inside say that the signer's chain was revoked at a moment."""
        if not self.store.lists and not self.store.responses:
            return False
        judge = Judge(_context(self.roots, self.store, at, is_complete=True))
        return judge.knows_revoked(embedded.signer_cert, embedded.other_embedded_certs)

    def reach(self, embedded: EmbeddedPdfSignature, proof: Stamp | None) -> Level:
        """Return the level for which a trusted proof of time and the data inside hold."""
        if proof is None:
            return Level.B
        if not self._is_provided(embedded, proof, self.store):
            return Level.T
        for stamp in self.after(embedded):
            if stamp.is_trusted and stamp.embedded is not None:
                source = self.opened.reader.get_historical_resolver(stamp.revision)
                if self._is_provided(embedded, proof, reading.read_store(source)):
                    return Level.LTA
        return Level.LT

    def _is_provided(self, embedded: EmbeddedPdfSignature, proof: Stamp, store: Store) -> bool:
        info = extract_certificate_info(proof.data)
        signers = Judge(_context(self.roots, store, proof.at, is_complete=True))
        stamps = Judge(_context(self.stamp_roots, store, proof.at, is_complete=True))
        try:
            signers.find_path(embedded.signer_cert, embedded.other_embedded_certs)
            stamps.find_path(info.signer_cert, info.other_certs, TIME_STAMPING)
        except AppError:
            return False
        return True


def read_proofs(
    opened: Opened, roots: Iterable[Root], now: datetime, more: Iterable[Root] = ()
) -> Proofs:
    """Judge the document time stamps; every fault of the libraries is raised as it comes.

    ``more`` are roots believed for time stamps alone.
    """
    signers = tuple(roots)
    trusted, store = (*signers, *more), reading.read_store(opened.reader)
    found: list[Stamp] = []
    moment = now
    for embedded in reversed(opened.stamps):
        context = _context(trusted, store, moment)
        status = validate_pdf_timestamp(embedded, context, skip_diff=True)
        authority = common_name(embedded.signer_cert)
        gone = _is_revoked(embedded.signed_data, trusted, store, moment)
        made = embedded.signed_revision
        stamp = Stamp(embedded.signed_data, status, authority, made, embedded, gone)
        found.insert(0, stamp)
        if stamp.is_trusted:
            moment = min(moment, stamp.at)
    return Proofs(signers, trusted, now, opened, store, tuple(found))


def context_of(proofs: Proofs, at: datetime) -> ValidationContext:
    """Return what a signer's chain is judged by at a moment."""
    return _context(proofs.roots, proofs.store, at)


def _context(
    roots: tuple[Root, ...], store: Store, at: datetime, *, is_complete: bool = False
) -> ValidationContext:
    return ValidationContext(
        # Never without: the default would trust the operating system's list.
        trust_manager=SimpleTrustManager.build(trust_roots=list(roots)),
        other_certs=[x509.Certificate.load(one) for one in store.certificates],
        moment=at,
        crls=list(store.lists),
        ocsps=list(store.responses),
        allow_fetching=False,
        revocation_mode="require" if is_complete else "soft-fail",
        # What was gathered after the time proved says more about that time, not less.
        retroactive_revinfo=True,
    )


def _is_revoked(data: cms.SignedData, roots: tuple[Root, ...], store: Store, at: datetime) -> bool:
    if not store.lists and not store.responses:
        return False
    info = extract_certificate_info(data)
    judge = Judge(_context(roots, store, at, is_complete=True))
    return judge.knows_revoked(info.signer_cert, info.other_certs, TIME_STAMPING)


def _authority(data: cms.SignedData) -> str:
    return common_name(extract_certificate_info(data).signer_cert)
