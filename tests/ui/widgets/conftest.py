"""A window to put a part into."""

import pytest

from mlops_desktop.ui.window import Window
from tests.ui.conftest import MakeWindow


@pytest.fixture
def plain(make_window: MakeWindow) -> Window:
    return make_window()
