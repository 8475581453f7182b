"""Dossiers: those of earlier days that lie in the drawer, and the one of the opening."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from pathlib import Path

from mlops_desktop.core.asof import NOW, AsOf, on
from mlops_desktop.core.inventory import number_text
from mlops_desktop.core.sampling import Draw
from mlops_desktop.core.work import Report
from mlops_desktop.services.demo.calendar import Calendar
from mlops_desktop.services.demo.data import Bank, DrawerPart, SeveralPart
from mlops_desktop.services.demo.plan import Act, Perform
from mlops_desktop.services.demo.stage import Stage
from mlops_desktop.services.dossiers import Order, Period, Population, Scope, export_dossier
from mlops_desktop.services.dossiers.export import APPROVERS
from mlops_desktop.services.dossiers.settings import SettingsWish, change_settings
from mlops_desktop.services.dossiers.templates import save_template

_AGREED = time(9, 30)
_SEALED = time(16, 20)
_FOR_THE_BOARD = (
    *("tiering", "use_cases", "limitations", "business_goals", "monitoring", "findings"),
    *("exceptions", "waivers", "overlays", "validations", "approvals", "conditions"),
    *("changes", "regulation", "glossary"),
)


def plan_drawer(bank: Bank, calendar: Calendar, folder: Path, language: str) -> Iterator[Act]:
    """Yield what was agreed with the auditors about dossiers, then the exports of earlier days."""
    first = min((calendar.moment(part.sealed, _AGREED) for part in bank.drawer), default=None)
    if first is not None:
        yield Act(first, _agree)
    for part in bank.drawer:
        at = calendar.moment(part.sealed, _SEALED)
        yield Act(at, _export(part, drawer_path(part, folder), language))
    for one in bank.several:
        at = calendar.moment(one.sealed, _SEALED)
        yield Act(at, _export_several(one, several_path(one, folder), language))


def _agree(stage: Stage) -> None:
    """Keep what the Vorstand is shown, and how long dossiers are kept."""
    save_template(stage.session, "Vorstand", _FOR_THE_BOARD)
    change_settings(stage.session, SettingsWish("confidential", retention_months=120))


def drawer_path(part: DrawerPart, folder: Path) -> Path:
    """Return where a dossier of an earlier day lies."""
    return folder / f"{number_text(part.model)}-{part.at}.pdf"


def _export(part: DrawerPart, path: Path, language: str) -> Perform:
    def perform(stage: Stage) -> None:
        as_of = on(stage.calendar.day(part.at))
        order = Order(number_text(part.model), path, language, as_of)
        export_dossier(stage.session, order, stage.unlock)

    return perform


def several_path(part: SeveralPart, folder: Path) -> Path:
    """Return where a dossier about several models lies."""
    return folder / f"{part.name}-{part.at}.pdf"


def _export_several(part: SeveralPart, path: Path, language: str) -> Perform:
    def perform(stage: Stage) -> None:
        day = stage.calendar.day(part.at)
        order = Order("", path, language, on(day), scope=Scope.PORTFOLIO)
        if part.profile:
            period = Period(stage.calendar.day(part.since), day)
            order = replace(order, scope=Scope.REGULATOR, profile=part.profile, period=period)
        else:
            order = replace(order, population=Population(draw=Draw(part.sample, part.seed)))
        export_dossier(stage.session, order, stage.unlock)

    return perform


def export_now(stage: Stage, bank: Bank, folder: Path, language: str, report: Report) -> Path:
    """Export the dossier of the day of opening and return where it lies."""
    as_of: AsOf = NOW
    number = number_text(bank.dossier)
    path = folder / f"{number}.pdf"
    order = Order(number, path, language, as_of, signers=(APPROVERS,))
    export_dossier(stage.session, order, stage.unlock, report)
    return path
