"""Text for terminals: nothing invisible, columns aligned."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.cli.text import pairs, table, visible, width


@given(st.text())
def test_nothing_invisible_is_left(text: str) -> None:
    left = {unicodedata.category(mark) for mark in visible(text)}
    assert left.isdisjoint({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_what_can_be_seen_stays_as_it_is(text: str) -> None:
    assert visible(text) == text


@given(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8)), min_size=1, max_size=5))
def test_columns_are_aligned(rows: list[tuple[str, str]]) -> None:
    lines = table(("A", "B"), rows).split("\n")
    assert len(lines) == len(rows) + 1
    first = max(width(visible(text)) for text in ["A", *(row[0] for row in rows)])
    for line, (name, value) in zip(lines[1:], rows, strict=True):
        padded = visible(name) + " " * (first - width(visible(name))) + "  " + visible(value)
        assert line == padded.rstrip()


def test_no_rows_are_said_to_be_none() -> None:
    assert table(("A", "B"), []) == "Nothing to list."


def test_wide_characters_take_two_columns() -> None:
    assert [width(text) for text in ("ab", "信用", "e\u0301")] == [2, 4, 1]


def test_on_a_narrow_terminal_the_widest_column_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "30")
    lines = table(("ID", "NAME"), [("M-00001", "x" * 80)]).split("\n")
    assert lines[1] == "M-00001  " + "x" * 20 + "…"
    monkeypatch.undo()
    assert "x" * 80 in table(("ID", "NAME"), [("M-00001", "x" * 80)])


def test_pairs_leave_out_what_is_empty_and_indent_further_lines() -> None:
    told = pairs([("Name", "a\nb"), ("Nothing", None), ("Tier", 1)])
    assert told == "Name  a\n      b\nTier  1"
