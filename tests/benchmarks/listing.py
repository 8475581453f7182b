"""The list of 100,000 models in the real window: from a key to the painted list, in any order.

A key every tenth of a second, the page Models with everything on it, a file as banks have it:
encrypted. The limit is two frames of a 60 Hz screen, the goal one. Counting how many models fit
goes on beside it and is not waited for.
"""

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from mlops_desktop.core.lifecycle import Scope
from mlops_desktop.services.filtering import parse_filter
from mlops_desktop.services.models import ModelFilter, SortBy, count_models, list_models
from mlops_desktop.services.session import Session
from tests.benchmarks.inventory import fill
from tests.benchmarks.measuring import Line, milliseconds, percentile
from tests.benchmarks.workspaces import found_bank, own_folder

if TYPE_CHECKING:
    from tests.benchmarks._desk import TypingDesk

_MODELS = 100_000
_FRAME = 1 / 60
_PAGE = 64
_TYPED = ("credit", "anna smith", "0004217", "zoe", "gdpr basel", "var de", "xyzzy", "tier:1 lgd")
_ORDERS = (
    (SortBy.NUMBER, False),
    (SortBy.NAME, False),
    (SortBy.OWNER, True),
    (SortBy.TIER, False),
    (SortBy.NEXT_REVIEW, False),
)


def measure() -> list[Line]:
    """Type, sort and scroll, and ask the same of the queries alone."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tests.benchmarks._desk import TypingDesk

    with own_folder() as folder:
        session = found_bank(folder / "bank.mrm")
        fill(session, _MODELS)
        asked = [*_queries(session)]
        desk = TypingDesk(session)
        lines = [*_typing(desk), *_moving(desk)]
        desk.close()
        session.workspace.close()
    return [*lines, *asked]


def _typing(desk: "TypingDesk") -> Iterator[Line]:
    every: list[float] = []
    for sort, is_descending in _ORDERS:
        desk.sort(sort.value, is_descending=is_descending)
        found = [took for words in _TYPED for took in desk.type(words)]
        every += found
        yield _frames(f"key to painted list, by {_said(sort, is_descending)}", found)
    yield _frames("key to painted list, all orders", every)


def _moving(desk: "TypingDesk") -> Iterator[Line]:
    sorted_by = [desk.sort(sort.value, is_descending=down) for sort, down in _ORDERS * 4]
    yield _frames("another order to painted list", sorted_by)
    yield _frames("a wheel's step to painted list", desk.scroll(60, step=3))
    yield _frames("a jump anywhere to painted rows", desk.scroll(20, step=_MODELS // 21))


def _said(sort: SortBy, is_descending: bool) -> str:
    name = sort.value.replace("_", " ")
    return f"{name} from the end" if is_descending else name


def _frames(what: str, found: list[float]) -> Line:
    middle, most = percentile(found, 0.5), percentile(found, 0.95)
    within = sum(took <= _FRAME for took in found) / len(found)
    told = (
        f"median {milliseconds(middle)}, p95 {milliseconds(most)}, "
        f"{within:.0%} of {len(found)} in one frame"
    )
    return Line(what, told, most / _FRAME, 2.0, 1.0, "frames")


def _queries(session: Session) -> Iterator[Line]:
    wanted = [
        replace(parse_filter(words[:end]), sort=sort, is_descending=down)
        for sort, down in _ORDERS
        for words in _TYPED
        for end in range(1, len(words) + 1)
        if not words[:end].endswith(":")
    ]
    pages = [_timed(partial(list_models, session, one, limit=_PAGE)) for one in wanted]
    yield _plain("of this, the query of a page", pages)
    every = {replace(one, sort=SortBy.NUMBER, is_descending=False) for one in wanted}
    counts = [_timed(partial(count_models, session, one)) for one in every]
    yield _plain("counting what fits, beside it", counts)
    whole = ModelFilter(scope=Scope.ALL)
    yield _plain("counting all", [_timed(partial(count_models, session, whole)) for _ in range(5)])


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _plain(what: str, found: list[float]) -> Line:
    told = [milliseconds(percentile(found, share)) for share in (0.5, 0.95, 1)]
    return Line(what, f"median {told[0]}, p95 {told[1]}, at most {told[2]}")
