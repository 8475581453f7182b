"""Feedback: what experts say misses the business, counted by reason and segment."""

from PySide6.QtWidgets import QHBoxLayout

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.feedback import Count, count_feedback
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.pages.models.tabs.base import FactTab
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.widgets.sections import Fact, Group


class FeedbackTab(FactTab):
    """The counts of a model's feedback; the cases themselves are on the page of items."""

    title = "feedback.tab"
    order = 64

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        row = QHBoxLayout()
        row.setContentsMargins(0, 10, 0, 0)
        row.addWidget(ActionButton(context.actions.action("model.feedback"), icon="add"))
        row.addStretch()
        self.column.insertLayout(0, row)

    def show_model(self, shown: Shown) -> None:
        """Ask for the counts of ``shown``."""
        context, key = self.context, shown.sheet.row.id
        session, as_of = context.session, context.as_of

        def ask(progress: Progress) -> tuple[Count, ...]:
            return count_feedback(session, key, as_of)

        def tell(found: tuple[Count, ...]) -> None:
            self.sections.show_groups((_group(context, found),))

        name = context.say("feedback.reading")
        context.jobs.submit_read(name, ask, tell, self._fail, key="models:feedback")

    def _fail(self, error: AppError) -> None:
        self.context.show_error(error)


def _group(context: Context, found: tuple[Count, ...]) -> Group:
    if not found:
        return Group("", lead=context.say("feedback.none"))
    facts = tuple(_fact(context, one) for one in found)
    return Group(context.say("feedback.counts"), facts)


def _fact(context: Context, one: Count) -> Fact:
    number = context.language.number
    cause = one.cause or context.say("feedback.unnamed")
    told = {"cause": cause, "segment": one.segment}
    name = context.say("feedback.cause_in", **told) if one.segment else cause
    value = context.say("feedback.count", cases=number(one.cases), open=number(one.open))
    return Fact(name, value)
