"""Listings of the service, page by page: each page names the next one by a token."""

from collections.abc import Callable, Iterator

import msgspec

from mlops_desktop.outside.aws import AwsAnswer
from mlops_desktop.outside.http_faults import Fault, HttpFault, Reason
from mlops_desktop.outside.http_json import peek_json
from mlops_desktop.sources.rest import by_token


class _Peek(msgspec.Struct, frozen=True):
    NextToken: str | None = None


def read_pages(ask: Callable[[str], AwsAnswer], field: str) -> Iterator[AwsAnswer]:
    """Yield every page; raises HttpFault for a token that comes twice, and without an end."""

    def following(answer: AwsAnswer) -> str:
        if field not in peek_json(answer.body, dict[str, msgspec.Raw]):
            raise HttpFault(Fault.PROTOCOL, Reason.UNEXPECTED_SHAPE, field)
        return peek_json(answer.body, _Peek).NextToken or ""

    return by_token(ask, following, field)
