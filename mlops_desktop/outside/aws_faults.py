"""Why a request to Amazon's services failed, in the faults that every source has."""

from botocore import exceptions as aws

from mlops_desktop.outside.http_answers import read_retry_after
from mlops_desktop.outside.http_faults import Fault, HttpFault, Reason
from mlops_desktop.outside.http_redaction import redact

_DETAIL_CHARACTERS = 200
_THROTTLED_SECONDS = 2
_BY_CODE = {
    "AccessDenied": Fault.FORBIDDEN,
    "AccessDeniedException": Fault.FORBIDDEN,
    "ExpiredToken": Fault.AUTH,
    "ExpiredTokenException": Fault.AUTH,
    "IncompleteSignature": Fault.AUTH,
    "InvalidClientTokenId": Fault.AUTH,
    "InvalidSignatureException": Fault.AUTH,
    "MissingAuthenticationToken": Fault.AUTH,
    "NotAuthorized": Fault.FORBIDDEN,
    "OptInRequired": Fault.FORBIDDEN,
    "RequestLimitExceeded": Fault.RATE_LIMITED,
    "SignatureDoesNotMatch": Fault.AUTH,
    "ThrottledException": Fault.RATE_LIMITED,
    "Throttling": Fault.RATE_LIMITED,
    "ThrottlingException": Fault.RATE_LIMITED,
    "TooManyRequestsException": Fault.RATE_LIMITED,
    "UnknownOperationException": Fault.UNSUPPORTED,
    "UnrecognizedClientException": Fault.AUTH,
}
_BY_STATUS = {
    401: Fault.AUTH,
    403: Fault.FORBIDDEN,
    404: Fault.UNSUPPORTED,
    429: Fault.RATE_LIMITED,
}
_AUTH = (
    aws.CredentialRetrievalError,
    aws.NoCredentialsError,
    aws.PartialCredentialsError,
    aws.SSOError,
    aws.TokenRetrievalError,
)
_BY_ERROR: tuple[tuple[type[Exception] | tuple[type[Exception], ...], Fault, Reason], ...] = (
    (_AUTH, Fault.AUTH, Reason.ANSWERED),
    (aws.ConnectTimeoutError, Fault.TIMEOUT, Reason.CONNECT_DEADLINE),
    (aws.ReadTimeoutError, Fault.TIMEOUT, Reason.DEADLINE),
    (aws.SSLError, Fault.TLS, Reason.CERTIFICATE),
    (aws.ProxyConnectionError, Fault.UNREACHABLE, Reason.PROXY),
    (aws.ConnectionError, Fault.UNREACHABLE, Reason.NOT_CONNECTED),
    (aws.ResponseStreamingError, Fault.PROTOCOL, Reason.CUT_OFF),
    (aws.HTTPClientError, Fault.UNREACHABLE, Reason.NOT_CONNECTED),
    (aws.ParamValidationError, Fault.REJECTED, Reason.ANSWERED),
    (aws.NoRegionError, Fault.REJECTED, Reason.ANSWERED),
)


def fault_of_aws(error: Exception) -> HttpFault:
    """Return the fault that the SDK's error is; what it does not name is ``protocol``."""
    if isinstance(error, aws.ClientError):
        return _of_answer(error)
    detail = redact(" ".join(str(error).split()))[:_DETAIL_CHARACTERS]
    for kinds, fault, reason in _BY_ERROR:
        if isinstance(error, kinds):
            return HttpFault(fault, reason, detail)
    return HttpFault(Fault.PROTOCOL, Reason.UNEXPECTED_SHAPE, detail)


def _of_answer(error: aws.ClientError) -> HttpFault:
    told, about = error.response.get("Error", {}), error.response.get("ResponseMetadata", {})
    status = int(about.get("HTTPStatusCode", 0))
    code = str(told.get("Code", ""))
    server = Fault.SERVER if status >= 500 else Fault.REJECTED
    fault = _BY_CODE.get(code) or _BY_STATUS.get(status) or server
    if status // 100 == 3:
        return HttpFault(Fault.PROTOCOL, Reason.FOREIGN_REDIRECT, str(status))
    named = "" if code == str(status) else code
    said = redact(" ".join(f"{status or ''} {named} {told.get('Message', '')}".split()))
    wait = read_retry_after(str(about.get("HTTPHeaders", {}).get("retry-after", "")))
    if fault is Fault.RATE_LIMITED:  # said with 400 by most of Amazon's services
        status, wait = 429, _THROTTLED_SECONDS if wait is None else wait
    return HttpFault(
        fault, Reason.ANSWERED, said[:_DETAIL_CHARACTERS], status=status, retry_after=wait
    )
