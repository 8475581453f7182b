"""Page by page: each answer is looked at just enough to know that it is a page, and the next."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import msgspec

from mlops_desktop.outside.http import Answer
from mlops_desktop.outside.http_faults import Fault, HttpFault, Reason
from mlops_desktop.outside.http_json import peek_json
from mlops_desktop.sources.rest import by_token

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
        return by_token(self.ask, self._next_token, self.field)

    def _next_token(self, answer: Answer) -> str:
        fields = peek_json(answer.body, dict[str, msgspec.Raw])
        # An empty listing is {}; another object without the rows is some other answer.
        if self.field not in fields and fields.keys() - {_NEXT}:
            raise HttpFault(Fault.PROTOCOL, Reason.UNEXPECTED_SHAPE, self.field)
        return peek_json(answer.body, _Peek).next_page_token or ""
