"""The one door to Amazon's services: an SDK that is there on request, and that may only read."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.core.work import IsCancelled, never
from mlops_desktop.outside.http_faults import HttpFault
from mlops_desktop.outside.http_limits import Limits
from mlops_desktop.outside.http_retry import retrying
from mlops_desktop.outside.http_watch import Watch

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
        is_cancelled: IsCancelled = never,
        limits: Limits | None = None,
    ) -> None:
        self._limits = limits or Limits()
        self._watch = Watch(is_cancelled, self._limits.connect, self._limits.sync_seconds)
        self.sdk = _open(service, account)
        from mlops_desktop.outside.aws_wire import Wire  # needs the SDK

        endpoint = self.sdk.meta.endpoint_url
        self._wire = Wire(endpoint, account.ca_file, account.proxy, self._limits, self._watch)
        events = self.sdk.meta.events
        events.register_first(f"before-parameter-build.{service}.*", _refuse_writing)
        events.register(f"before-send.{service}.*", self._wire.send)

    def ask(self, operation: str, **parameters: object) -> AwsAnswer:
        """Ask one reading operation (``list_endpoints``); raises HttpFault.

        One deadline holds for all its attempts. Any other operation raises AppError
        ``request.not_read_only`` before anything is sent.
        """
        asked = f"POST {operation} {json.dumps(parameters, sort_keys=True)}"
        with self._watch.running(self._limits.deadline):
            told = retrying(self._limits, self._watch)(self._attempt, operation, parameters)
            return AwsAnswer(asked, self._raw(told), clock.now())

    def close(self) -> None:
        """Close connections."""
        self._wire.close()
        self.sdk.close()

    def _attempt(self, operation: str, parameters: Mapping[str, object]) -> Any:
        self._watch.left()
        try:
            return getattr(self.sdk, operation)(**parameters)
        except (AppError, HttpFault):
            raise
        except Exception as error:
            from mlops_desktop.outside.aws_faults import fault_of_aws  # needs the SDK

            raise fault_of_aws(error) from error

    def _raw(self, told: Any) -> bytes:
        """Return the bytes as they came over the wire."""
        return self._wire.body


def _refuse_writing(model: Any, **_: object) -> None:
    if not _READING.fullmatch(model.name):
        service = str(model.service_model.service_name)
        raise AppError(
            "request.not_read_only", recovery=Recovery.BUG, method=model.name, path=service
        )


@cache
def _loader() -> Any:
    """Return the SDK's descriptions of services, read once a process (some 20 MB)."""
    from botocore.loaders import create_loader

    return create_loader()


def _open(service: str, account: Account) -> Any:
    try:
        import boto3
        import botocore.session
        from botocore.config import Config
        from botocore.exceptions import ProfileNotFound
    except ImportError:
        wanted = "mlops-desktop[sagemaker]"
        raise AppError(
            "source.extra_missing", recovery=Recovery.CONFIGURATION, extra=wanted
        ) from None
    # Another try is ours to decide: the SDK would sleep through a cancellation and the deadline.
    config = Config(retries={"mode": "standard", "total_max_attempts": 1})
    try:
        core = botocore.session.get_session()
        core.register_component("data_loader", _loader())
        session = boto3.Session(None, None, None, account.region, core, account.profile)
        return session.client(service, endpoint_url=account.endpoint, config=config)
    except ProfileNotFound:
        raise AppError(
            "source.profile_unknown", where="url", profile=account.profile or ""
        ) from None
