"""A warning in the log that nobody expected is a failure."""

import logging
import re
from collections.abc import Iterator

import pytest

_HARMLESS = {
    "Matplotlib is building the font cache": "once for each new cache folder, and only a notice",
}


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(f"{record.levelname} {record.name}: {record.getMessage()}")


def _judge(messages: list[str], expected: list[str]) -> Iterator[str]:
    known = [*expected, *map(re.escape, _HARMLESS)]
    for message in messages:
        if not any(re.search(pattern, message) for pattern in known):
            yield f"unexpected in the log: {message}"
    for pattern in expected:
        if not any(re.search(pattern, message) for message in messages):
            yield f"expected in the log, never written: {pattern}"


@pytest.fixture(autouse=True)
def _log_is_quiet(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail on a record of WARNING or above, unless ``@pytest.mark.logs(pattern)`` expects it."""
    collector = _Collector()
    root = logging.getLogger()
    root.addHandler(collector)
    yield
    root.removeHandler(collector)
    expected = [str(mark.args[0]) for mark in request.node.iter_markers("logs")]
    faults = list(_judge(collector.messages, expected))
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)
