"""Blocks of the window's thread during a tour of all pages over 100,000 models.

The first tour makes every page, the second shows what is felt all day. A block is held against
50 ms, 100 ms in the first tour, by the processor time of the window's own thread; the clock beside
it shows what a busy machine makes of it. A step that reads for long is left after a while, as
people do. ``STALLS`` names a file that takes every block with the whole stack, ``MODELS`` another
number of models.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks._large_bank import large_bank
from tests.benchmarks.measuring import Line, milliseconds, percentile

if TYPE_CHECKING:
    from tests.benchmarks._stalls import Block

_MODELS = int(os.environ.get("MODELS", "100000"))
_FIRST, _LATER = 0.1, 0.05
_TOLD = 8


def measure() -> list[Line]:
    """Go on tour twice and tell the blocks."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from tests.benchmarks._stalls import StallWatch
    from tests.benchmarks._touring import Tourist, prepare

    app = prepare()
    session, watch = large_bank(_MODELS), StallWatch()
    tourist = Tourist(app, session, watch.say)
    watch.start()
    tourist.tour()
    first, watch.blocks = watch.blocks, []
    _keep(first)
    tourist.tour()
    watch.stop()
    _keep(watch.blocks)
    tourist.close()
    session.workspace.close()
    return [*_lines("the first tour", first, _FIRST), *_lines("a later tour", watch.blocks, _LATER)]


def _keep(blocks: "list[Block]") -> None:
    if place := os.environ.get("STALLS"):
        with Path(place).open("a", encoding="utf-8") as file:
            file.writelines(
                f"{block}\n" for block in sorted(blocks, key=lambda one: -one.processor)
            )


def _lines(what: str, blocks: "list[Block]", limit: float) -> Iterator[Line]:
    from tests.benchmarks._stalls import longest

    over = [block for block in blocks if block.processor > limit]
    most = max((block.processor for block in blocks), default=0.0)
    clock = [block.clock for block in blocks] or [0.0]
    told = (
        f"longest {milliseconds(most)} of processor; {len(over)} over {milliseconds(limit)}; "
        f"by the clock p95 of blocks {milliseconds(percentile(clock, 0.95))}"
    )
    yield Line(f"blocks in {what}", told, most / limit, 1.0, 1.0)
    for block in longest(over, _TOLD):
        spent = (
            f"{milliseconds(block.processor)} of processor, {milliseconds(block.clock)} of clock"
        )
        place = " ← ".join(block.stack.split(" < ")[:3])
        yield Line(f"{what}: {block.step}", f"{spent}: `{place}`")
