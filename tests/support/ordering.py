"""Which file begins first: where one of the long ones comes last, processors wait for it."""

from collections import Counter

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put files with a long test first, then files of many tests; within a file nothing moves."""
    sizes = Counter(item.path for item in items)
    long = {item.path for item in items if item.get_closest_marker("long")}
    items.sort(key=lambda item: (item.path not in long, -sizes[item.path], str(item.path)))
