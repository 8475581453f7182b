"""Page by page: each answer is looked at just enough to know that it is a page, and the next."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import msgspec

from mlops_desktop.outside.http import Answer
from mlops_desktop.outside.http_faults import Fault, HttpFault, Reason
from mlops_desktop.outside.http_json import peek_json

_MOST_PAGES = 2000
_NEXT = "next_page_token"


class _Peek(msgspec.Struct, frozen=True):
    next_page_token: str | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A listing to be read whole: the field that holds its rows, and how to ask for a page."""

    field: str
    ask: Callable[[str], Answer]

    def pages(self) -> Iterator[Answer]:
        """Yield every page in order.

        Raises HttpFault ``protocol`` for what is no such page, for a page token that comes twice,
        and after 2,000 pages; and what asking raises.
        """
        token, seen = "", set[str]()
        for _ in range(_MOST_PAGES):
            answer = self.ask(token)
            token = self._next_token(answer.body)
            yield answer
            if not token:
                return
            if token in seen:
                raise HttpFault(Fault.PROTOCOL, Reason.REPEATED_PAGE, self.field)
            seen.add(token)
        raise HttpFault(Fault.PROTOCOL, Reason.ENDLESS_PAGING, self.field)

    def _next_token(self, body: bytes) -> str:
        fields = peek_json(body, dict[str, msgspec.Raw])
        # An empty listing is {}; another object without the rows is some other answer.
        if self.field not in fields and fields.keys() - {_NEXT}:
            raise HttpFault(Fault.PROTOCOL, Reason.UNEXPECTED_SHAPE, self.field)
        return peek_json(body, _Peek).next_page_token or ""
