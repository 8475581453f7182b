"""Why a request failed: a typed kind, a reason with a sentence of its own, a short detail."""

import errno
import ssl
from enum import StrEnum
from http import HTTPStatus

import httpcore2
import httpx2

from mlops_desktop.outside.http_redaction import redact

_DETAIL_CHARACTERS = 200


class Fault(StrEnum):
    """The kinds of failure that callers tell apart."""

    AUTH = "auth"
    FORBIDDEN = "forbidden"
    UNSUPPORTED = "unsupported"
    RATE_LIMITED = "rate_limited"
    TIMEOUT = "timeout"
    TLS = "tls"
    UNREACHABLE = "unreachable"
    SERVER = "server"
    PROTOCOL = "protocol"
    REJECTED = "rejected"
    TOO_LARGE = "too_large"
    CANCELLED = "cancelled"


class Reason(StrEnum):
    """What exactly was found, where the kind alone does not help; ``failures.reasons`` words it."""

    ANSWERED = "answered"
    HTML_PAGE = "html_page"
    BAD_JSON = "bad_json"
    TOO_DEEP = "too_deep"
    UNEXPECTED_SHAPE = "unexpected_shape"
    CUT_OFF = "cut_off"
    ENCODING = "encoding"
    FOREIGN_REDIRECT = "foreign_redirect"
    REDIRECT_LOOP = "redirect_loop"
    REPEATED_PAGE = "repeated_page"
    ENDLESS_PAGING = "endless_paging"
    PAGE_TOO_LARGE = "page_too_large"
    SYNC_TOO_LARGE = "sync_too_large"
    DEADLINE = "deadline"
    CONNECT_DEADLINE = "connect_deadline"
    NOT_CONNECTED = "not_connected"
    NAME_UNKNOWN = "name_unknown"
    LINK_LOCAL = "link_local"
    PROXY = "proxy"
    REFUSED = "refused"
    NO_ROUTE = "no_route"
    CERTIFICATE = "certificate"
    CERTIFICATE_EXPIRED = "certificate_expired"
    CERTIFICATE_EARLY = "certificate_early"
    CERTIFICATE_SELF_SIGNED = "certificate_self_signed"
    CERTIFICATE_ISSUER = "certificate_issuer"
    CERTIFICATE_NAME = "certificate_name"
    NO_TLS = "no_tls"
    HANDSHAKE = "handshake"
    STOPPED = "stopped"


_PASSING = {Fault.RATE_LIMITED, Fault.TIMEOUT, Fault.UNREACHABLE, Fault.SERVER}


