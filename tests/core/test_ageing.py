"""Bands of age: every finding counts once, in the band its days fall in."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.ageing import BANDS, Open, age, band_of, span_of

ON = date(2026, 11, 28)
opened = st.builds(
    Open, st.integers(0, 2), st.dates(ON - timedelta(days=900), ON), st.booleans()
)  # fmt: skip


@given(st.lists(opened))
def test_every_open_finding_counts_once(found: list[Open]) -> None:
    ageing = age(found, ON)
    assert sum(map(sum, ageing.counts)) == len(found)
    assert sum(ageing.late) == sum(one.is_late for one in found)
    assert all(late <= sum(line) for late, line in zip(ageing.late, ageing.counts, strict=True))


@given(st.integers(0, 2000))
def test_bands_meet_without_gap_or_overlap(days: int) -> None:
    spans = [span_of(band) for band in range(BANDS)]
    inside = [
        band
        for band, (least, most) in enumerate(spans)
        if least <= days and (most is None or days <= most)
    ]
    assert inside == [band_of(days)]
