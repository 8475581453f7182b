"""Page by page: each answer is looked at just enough to know that it is a page, and the next."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

import msgspec

from mlops_desktop.outside.http import Answer
from mlops_desktop.outside.http_faults import Fault, HttpFault, Reason
from mlops_desktop.outside.http_json import peek_json
from mlops_desktop.sources.rest import by_token

_NULL = b"null"
Following = Callable[[Answer], str]


@dataclass(frozen=True, slots=True)
class Paging:
    """A listing to be read whole: the field that holds its rows, how to ask for a page, the next.

    ``following`` returns the token of the next page, empty at the end.
    """

    field: str
    ask: Callable[[str], Answer]
    following: Following

    def pages(self) -> Iterator[Answer]:
        """Yield every page in order.

        Raises HttpFault ``protocol`` for what is no such page, for a page token that comes twice,
        and after 2,000 pages; and what asking raises.
        """
        return by_token(self.ask, self._next_token, self.field)

    def _next_token(self, answer: Answer) -> str:
        self.count(answer.body)
        return self.following(answer)

    def count(self, body: bytes) -> int:
        """Return how many rows a page holds: an empty object is a page without any.

        Raises HttpFault ``protocol`` for what is no such page.
        """
        if not self.field:
            return len(peek_json(body, list[msgspec.Raw]))
        fields = peek_json(body, dict[str, msgspec.Raw])
        if self.field in fields:
            rows = bytes(fields[self.field])
            return 0 if rows == _NULL else len(peek_json(rows, list[msgspec.Raw]))
        if not _tells_next(fields):
            raise HttpFault(Fault.PROTOCOL, Reason.UNEXPECTED_SHAPE, self.field)
        return 0


def _tells_next(fields: dict[str, msgspec.Raw]) -> bool:
    return all("next" in name.lower() for name in fields)


def require(body: bytes, field: str) -> None:
    """Refuse an answer about one thing that lacks the field it is known by; raises HttpFault."""
    if field not in peek_json(body, dict[str, msgspec.Raw]):
        raise HttpFault(Fault.PROTOCOL, Reason.UNEXPECTED_SHAPE, field)


def token_in(name: str) -> Following:
    """Return how to read the next page's token from a field of the answer."""

    def following(answer: Answer) -> str:
        told = bytes(peek_json(answer.body, dict[str, msgspec.Raw]).get(name, b"null"))
        return "" if told == _NULL else peek_json(told, str)

    return following


def query_of_link(answer: Answer) -> str:
    """Return the query of the next page, named by the field ``nextLink``, an address.

    Only its query is taken: the page is asked for at the address that is configured.
    """
    return urlsplit(token_in("nextLink")(answer)).query


def query_of_header(answer: Answer) -> str:
    """Return the query of the next page, named by the Link header (RFC 8288); as above."""
    for part in answer.link.split(","):
        address, _, relation = part.partition(";")
        if 'rel="next"' in relation.replace(" ", ""):
            return urlsplit(address.strip(" <>")).query
    return ""


def as_query(token: str) -> dict[str, str]:
    """Return a query that was a token as the query it is."""
    return dict(parse_qsl(token, keep_blank_values=True))