class HttpFault(Exception):
    """A request failed; ``detail`` is short, technical and free of secrets, times are seconds."""

    def __init__(
        self,
        fault: Fault,
        reason: Reason,
        detail: str = "",
        *,
        status: int | None = None,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(f"{fault}: {reason}: {detail}")
        self.fault = fault
        self.reason = reason
        self.detail = detail
        self.status = status
        self.retry_after = retry_after

    @property
    def is_retryable(self) -> bool:
        """The same request may succeed later."""
        return self.fault in _PASSING


_BY_STATUS = {
    401: Fault.AUTH,
    403: Fault.FORBIDDEN,
    404: Fault.UNSUPPORTED,
    405: Fault.UNSUPPORTED,
    407: Fault.AUTH,
    408: Fault.TIMEOUT,
    429: Fault.RATE_LIMITED,
    501: Fault.UNSUPPORTED,
    504: Fault.TIMEOUT,
}


def fault_of_status(status: int, said: str, retry_after: int | None = None) -> HttpFault:
    """Return the fault for an answer whose ``status`` (RFC 9110) is not a success."""
    kind = _BY_STATUS.get(status)
    if kind is None:
        kind = {4: Fault.REJECTED, 5: Fault.SERVER}.get(status // 100, Fault.PROTOCOL)
    reason = Reason.PROXY if status == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED else Reason.ANSWERED
    detail = f"{status} {said}".strip()
    return HttpFault(kind, reason, detail, status=status, retry_after=retry_after)


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    following: BaseException | None = error
    while following is not None and following not in found:
        found.append(following)
        inner = [given for given in following.args if isinstance(given, BaseException)]
        following = following.__cause__ or following.__context__ or (inner[0] if inner else None)
    return found


# OpenSSL's numbers (x509_vfy.h), which Python passes on without names.
_VERIFY = {
    9: Reason.CERTIFICATE_EARLY,
    10: Reason.CERTIFICATE_EXPIRED,
    18: Reason.CERTIFICATE_SELF_SIGNED,
    19: Reason.CERTIFICATE_ISSUER,
    20: Reason.CERTIFICATE_ISSUER,
    21: Reason.CERTIFICATE_ISSUER,
    62: Reason.CERTIFICATE_NAME,
    64: Reason.CERTIFICATE_NAME,
}
_PLAIN = frozenset({"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "RECORD_LAYER_FAILURE"})
_ROUTES = {
    errno.ECONNREFUSED: Reason.REFUSED,
    errno.EHOSTUNREACH: Reason.NO_ROUTE,
    errno.ENETUNREACH: Reason.NO_ROUTE,
    errno.EHOSTDOWN: Reason.NO_ROUTE,
}


def _tls_fault(error: BaseException) -> HttpFault | None:
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            reason = _VERIFY.get(cause.verify_code, Reason.CERTIFICATE)
            return HttpFault(Fault.TLS, reason, cause.verify_message or cause.reason)
        if isinstance(cause, ssl.SSLError):
            reason = Reason.NO_TLS if cause.reason in _PLAIN else Reason.HANDSHAKE
            return HttpFault(Fault.TLS, reason, cause.reason or type(cause).__name__)
    return None


_BY_ERROR: tuple[tuple[type[Exception], Fault, Reason], ...] = (
    (httpcore2.ConnectTimeout, Fault.TIMEOUT, Reason.CONNECT_DEADLINE),
    (httpcore2.TimeoutException, Fault.TIMEOUT, Reason.DEADLINE),
    (httpcore2.ProxyError, Fault.UNREACHABLE, Reason.PROXY),
    (httpcore2.ConnectError, Fault.UNREACHABLE, Reason.NOT_CONNECTED),
    (httpcore2.RemoteProtocolError, Fault.PROTOCOL, Reason.CUT_OFF),
    (httpcore2.NetworkError, Fault.PROTOCOL, Reason.CUT_OFF),
    (httpcore2.UnsupportedProtocol, Fault.PROTOCOL, Reason.FOREIGN_REDIRECT),
    (httpx2.InvalidURL, Fault.PROTOCOL, Reason.FOREIGN_REDIRECT),
)


TRANSPORT_ERRORS = (
    httpcore2.TimeoutException,
    httpcore2.NetworkError,
    httpcore2.ProtocolError,
    httpcore2.ProxyError,
    httpcore2.UnsupportedProtocol,
    httpx2.HTTPError,
    httpx2.InvalidURL,
    UnicodeError,
    OSError,
)


def _route_fault(error: Exception, text: str) -> HttpFault | None:
    """Return exactly why there is no connection, where the system said so."""
    if not isinstance(error, httpcore2.ConnectError):
        return None
    numbers = (one.errno for one in _causes(error) if isinstance(one, OSError))
    found = next((_ROUTES[one] for one in numbers if one in _ROUTES), None)
    return HttpFault(Fault.UNREACHABLE, found, text) if found is not None else None


def fault_of_error(error: Exception) -> HttpFault:
    """Return the fault for an error of the transport; its text never holds a header or a body."""
    if tls := _tls_fault(error):
        return tls
    # an error of our own request may quote its headers
    is_ours = isinstance(error, httpcore2.LocalProtocolError)
    text = "" if is_ours else redact(str(error))[:_DETAIL_CHARACTERS]
    if isinstance(error, httpcore2.ProxyError) and text.startswith("407"):
        return HttpFault(Fault.AUTH, Reason.PROXY, text, status=407)
    if route := _route_fault(error, text):
        return route
    for kind, fault, reason in _BY_ERROR:
        if isinstance(error, kind):
            return HttpFault(fault, reason, text)
    return HttpFault(Fault.PROTOCOL, Reason.CUT_OFF, text or type(error).__name__)
