"""Planned reports that are due and not drafted yet, for who planned them."""

from collections.abc import Iterator

from mlops_desktop.services.notices.nouns import Asked, Notice
from mlops_desktop.services.reports.plans import sheet_of
from mlops_desktop.store.queries.report_plans import list_drafts, list_plans

KIND = "report"


def find(asked: Asked) -> Iterator[Notice]:
    """Yield each due day by ``until`` for which nothing was drafted."""
    connection = asked.view.connection
    drafts = list_drafts(connection)
    for row in list_plans(connection):
        for day in sheet_of(row, drafts, asked.until).missed:
            title = row.plan.title.text if row.plan.title is not None else None
            yield Notice(KIND, f"{row.name}/{day}", day, (row.person,), title=title or "")
