"""Time stamps (RFC 3161): asked for, and believed only after everything about them was checked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from asn1crypto import cms, tsp, x509
from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.timestamps.api import TimeStamper
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import validate_tst_signed_data
from pyhanko.sign.validation.status import TimestampSignatureStatus
from pyhanko_certvalidator import ValidationContext

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.dossier.coroutines import finish
from mlops_desktop.dossier.trust import Trust, common_name

Answer = Callable[[bytes], bytes]
"""Gives a time-stamp request to an authority and returns its response; raises AppError."""

_APART = timedelta(minutes=15)
_GRANTED = frozenset({"granted", "granted_with_mods"})


@dataclass(frozen=True, slots=True)
class Authority:
    """A time-stamp authority: how it is asked, what it is called, and whom it must lead to."""

    ask: Answer
    name: str
    trust: Trust
    at: datetime
    """Now: a time stamp far from it is refused."""


class Stamper(TimeStamper):
    """Gets time stamps from one authority and refuses every one that a verifier would."""

    def __init__(self, authority: Authority) -> None:
        super().__init__(include_nonce=True)  # type: ignore[no-untyped-call]
        self.authority = authority

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """Return a token for the digest.

        Raises AppError ``timestamp.…``, and ``trust_service.away`` where nobody answers.
        """
        nonce, request = self.request_cms(message_digest, md_algorithm)  # type: ignore[no-untyped-call]
        answer = self._ask(request)
        token = answer["time_stamp_token"]
        try:
            self._check_content(token, nonce, message_digest)
            return await self._plain(token, message_digest)
        except (ValueError, TypeError, KeyError, SignatureValidationError) as fault:
            raise self._error("timestamp.rubbish", fault) from None

    def _ask(self, request: tsp.TimeStampReq) -> tsp.TimeStampResp:
        try:
            answer = tsp.TimeStampResp.load(self.authority.ask(request.dump()), strict=True)
            status, said = answer["status"]["status"].native, answer["status"].native
        except (ValueError, TypeError, KeyError) as fault:
            raise self._error("timestamp.rubbish", fault) from None
        if status not in _GRANTED:
            raise self._error("timestamp.refused", f"{status}: {said}")
        return answer

    def _error(self, code: str, detail: object) -> AppError:
        told = {"authority": self.authority.name, "detail": str(detail)[:200]}
        return AppError(code, recovery=Recovery.CONFIGURATION, where=self.authority.name, **told)

    def _check_content(self, token: cms.ContentInfo, nonce: int | None, digest: bytes) -> None:
        content = token["content"]["encap_content_info"]["content"].parsed
        if content["nonce"].native != nonce:
            raise self._error("timestamp.replayed", content["nonce"].native)
        if content["message_imprint"]["hashed_message"].native != digest:
            raise self._error("timestamp.other_digest", "message imprint")
        given = content["gen_time"].native.astimezone(UTC)
        if abs(given - self.authority.at) > _APART:
            raise self._error("timestamp.clock_apart", given.isoformat(timespec="seconds"))

    async def _plain(self, token: cms.ContentInfo, digest: bytes) -> cms.ContentInfo:
        """Return the token with nothing in it that nobody signs, and still good."""
        trust, at = self.authority.trust, self.authority.at
        judged = await judge_token(token, trust.open(at, is_complete=False).context, digest)
        if not (judged.intact and judged.valid):
            raise self._error("timestamp.broken", "signature")
        if not judged.trusted or judged.validation_path is None:
            raise self._error("timestamp.untrusted", name_problem(judged))
        plain = _stripped(token, list(judged.validation_path.iter_certs(include_root=False)))
        again = await judge_token(plain, trust.open(at, is_complete=False).context, digest)
        if not (again.intact and again.valid and again.trusted):
            raise self._error("timestamp.broken", "not in canonical form")
        return plain


def name_problem(status: TimestampSignatureStatus) -> str:
    """Return why the chain of a time stamp does not hold, in the words of EN 319 102-1."""
    problem = status.trust_problem_indic
    return str(getattr(problem, "name", problem) or "no path")


async def judge_token(
    token: cms.ContentInfo, context: ValidationContext, digest: bytes
) -> TimestampSignatureStatus:
    """Return what is to be said of a token over ``digest``; raises what the parser raises."""
    data = token["content"]
    info = extract_certificate_info(data)
    context.certificate_registry.register_multiple(info.other_certs)
    told = await validate_tst_signed_data(data, context, lambda _: digest)
    return TimestampSignatureStatus(**told)


def _stripped(token: cms.ContentInfo, path: list[x509.Certificate]) -> cms.ContentInfo:
    data = token["content"]
    (signer,) = data["signer_infos"]
    kept = cms.SignerInfo({name: signer[name] for name in _SIGNER})
    made = cms.SignedData(
        {
            "version": data["version"],
            "digest_algorithms": [signer["digest_algorithm"]],
            "encap_content_info": data["encap_content_info"],
            "certificates": [cms.CertificateChoices("certificate", one) for one in path],
            "signer_infos": [kept],
        }
    )
    whole = cms.ContentInfo({"content_type": "signed_data", "content": made})
    return cms.ContentInfo.load(whole.dump(force=True))


_SIGNER = (
    "version",
    "sid",
    "digest_algorithm",
    "signed_attrs",
    "signature_algorithm",
    "signature",
)


def name_authority(token: cms.SignedData) -> str:
    """Return the common name of the authority that made the token."""
    return common_name(extract_certificate_info(token).signer_cert)


def imprint_of(signer: cms.SignerInfo) -> bytes:
    """Return the digest that a time stamp of a signature is over."""
    return sha256(signer["signature"].native).digest()


def judge_now(
    token: cms.ContentInfo, context: ValidationContext, digest: bytes
) -> TimestampSignatureStatus:
    """Judge a token as :func:`judge_token`, outside any loop."""
    return finish(judge_token(token, context, digest))
