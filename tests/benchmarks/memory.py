"""Memory of the window over ten tours of all pages, once all that it keeps is loaded.

Over 1,000 models, whose lists and details are made of the same widgets as those of 100,000; MODELS
names another number. Counted are the resident memory, the widgets of Qt and the objects of Python;
circles are searched before.
"""

import gc
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks._large_bank import large_bank
from tests.benchmarks.measuring import Line

if TYPE_CHECKING:
    from tests.benchmarks._touring import Tourist

_MODELS = int(os.environ.get("MODELS", "1000"))
_LOADING, _TOURS = 2, 10
_PAGE = os.sysconf("SC_PAGE_SIZE")


def measure() -> list[Line]:
    """Load everything by two tours, then compare after each of ten."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tests.benchmarks._touring import Tourist, prepare

    app = prepare()
    session = large_bank(_MODELS)
    tourist = Tourist(app, session, lambda _: None)
    for _ in range(_LOADING):
        tourist.tour()
    objects, sizes = [_objects(tourist)], [_resident()]
    for _ in range(_TOURS):
        tourist.tour()
        objects.append(_objects(tourist))
        sizes.append(_resident())
    tourist.close()
    session.workspace.close()
    return [*_memory(sizes, objects)]


def _memory(sizes: list[int], objects: list[Counter[str]]) -> Iterator[Line]:
    grown = ", ".join(f"{(size - sizes[0]) / 2**20:+.1f}" for size in sizes[1:])
    yield Line(
        "memory once all is loaded, then after each tour", f"{sizes[0] / 2**20:,.0f} MB; {grown}"
    )
    middle = len(sizes) // 2
    late = sizes[-1] / sizes[middle]
    yield Line("after the last tour against the fifth", f"{late - 1:+.2%}", late, 1.02, 1.01)
    counts = [sum(found.values()) for found in (objects[middle], objects[-1])]
    told = f"{counts[1]:,} against {counts[0]:,}"
    yield Line(
        "objects after the last tour against the fifth", told, counts[1] / counts[0], 1.02, 1.01
    )
    named = (objects[-1] - objects[middle]).most_common(5)
    yield Line(
        "of these, most", ", ".join(f"{name} {number:+}" for name, number in named) or "none"
    )


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE


def _objects(tourist: "Tourist") -> Counter[str]:
    gc.unfreeze()
    gc.collect()
    tourist.rest()
    gc.unfreeze()  # the window left everything out again meanwhile
    gc.collect()
    found = Counter(type(one).__name__ for one in gc.get_objects())
    found["widgets of Qt"] = len(tourist.app.allWidgets())
    gc.freeze()
    return found
