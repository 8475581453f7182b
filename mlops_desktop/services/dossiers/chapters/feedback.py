"""Experts' feedback: counted by reason and segment, then each case with its answer."""

from mlops_desktop.core.asof import AsOf
from mlops_desktop.dossier.content import Chapter, Grid, Part
from mlops_desktop.services.dossiers import cells
from mlops_desktop.services.dossiers.items import items_chapter
from mlops_desktop.services.feedback import read_counts
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.store.unit_of_work import ReadSession

ORDER = 47
_COLUMNS = ("feedback_cause", "feedback_segment", "feedback_cases", "feedback_open")
MOST_CASES = 50
"""So many cases are printed each; of more the counts speak."""
_cases = items_chapter("feedback")


def build(view: ReadSession, sheet: ModelSheet, as_of: AsOf) -> Chapter:
    """Return the counts, and the cases themselves where there are not more than fifty."""
    counts = read_counts(view, sheet.row.key, as_of)
    if not counts:
        return Chapter("feedback", cells.NOT_YET)
    rows = tuple(
        (
            cells.text(one.cause or "–"),
            cells.text(one.segment or "–"),
            cells.count(one.cases),
            cells.count(one.open),
        )
        for one in counts
    )
    parts = (Part("feedback_counts", grid=Grid(_COLUMNS, rows)),)
    if sum(one.cases for one in counts) > MOST_CASES:
        return Chapter("feedback", parts)
    told = _cases(view, sheet, as_of).parts
    return Chapter("feedback", (*parts, *told) if isinstance(told, tuple) else parts)
