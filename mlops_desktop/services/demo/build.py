"""Builds the sample workspace: founds it, lets two years happen in it, exports and verifies."""

from datetime import datetime
from itertools import chain
from pathlib import Path

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.core.identity import Role
from mlops_desktop.core.work import Report
from mlops_desktop.services import people, workspaces
from mlops_desktop.services.certification import unlock_authority
from mlops_desktop.services.demo.archive import plan_archive, read_archive
from mlops_desktop.services.demo.attestations import plan_campaigns, read_campaigns
from mlops_desktop.services.demo.ballots import plan_approvals
from mlops_desktop.services.demo.calendar import Calendar
from mlops_desktop.services.demo.committee import plan_committee, read_committee
from mlops_desktop.services.demo.data import (
    Bank,
    read_bank,
    read_models,
    read_registry,
    read_requests,
)
from mlops_desktop.services.demo.day_one import plan_day_one, read_day_one
from mlops_desktop.services.demo.delivery import plan_delivery, read_delivery
from mlops_desktop.services.demo.drawer import plan_drawer
from mlops_desktop.services.demo.entities import plan_group, read_group
from mlops_desktop.services.demo.experts import plan_experts, read_experts
from mlops_desktop.services.demo.extract import plan_extract, read_extract_part
from mlops_desktop.services.demo.findings import read_findings
from mlops_desktop.services.demo.finish import finish
from mlops_desktop.services.demo.holdings import plan_declarations, plan_models
from mlops_desktop.services.demo.items import plan_items, read_items
from mlops_desktop.services.demo.landscape import read_landscape
from mlops_desktop.services.demo.monitoring import plan_monitoring, read_monitoring
from mlops_desktop.services.demo.oversight import plan_oversight, read_oversight
from mlops_desktop.services.demo.own_fields import plan_own_fields, read_own_fields
from mlops_desktop.services.demo.personnel import plan_personnel, read_personnel
from mlops_desktop.services.demo.persons import make_passphrase, plan_people
from mlops_desktop.services.demo.pipelines import plan_pipelines, read_lake
from mlops_desktop.services.demo.plan import Act, Hours, perform
from mlops_desktop.services.demo.platform import plan_platform, read_platform
from mlops_desktop.services.demo.readings import plan_sources
from mlops_desktop.services.demo.regulation import plan_regulation
from mlops_desktop.services.demo.reports import plan_reports
from mlops_desktop.services.demo.result import DemoResult
from mlops_desktop.services.demo.stage import Stage
from mlops_desktop.services.demo.surroundings import surroundings
from mlops_desktop.services.demo.tiers import plan_tiers, read_tiering
from mlops_desktop.services.demo.validations import plan_validations
from mlops_desktop.services.workspaces import NewWorkspace

_FOUNDER_ROLES = (Role.RISK_MANAGER, Role.ADMINISTRATOR)


def build_demo(folder: Path, report: Report, language: str = "en") -> DemoResult:
    """Build the sample workspace of Elbmark Bank in ``folder``, without a network.

    The folder is made; it must be new or empty. Keys and passphrases are throw-away and stay in
    it: open the workspace inside :func:`surroundings`. History ends on the evening before today.
    ``language`` is that of the dossier and the list of persons. Raises ``demo.folder_in_use``,
    ``demo.clock_too_early``, ``demo.file_malformed``.
    """
    bank = read_bank()
    now = clock.now()
    calendar = Calendar(now.date())
    _check_clock(bank, calendar)
    _prepare(folder)
    with surroundings(folder):
        stage = _found(bank, folder.resolve(), calendar, report)
        try:
            perform(stage, _plan(bank, calendar, folder, language, now), report)
            return finish(stage, bank, folder.resolve(), language, report)
        finally:
            stage.session.workspace.close()


def _check_clock(bank: Bank, calendar: Calendar) -> None:
    earliest = calendar.day(bank.earliest_opening)
    if calendar.opening < earliest:
        raise AppError(
            "demo.clock_too_early",
            recovery=Recovery.CONFIGURATION,
            today=calendar.opening.isoformat(),
            earliest=earliest.isoformat(),
        )


def _prepare(folder: Path) -> None:
    path = str(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise AppError("demo.folder_in_use", where=path, path=path)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def _found(bank: Bank, folder: Path, calendar: Calendar, report: Report) -> Stage:
    """Found the workspace on the first day; the founder's key and the authority's are unlocked."""
    report("demo.founding", 0, None)
    passphrases = {part.name: make_passphrase() for part in bank.person}
    secret = passphrases[bank.founder]
    first = calendar.moment(bank.first_day, Hours.ENROL)
    with clock.reading(lambda: first):
        session = workspaces.create_workspace(
            NewWorkspace(
                str(folder / bank.file), bank.name, bank.founder, secret, roles=_FOUNDER_ROLES
            )
        )
    founder = people.show_person(session, bank.founder)
    stage = Stage(session, calendar, unlock_authority(session, lambda: secret), passphrases)
    stage.people[bank.founder] = founder.id
    stage.credentials[founder.id] = people.unlocker(session, lambda: secret)(founder)
    return stage


def _plan(bank: Bank, calendar: Calendar, folder: Path, language: str, now: datetime) -> list[Act]:
    models, registry, group = read_models(), read_registry(), read_group()
    return list(
        chain(
            plan_people(bank, calendar),
            plan_group(bank, group, calendar),
            plan_validations(group.validation, calendar),
            plan_models(bank, models, calendar, group),
            plan_declarations(bank, calendar),
            plan_tiers(bank, models, read_tiering(), calendar),
            plan_own_fields(read_own_fields(), calendar),
            plan_items((*read_items(), *read_findings(), *read_landscape()), calendar),
            plan_personnel(read_personnel(), calendar),
            plan_campaigns(read_campaigns(), calendar),
            plan_sources(bank, models, registry, calendar),
            plan_archive(read_archive(), calendar, folder),
            plan_platform(read_platform(), calendar, folder),
            plan_day_one(read_day_one(), models, calendar, folder),
            plan_approvals(read_requests(), calendar),
            plan_oversight(read_oversight(), calendar),
            plan_committee(read_committee(), calendar),
            plan_regulation(calendar),
            plan_monitoring(read_monitoring(), calendar, folder),
            plan_pipelines(read_lake(), calendar, folder.resolve(), now),
            plan_experts(read_experts(), calendar),
            plan_delivery(read_delivery(), calendar, folder),
            plan_drawer(bank, calendar, folder, language),
            plan_extract(read_extract_part(), calendar, folder.resolve()),
            plan_reports(calendar, folder),
        )
    )
