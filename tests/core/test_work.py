"""Long work says how far it is and stops with the code that whoever began it gave."""

import pytest

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.core.work import QUIET, Work


def test_each_step_is_heard_and_counted() -> None:
    heard: list[tuple[str, int, int | None]] = []
    work = Work(lambda step, done, total: heard.append((step, done, total)))
    work.tell("care.copying", 1, None)
    work.heard("care.checking")(2, 3)
    QUIET.tell("nobody", 0, None)
    assert heard == [("care.copying", 1, None), ("care.checking", 2, 3)]


def test_work_that_nobody_wants_stops_with_its_own_code_before_it_is_heard() -> None:
    heard: list[str] = []
    work = Work(lambda step, done, total: heard.append(step), lambda: True, "care.cancelled")
    with pytest.raises(AppError) as refused:
        work.tell("care.copying", 1, 2)
    assert (refused.value.code, refused.value.recovery, heard) == (
        "care.cancelled", Recovery.RETRY, [],
    )  # fmt: skip
