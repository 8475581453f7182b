"""Chains of certificates at a moment: to which roots, with which revocation data."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from asn1crypto import crl, x509
from pyhanko_certvalidator import CertificateValidator, ValidationContext, errors
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.registry import SimpleTrustManager

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.dossier.coroutines import finish
from mlops_desktop.dossier.revocation_fetching import Reach, open_fetchers
from mlops_desktop.outside.trust_service_calls import Way

Root: TypeAlias = x509.Certificate

Chain: TypeAlias = tuple[x509.Certificate, list[x509.Certificate], frozenset[str]]
"""A certificate, what else was sent with it, and what it must be for."""

TIME_STAMPING = frozenset({"time_stamping"})
"""What the certificate of a time-stamp authority must be for (RFC 3161, 2.3)."""


@dataclass(frozen=True, slots=True)
class Trust:
    """The roots believed in, the revocation lists (DER) at hand, and the way to more."""

    roots: tuple[Root, ...]
    lists: tuple[bytes, ...] = ()
    way: Way | None = None
    """How revocation data are fetched; None: not at all."""

    def for_chains(self, at: datetime, chains: Iterable[Chain]) -> "Trust":
        """Return the same with only those lists that the chains' issuers made.

        All that is at hand goes into the file, and a folder may hold the lists of a whole bank.
        """
        judge = replace(self, lists=(), way=None).open(at, is_complete=False)
        paths = [judge.find_path(*chain) for chain in chains]
        issuers = {
            one.issuer.dump() for path in paths for one in path.iter_certs(include_root=True)
        }
        kept = (one for one in self.lists if crl.CertificateList.load(one).issuer.dump() in issuers)
        return replace(self, lists=tuple(kept))

    def open(self, at: datetime, *, is_complete: bool) -> "Judge":
        """Return a judge of chains at ``at``, good for one operation.

        ``is_complete`` asks for revocation data of every certificate below a root. What is
        fetched holds for now, whatever ``at`` says.
        """
        reach = Reach(self.way) if self.way is not None else None
        context = ValidationContext(
            # Never without: the default would trust the operating system's list.
            trust_manager=SimpleTrustManager.build(trust_roots=list(self.roots)),
            moment=at if reach is None else None,
            crls=list(self.lists),
            allow_fetching=reach is not None,
            fetchers=open_fetchers(reach) if reach is not None else None,
            revocation_mode="require" if is_complete else "soft-fail",
        )
        return Judge(context, reach)


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges chains, and gathers what their validation took."""

    context: ValidationContext
    reach: Reach | None = None

    def find_path(
        self,
        certificate: x509.Certificate,
        others: Iterable[x509.Certificate] = (),
        purposes: frozenset[str] = frozenset(),
    ) -> ValidationPath:
        """Return the chain from a root; raises AppError where it does not hold.

        ``certificate.revoked``, ``certificate.expired``, ``certificate.not_yet_valid``,
        ``revocation.missing``, ``certificate.no_path``.
        """
        validator = CertificateValidator(
            certificate, intermediate_certs=list(others), validation_context=self.context
        )
        try:
            judged = validator.async_validate_usage(set(), set(purposes))  # type: ignore[no-untyped-call]
            found: ValidationPath = finish(judged)
        except (errors.PathError, errors.ValidationError) as fault:
            raise self._refusal(fault, certificate) from None
        return found

    def knows_revoked(
        self,
        certificate: x509.Certificate,
        others: Iterable[x509.Certificate] = (),
        purposes: frozenset[str] = frozenset(),
    ) -> bool:
        """Tell whether the data at hand say that a certificate of the chain was revoked by then.

        Only a judge who asks for complete data looks at lists that no certificate names.
        """
        try:
            self.find_path(certificate, others, purposes)
        except AppError as refused:
            return refused.code == "certificate.revoked"
        return False

    def _refusal(self, fault: Exception, certificate: x509.Certificate) -> AppError:
        name = common_name(certificate)
        if isinstance(fault, errors.RevokedError):
            on = fault.revocation_dt.date().isoformat()
            return AppError("certificate.revoked", name=name, on=on)
        if isinstance(fault, errors.ExpiredError):
            return AppError("certificate.expired", on=fault.expired_dt.date().isoformat())
        if isinstance(fault, errors.NotYetValidError):
            return AppError("certificate.not_yet_valid", on=fault.valid_from.date().isoformat())
        if isinstance(fault, errors.InsufficientRevinfoError):
            refused = self.reach.refused if self.reach is not None else None
            detail = str(refused or fault)[:200]
            recovery = Recovery.CONFIGURATION
            return AppError("revocation.missing", recovery=recovery, name=name, detail=detail)
        return AppError("certificate.no_path", name=name, detail=str(fault)[:200])


def common_name(certificate: x509.Certificate) -> str:
    """Return the common name of the certificate's subject, or its whole name."""
    native = certificate.subject.native
    return str(native.get("common_name") or certificate.subject.human_friendly)
