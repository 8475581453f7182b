"""Trying again, seldom and briefly: 429, 502, 503 and refused connections, within the deadline."""

import tenacity

from mlops_desktop.outside.http_faults import HttpFault, Reason
from mlops_desktop.outside.http_limits import Limits
from mlops_desktop.outside.http_watch import Watch

_STATUSES = (429, 502, 503)
_REASONS = (Reason.NOT_CONNECTED, Reason.REFUSED, Reason.NO_ROUTE, Reason.NAME_UNKNOWN)
_FIRST_PAUSE = 0.2


def retrying(limits: Limits, watch: Watch) -> tenacity.Retrying:
    """Return the attempts of one request; the last fault is raised as it is.

    Retry-After (RFC 9110, 10.2.3) is honoured up to ``limits.retry_after`` seconds; a server that
    asks for more is not asked again, and the fault says when it may be.
    """

    def is_worth_it(error: BaseException) -> bool:
        if not isinstance(error, HttpFault):
            return False
        if error.status not in _STATUSES and error.reason not in _REASONS:
            return False
        pause = error.retry_after or 0
        return pause <= limits.retry_after and not watch.is_over_in(pause)

    return tenacity.Retrying(
        stop=tenacity.stop_after_attempt(limits.attempts),
        wait=_pause,
        retry=tenacity.retry_if_exception(is_worth_it),
        sleep=watch.sleep,
        reraise=True,
    )


def _pause(state: tenacity.RetryCallState) -> float:
    error = state.outcome.exception() if state.outcome else None
    asked = error.retry_after if isinstance(error, HttpFault) else None
    return float(asked) if asked is not None else _FIRST_PAUSE * 2 ** (state.attempt_number - 1)
