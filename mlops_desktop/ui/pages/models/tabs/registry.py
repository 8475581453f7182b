"""Registry: what sources tell about this model, and what they no longer tell."""

from mlops_desktop.services.rows import EntryRow
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.models.said import fact, say_moment, say_source
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.pages.models.tabs.base import FactTab
from mlops_desktop.ui.text import later, tr
from mlops_desktop.ui.widgets.chips import Status
from mlops_desktop.ui.widgets.sections import Fact, Group


class RegistryTab(FactTab):
    """Entries of registries that belong to this model."""

    title = later("Registry")
    order = 90

    def show_model(self, shown: Shown) -> None:
        """Show every entry of ``shown``, those gone and renamed too."""
        groups = tuple(_group(self.context, row) for row in shown.sheet.entries)
        nothing = Group("", lead=tr("No source lists this model; it was registered by hand."))
        self.sections.show_groups(groups or (nothing,))


def _group(context: Context, row: EntryRow) -> Group:
    entry = row.entry
    title = tr("{a} / {b}", a=say_source(context, entry.source), b=entry.name)
    facts = [
        fact(context, "native_id", entry.native_id),
        fact(context, "description", entry.description or "", "source_silent"),
        _pairs(context, "aliases", tuple(f"{pair.name} → {pair.value}" for pair in entry.aliases)),
        _pairs(context, "tags", tuple(f"{pair.name} = {pair.value}" for pair in entry.tags)),
        fact(context, "created_at", context.language.time(entry.created_at), "source_silent"),
        fact(context, "updated", context.language.time(entry.updated_at), "source_silent"),
        fact(context, "seen_at", say_moment(context, row.seen_at)),
        fact(context, "evidence", row.seen_digest),
    ]
    if row.missing_since:
        facts.insert(0, fact(context, "missing_since", say_moment(context, row.missing_since)))
    if row.renamed_to:
        facts.insert(0, fact(context, "renamed_to", row.renamed_to))
    return Group(title, tuple(facts), status=_status(row))


def _pairs(context: Context, field: str, said: tuple[str, ...]) -> Fact:
    return fact(context, field, "\n".join(said), "source_silent")


def _status(row: EntryRow) -> Status:
    if row.renamed_to:
        return Status("warn", tr("renamed at the source"))
    if row.missing_since:
        return Status("bad", tr("gone at the source"))
    return Status("good", tr("listed"))
