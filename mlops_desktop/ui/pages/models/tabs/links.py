"""Links: the models this one feeds, is fed by, challenges, …; each leads to the other."""

from functools import partial

from mlops_desktop.services.model_links import Linked
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.models.said import say_moment
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.pages.models.tabs.base import FactTab
from mlops_desktop.ui.widgets.sections import Fact, Group


class LinksTab(FactTab):
    """Links to other models, with the day since and when the other last changed."""

    title = "links.tab"
    order = 62

    def show_model(self, shown: Shown) -> None:
        """Show every model linked to ``shown``."""
        facts = tuple(_fact(self.context, one) for one in shown.links)
        lead = self.context.say("links.lead" if facts else "links.none")
        self.sections.show_groups((Group("", facts, lead=lead),))


def _fact(context: Context, one: Linked) -> Fact:
    told = context.say(
        "links.line",
        id=one.model.id,
        name=one.model.name,
        since=say_moment(context, one.since),
        changed=say_moment(context, one.updated_at),
    )
    text = f"{told}\n{one.note}" if one.note else told
    go = partial(context.show_page, "models", one.model.id)
    return Fact(context.say(f"dossier.codes.{one.code}"), text, go=go)
