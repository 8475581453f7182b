"""What the workspace gives every dossier: class of confidentiality, retention, logo."""

from collections.abc import Iterator, Mapping

from mlops_desktop.services.dossiers.settings import DossierSettings, read_settings
from mlops_desktop.ui.actions import Deed
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.dossiers.classes import say_class
from mlops_desktop.ui.pages.settings.dossier_forms import ask_settings, say_months
from mlops_desktop.ui.pages.settings.facts import FactsSection
from mlops_desktop.ui.pages.settings.parts import SectionSpec
from mlops_desktop.ui.pages.settings.said import fact, say
from mlops_desktop.ui.widgets.sections import Fact, Group


def _groups(context: Context, found: DossierSettings) -> tuple[Group, ...]:
    facts = tuple(_facts(context, found))
    return (Group(say(context, "dossiers.title"), facts, say(context, "dossiers.lead")),)


def _facts(context: Context, settings: DossierSettings) -> Iterator[Fact]:
    yield fact(context, "classification", say_class(context, settings.classification or "") or None)
    months = settings.retention_months
    yield fact(context, "retention", say_months(context, months) if months else None)
    logo = f"SHA-256 {settings.logo}" if settings.logo else None
    yield fact(context, "logo", logo)


class Dossiers(FactsSection[DossierSettings]):
    """The settings in force, and the form that changes them."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "dossiers", read_settings, _groups)

    def top(self) -> tuple[str, ...]:
        return ("settings.dossiers",)

    def deeds(self) -> Mapping[str, Deed]:
        """Return the one change."""
        return {"settings.dossiers": (self._ask, self._can)}

    def _can(self) -> bool:
        return self.is_open() and self.found is not None

    def _ask(self) -> None:
        if self.found is not None:
            ask_settings(self.context, self.found, self.window())


SECTION = SectionSpec("dossiers", 40, Dossiers, frozenset({"dossier_settings"}))
