"""Reads revocation data where certificates say it lies, through the house's own HTTP client."""

from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import suppress

from asn1crypto import crl, ocsp, x509
from pyhanko_certvalidator import errors
from pyhanko_certvalidator.authority import Authority
from pyhanko_certvalidator.fetchers.api import (
    CertificateFetcher,
    CRLFetcher,
    Fetchers,
    OCSPFetcher,
)
from pyhanko_certvalidator.fetchers.common_utils import (
    enumerate_delivery_point_urls,
    format_ocsp_request,
    process_ocsp_response_data,
)
from pyhanko_certvalidator.util import get_ocsp_urls, get_relevant_crl_dps, issuer_serial

from mlops_desktop.core.errors import AppError
from mlops_desktop.outside.revocation_lists import read_list
from mlops_desktop.outside.trust_service_calls import Way, fetch, submit

_MOST_REQUESTS = 50


class Reach:
    """The way out, with a bound on how often it is taken; keeps the last refusal."""

    def __init__(self, way: Way) -> None:
        self._way = way
        self._left = _MOST_REQUESTS
        self.refused: AppError | None = None

    def get(self, url: str) -> bytes:
        """Return a list's DER form; raises AppError."""
        return self._noted(lambda: read_list(fetch(url, "application/pkix-crl", self._way), url))

    def ask(self, url: str, request: bytes) -> bytes:
        """Return what an OCSP responder answers; raises AppError."""
        kinds = ("application/ocsp-request", "application/ocsp-response")
        return self._noted(lambda: submit(url, request, *kinds, self._way))

    def _noted(self, call: Callable[[], bytes]) -> bytes:
        self._left -= 1
        try:
            self._count()
            return call()
        except AppError as refused:
            self.refused = refused
            raise

    def _count(self) -> None:
        if self._left < 0:
            raise AppError("revocation.too_many_requests", most=_MOST_REQUESTS)


def open_fetchers(reach: Reach) -> Fetchers:
    """Return what pyHanko reads revocation data by; issuers' certificates are never fetched."""
    return Fetchers(_Ocsp(reach), _Lists(reach), _NoCertificates())


class _Ocsp(OCSPFetcher):
    def __init__(self, reach: Reach) -> None:
        self._reach = reach
        self._found: dict[bytes, ocsp.OCSPResponse] = {}

    async def fetch(self, cert: x509.Certificate, authority: Authority) -> ocsp.OCSPResponse:
        key = issuer_serial(cert)
        if key not in self._found:
            self._found[key] = self._ask(cert, authority)
        return self._found[key]

    def _ask(self, cert: x509.Certificate, authority: Authority) -> ocsp.OCSPResponse:
        asked = format_ocsp_request(cert, authority, certid_hash_algo="sha1", request_nonces=True)
        for url in get_ocsp_urls(cert):
            with suppress(AppError):
                answer = self._reach.ask(url, asked.dump())
                return process_ocsp_response_data(answer, ocsp_request=asked, ocsp_url=url)
        raise errors.OCSPFetchError("no responder answered")

    def fetched_responses(self) -> Iterable[ocsp.OCSPResponse]:
        return list(self._found.values())

    def fetched_responses_for_cert(self, cert: x509.Certificate) -> Iterable[ocsp.OCSPResponse]:
        found = self._found.get(issuer_serial(cert))
        return [] if found is None else [found]


class _Lists(CRLFetcher):
    def __init__(self, reach: Reach) -> None:
        self._reach = reach
        self._by_url: dict[str, crl.CertificateList] = {}
        self._by_cert: dict[bytes, list[crl.CertificateList]] = {}

    async def fetch(
        self, cert: x509.Certificate, *, use_deltas: bool | None = None
    ) -> Iterable[crl.CertificateList]:
        key = issuer_serial(cert)
        if key not in self._by_cert:
            points = get_relevant_crl_dps(cert, use_deltas=bool(use_deltas))
            urls = [url for one in points for url in enumerate_delivery_point_urls(one)]
            self._by_cert[key] = [one for one in map(self._read, urls) if one is not None]
            if urls and not self._by_cert[key]:
                del self._by_cert[key]
                raise errors.CRLFetchError("no list could be read")
        return self._by_cert[key]

    def _read(self, url: str) -> crl.CertificateList | None:
        if url not in self._by_url:
            with suppress(AppError):
                self._by_url[url] = crl.CertificateList.load(self._reach.get(url))
        return self._by_url.get(url)

    def fetched_crls(self) -> Iterable[crl.CertificateList]:
        return list(self._by_url.values())

    def fetched_crls_for_cert(self, cert: x509.Certificate) -> Iterable[crl.CertificateList]:
        return self._by_cert[issuer_serial(cert)]


class _NoCertificates(CertificateFetcher):
    async def fetch_cert_issuers(
        self, cert: x509.Certificate
    ) -> AsyncGenerator[x509.Certificate, None]:
        nobody: tuple[x509.Certificate, ...] = ()
        for never in nobody:
            yield never

    async def fetch_crl_issuers(
        self, certificate_list: crl.CertificateList
    ) -> AsyncGenerator[x509.Certificate, None]:
        nobody: tuple[x509.Certificate, ...] = ()
        for never in nobody:
            yield never

    def fetched_certs(self) -> Iterable[x509.Certificate]:
        return ()
