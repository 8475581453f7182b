"""The one door to Amazon's services: an SDK that is there on request, and that may only read."""

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.outside.http_faults import Fault, HttpFault, Reason
from mlops_desktop.outside.http_limits import Limits

IsCancelled = Callable[[], bool]
_READING = re.compile(r"(List|Describe|Get|BatchDescribe)[A-Z]\w*|Search")


@dataclass(frozen=True, slots=True)
class Account:
    """Which account is read: a region, and a profile of the SDK's own files or none.

    ``endpoint`` is another address than Amazon's own (a VPC endpoint).
    """

    region: str
    profile: str | None = None
    endpoint: str | None = None
    ca_file: str | None = None
    proxy: str | None = None


@dataclass(frozen=True, slots=True)
class AwsAnswer:
    """One answer: what was asked, the exact bytes, when."""

    request: str
    body: bytes = field(repr=False)
    fetched_at: datetime

    @property
    def digest(self) -> str:
        """SHA-256 of the body, in hex."""
        return hashlib.sha256(self.body).hexdigest()


class AwsClient:
    """Asks one service of one account, one request at a time.

    Credentials are the SDK's own business (profile, single sign-on, role); none passes through
    here. Raises AppError ``source.extra_missing`` without the SDK, ``source.profile_unknown``.
    """

    def __init__(
        self,
        service: str,
        account: Account,
        is_cancelled: IsCancelled = lambda: False,
        limits: Limits | None = None,
    ) -> None:
        self._limits = limits or Limits()
        self._is_cancelled = is_cancelled
        self._left = self._limits.sync_bytes
        self._body = b""
        self.sdk = _open(service, account, self._limits)
        events = self.sdk.meta.events
        events.register_first(f"before-parameter-build.{service}.*", _refuse_writing)
        events.register(f"after-call.{service}.*", self._keep)

    def ask(self, operation: str, **parameters: object) -> AwsAnswer:
        """Ask one reading operation (``list_endpoints``); raises HttpFault.

        Any other raises AppError ``request.not_read_only`` before anything is sent.
        """
        if self._is_cancelled():
            raise HttpFault(Fault.CANCELLED, Reason.STOPPED, "")
        asked = f"{operation} {json.dumps(parameters, sort_keys=True)}"
        self._body = b""
        try:
            told = getattr(self.sdk, operation)(**parameters)
        except AppError:
            raise
        except Exception as error:
            from mlops_desktop.outside.aws_faults import fault_of_aws  # needs the SDK

            raise fault_of_aws(error) from error
        body = self._raw(told)
        self._spend(len(body))
        return AwsAnswer(asked, body, clock.now())

    def close(self) -> None:
        """Close connections."""
        self.sdk.close()

    def _raw(self, told: Any) -> bytes:
        """Return the bytes as they came over the wire."""
        return self._body

    def _keep(self, http_response: Any, **_: object) -> None:
        self._body = http_response.content or b""

    def _spend(self, size: int) -> None:
        if size > self._limits.page_bytes:
            raise HttpFault(Fault.TOO_LARGE, Reason.PAGE_TOO_LARGE, f"{size:,} bytes")
        self._left -= size
        if self._left < 0:
            raise HttpFault(Fault.TOO_LARGE, Reason.SYNC_TOO_LARGE, "")


def _refuse_writing(model: Any, **_: object) -> None:
    if not _READING.fullmatch(model.name):
        service = str(model.service_model.service_name)
        raise AppError(
            "request.not_read_only", recovery=Recovery.BUG, method=model.name, path=service
        )


def _open(service: str, account: Account, limits: Limits) -> Any:
    try:
        import boto3
        from botocore.config import Config
        from botocore.exceptions import ProfileNotFound
    except ImportError:
        wanted = "mlops-desktop[sagemaker]"
        raise AppError(
            "source.extra_missing", recovery=Recovery.CONFIGURATION, extra=wanted
        ) from None
    config = Config(
        connect_timeout=limits.connect,
        read_timeout=limits.deadline,
        retries={"mode": "adaptive", "total_max_attempts": limits.attempts},
        proxies={"https": account.proxy, "http": account.proxy} if account.proxy else None,
    )
    try:
        session = boto3.Session(profile_name=account.profile, region_name=account.region)
    except ProfileNotFound:
        raise AppError(
            "source.profile_unknown", where="url", profile=account.profile or ""
        ) from None
    return session.client(
        service, endpoint_url=account.endpoint, verify=account.ca_file, config=config
    )
