"""Why a query failed: the kinds that HTTP's failures have, a reason, a detail without secrets."""

import re

from mlops_desktop.outside.http_faults import Fault
from mlops_desktop.outside.http_redaction import redact

_MOST = 200
_PASSING = frozenset({Fault.TIMEOUT, Fault.UNREACHABLE, Fault.SERVER})


class DatabaseFault(Exception):
    """A query was not answered; ``reason`` has a sentence under ``failures.reasons``."""

    def __init__(self, fault: Fault, reason: str, detail: str = "") -> None:
        super().__init__(f"{fault}: {reason}: {detail}")
        self.fault = fault
        self.reason = reason
        self.detail = detail

    @property
    def is_retryable(self) -> bool:
        """The same query may succeed later."""
        return self.fault in _PASSING


_BY_STATE = (  # PostgreSQL's appendix A: error codes
    ("57014", Fault.TIMEOUT, "query_deadline"),
    ("55P03", Fault.TIMEOUT, "query_deadline"),
    ("25006", Fault.FORBIDDEN, "query_writes"),
    ("42501", Fault.FORBIDDEN, "query_refused"),
    ("28", Fault.AUTH, "login_refused"),
    ("3D", Fault.UNSUPPORTED, "no_database"),
    ("53", Fault.SERVER, "query_refused"),
    ("57", Fault.UNREACHABLE, "query_cut_off"),
    ("08", Fault.UNREACHABLE, "query_cut_off"),
    ("54", Fault.TOO_LARGE, "query_refused"),
)
_CUT_OFF = (
    r"(closed the|terminating|lost|closed) connection|connection (is )?(lost|closed)|consuming"
)
_BY_WORDS = (
    (r"password|authentication|no pg_hba|access denied", Fault.AUTH, "login_refused"),
    (r"certificate|SSL|TLS", Fault.TLS, "handshake"),
    (r"timeout expired|timed out", Fault.TIMEOUT, "connect_deadline"),
    (r"translate host name|resolve|not known", Fault.UNREACHABLE, "name_unknown"),
    (_CUT_OFF, Fault.UNREACHABLE, "query_cut_off"),
    (r"database \".*\" does not exist", Fault.UNSUPPORTED, "no_database"),
    (r"refused|No such file|unable to open", Fault.UNREACHABLE, "not_connected"),
    (r"interrupted|is locked|busy", Fault.TIMEOUT, "query_deadline"),
    (r"not authorized|prohibited|readonly|read.only", Fault.FORBIDDEN, "query_writes"),
    (r"not a database|malformed", Fault.PROTOCOL, "query_refused"),
)  # fmt: skip


def fault_of(error: BaseException) -> DatabaseFault:
    """Return an error of a driver as a fault; its text is its first line, without secrets."""
    cause = getattr(error, "orig", None) or error
    state = str(getattr(cause, "sqlstate", None) or "")
    text = next((line.strip() for line in str(cause).splitlines() if line.strip()), "")
    shown = redact(text)[:_MOST] or type(cause).__name__
    for start, fault, reason in _BY_STATE:
        if state.startswith(start):
            return DatabaseFault(fault, reason, shown)
    if state:  # errors of names and types are told whole, others may quote what stands in a row
        told = shown if state.startswith("42") else type(cause).__name__
        return DatabaseFault(Fault.REJECTED, "query_refused", told)
    for words, fault, reason in _BY_WORDS:
        if re.search(words, str(cause), re.IGNORECASE):
            return DatabaseFault(fault, reason, shown)
    return DatabaseFault(Fault.REJECTED, "query_refused", shown)
