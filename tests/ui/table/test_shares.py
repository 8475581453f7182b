"""Columns share the room of a list."""

import pytest

from mlops_desktop.ui.table.shares import Leasts, give_rest, level_room, share_room, share_whole


@pytest.mark.parametrize("room", [0, 199, 240, 330, 900])
def test_the_widest_columns_are_cut_to_one_level(room: int) -> None:
    least, most = [50, 50, 50, 49], [300, 60, 200, 49]
    widths = level_room(least, most, room)
    assert sum(widths) <= max(room, sum(least))
    assert all(low <= at <= high for low, at, high in zip(least, widths, most, strict=True))
    cut = {at for at, high in zip(widths, most, strict=True) if at < high}
    assert len(cut) <= 1, "what is cut is cut alike"


def test_room_goes_where_it_makes_something_whole() -> None:
    assert share_whole([50, 50, 50], [150, 60, 75], 190) == [50, 60, 75]
    assert share_whole([50, 50, 50], [50, 40, 90], 180) == [50, 50, 50]
    assert share_room([50, 50, 50], [150, 60, 75], (0, 1, 2), 190) == [90, 50, 50]


def _leasts() -> Leasts:
    return Leasts(
        titled=[[80, 90]], bare=[[60, 50], [40, 30]], half=[150, 0], third=[120, 0],
        most=[100, 0], words=[70, 60], names=[True, False],
    )  # fmt: skip


def test_titles_are_cut_before_a_name_and_a_name_before_one_of_its_words() -> None:
    tried = list(_leasts())
    assert tried[0] == [150, 90]
    assert tried.index([120, 90]) < tried.index([120, 30]) < tried.index([70, 30])
    assert tried.index([120, 90]) < tried.index([100, 90]) < tried.index([120, 50])
    assert tried[-1] == [40, 30]
    assert tried[0:1] == sorted(tried, key=sum, reverse=True)[0:1]


def test_a_name_is_given_its_words_and_then_its_lines() -> None:
    assert _leasts().shared([40, 30], 105) == [75, 30]
    assert _leasts().shared([40, 30], 300) == [120, 60]


def test_what_is_left_goes_to_long_texts_before_a_name_that_stands_whole() -> None:
    widths, flexible = [100, 200, 200], [True, False, False]
    assert give_rest(widths, [False, True, True], flexible, 700) == [100, 300, 300]
    assert give_rest(widths, [False] * 3, flexible, 700) == [300, 200, 200]
    assert give_rest(widths, [False, True, True], flexible, 400) == widths
