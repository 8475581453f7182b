"""Answers of an authority for time stamps that must not be taken."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from asn1crypto import tsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.signature_levels import Level
from mlops_desktop.core.wording import Words
from mlops_desktop.dossier.levels import Means
from mlops_desktop.dossier.seal import seal
from mlops_desktop.dossier.timestamping import Authority
from mlops_desktop.outside.credentials import Credential
from tests.dossier.conftest import STATEMENT
from tests.dossier.sample import at
from tests.support.trust_services import NAME, TimeAuthority

Answer = Callable[[bytes], bytes]


def _changed(change: Callable[[tsp.TimeStampResp], object]) -> Callable[[Answer], Answer]:
    def wrap(ask: Answer) -> Answer:
        def answer(request: bytes) -> bytes:
            found = tsp.TimeStampResp.load(ask(request))
            change(found)
            return bytes(found.dump(force=True))

        return answer

    return wrap


def _refuse(found: tsp.TimeStampResp) -> None:
    found["status"]["status"] = "rejection"


def _break(found: tsp.TimeStampResp) -> None:
    (signer,) = found["time_stamp_token"]["content"]["signer_infos"]
    value = bytearray(signer["signature"].native)
    value[7] ^= 1
    signer["signature"] = bytes(value)


def _other_digest(ask: Answer) -> Answer:
    def answer(request: bytes) -> bytes:
        asked = tsp.TimeStampReq.load(request)
        asked["message_imprint"]["hashed_message"] = bytes(32)
        return ask(asked.dump(force=True))

    return answer


def _replayed(ask: Answer) -> Answer:
    def answer(request: bytes) -> bytes:
        asked = tsp.TimeStampReq.load(request)
        asked["nonce"] = 1
        return ask(asked.dump(force=True))

    return answer


def _rubbish(_: Answer) -> Answer:
    return lambda request: b"<html>Sign in, please</html>"


BAD = [
    (_rubbish, "timestamp.rubbish"),
    (_changed(_refuse), "timestamp.refused"),
    (_changed(_break), "timestamp.broken"),
    (_other_digest, "timestamp.other_digest"),
    (_replayed, "timestamp.replayed"),
]


def _with_ask(means: Means, wrap: Callable[[Answer], Answer]) -> Means:
    known = means.authority
    assert known is not None
    return replace(means, authority=replace(known, ask=wrap(known.ask)))


@pytest.mark.parametrize(("wrap", "code"), BAD, ids=[code for _, code in BAD])
def test_a_bad_answer_is_refused_by_name(
    draft: bytes,
    signer: Credential,
    english: Words,
    authority: Credential,
    tsa: TimeAuthority,
    wrap: Callable[[Answer], Answer],
    code: str,
) -> None:
    for level in (Level.T, Level.LTA):
        means = _with_ask(tsa.means(level, STATEMENT.at, authority), wrap)
        with pytest.raises(AppError, match=f"^{code}"):
            seal(draft, signer, STATEMENT, english, means)


def test_an_authority_that_is_none_is_refused(
    draft: bytes, signer: Credential, english: Words, authority: Credential, tsa: TimeAuthority
) -> None:
    means = tsa.means(Level.T, STATEMENT.at, authority)
    stranger = TimeAuthority(at("2026-01-01"))
    other = TimeAuthority(at("2026-01-01"), purpose=ExtendedKeyUsageOID.EMAIL_PROTECTION)
    early = tsa.ask_at(STATEMENT.at - timedelta(hours=2))
    for ask, trust, code in (
        (stranger.ask_at(STATEMENT.at), means.trust, "timestamp.untrusted"),
        (other.ask_at(STATEMENT.at), replace(means.trust, roots=other.trust_roots), "timestamp.u"),
        (early, means.trust, "timestamp.clock_apart"),
    ):
        asked = replace(means, authority=Authority(ask, NAME, trust, STATEMENT.at))
        with pytest.raises(AppError, match=f"^{code}"):
            seal(draft, signer, STATEMENT, english, asked)
