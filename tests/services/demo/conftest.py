"""The sample bank, looked at on the day it was built, with the keys made beside it."""

from collections.abc import Iterator

import pytest

from mlops_desktop.services import workspaces
from mlops_desktop.services.demo import DemoResult, surroundings
from mlops_desktop.services.session import Session


@pytest.fixture
def demo(sample_bank: DemoResult, on_opening_day: None) -> DemoResult:
    """The sample bank, on the day on which it was built."""
    return sample_bank


@pytest.fixture
def session(demo: DemoResult) -> Iterator[Session]:
    """Its workspace, opened with the demo's own keys."""
    with surroundings(demo.folder):
        opened = workspaces.open_workspace(str(demo.place))
        yield opened
        opened.workspace.close()
