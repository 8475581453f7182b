"""What each role finds waiting on opening: read from the finished workspace, never made up."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from mlops_desktop.core import clock
from mlops_desktop.core.events.checks import Verdict
from mlops_desktop.core.events.experiments import ExperimentDetails
from mlops_desktop.core.identity import Role
from mlops_desktop.core.inventory import Monitoring
from mlops_desktop.core.lifecycle import Scope, State
from mlops_desktop.core.resources.bottlenecks import Kind
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.core.standing import GRANTED, Status
from mlops_desktop.core.version_tests import RED
from mlops_desktop.services import approvals, items, models
from mlops_desktop.services.approvals import signers_left
from mlops_desktop.services.demo.result import Parameter, Waiting
from mlops_desktop.services.differences import diff_models
from mlops_desktop.services.gate import ask_gate
from mlops_desktop.services.items import ItemFilter
from mlops_desktop.services.models import ModelFilter, ModelSheet
from mlops_desktop.services.pipeline_filtering import filter_pipelines
from mlops_desktop.services.pipelines import list_pipelines
from mlops_desktop.services.resources.reading import Wanted, read_resources
from mlops_desktop.services.session import Session
from mlops_desktop.services.version_tests import show_results
from mlops_desktop.store.queries.approvals import RequestRow

_A_MONTH = timedelta(days=30)
_LATIN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ı": "i"})


@dataclass(frozen=True, slots=True)
class _View:
    """The workspace as the roles look at it."""

    session: Session
    sheets: tuple[ModelSheet, ...]
    requests: tuple[RequestRow, ...]

    def with_status(self, status: Status) -> list[RequestRow]:
        return [row for row in self.requests if row.status is status]


def find_waiting(session: Session) -> tuple[Waiting, ...]:
    """Return one thing for every role that finds one."""
    rows = models.list_models(session, ModelFilter(scope=Scope.ALL))
    sheets = tuple(models.show_model(session, row.id) for row in rows)
    # What stands on paper was decided elsewhere, and long ago.
    asked = tuple(row for row in approvals.list_requests(session) if row.paper is None)
    view = _View(session, sheets, asked)
    finders = (_of_risk, _of_validation, _of_audit, _of_compliance, _of_owners, _of_science)
    others = (_of_data, _of_software, _of_delivery, _of_architecture, _of_experts, _of_board)
    return tuple(found for find in (*finders, *others) for found in find(view))


def _say(role: Role, person: str, **parameters: Parameter) -> Waiting:
    return Waiting(role, person, tuple(parameters.items()))


def _running(view: _View) -> list[ModelSheet]:
    return [sheet for sheet in view.sheets if sheet.row.state is State.PRODUCTION]


def _of_risk(view: _View) -> Iterator[Waiting]:
    for sheet in _running(view):
        if sheet.row.tier == 1 and sheet.state.details.monitoring_status is Monitoring.BREACHED:
            yield _say(Role.RISK_MANAGER, "Dr. Katrin Feddersen", model=sheet.row.id)


def _of_validation(view: _View) -> Iterator[Waiting]:
    voided = {row.model_id: row.label for row in view.with_status(Status.VOIDED)}
    for sheet in _running(view):
        due = sheet.row.next_review
        if due and due < clock.today() and sheet.row.id in voided:
            days, version = (clock.today() - due).days, voided[sheet.row.id]
            named = sheet.row.id
            yield _say(Role.VALIDATOR, "Dr. Aylin Yıldız", model=named, days=days, version=version)


def _of_audit(view: _View) -> Iterator[Waiting]:
    today = clock.today()
    count = len(diff_models(view.session, today - _A_MONTH, today))
    for row in view.requests:
        if any(decision.refused_by for decision in row.decisions):
            yield _say(Role.AUDITOR, "Henning Groß", count=count, model=row.model_id)


def _of_compliance(view: _View) -> Iterator[Waiting]:
    """Yield the requests that another person has signed and compliance has not."""
    found = [
        row.model_id
        for row in view.with_status(Status.OPEN)
        if any(decision.decided for decision in row.decisions)
        and any(Role.COMPLIANCE in who.roles for who in signers_left(view.session, row.key))
    ]
    if found:
        told = ", ".join(sorted(found))
        yield _say(Role.COMPLIANCE, "Miriam Sander", count=len(found), models=told)


def _of_owners(view: _View) -> Iterator[Waiting]:
    missing = ", ".join(sheet.row.id for sheet in _running(view) if not sheet.row.owner)
    accounts = {_account(name): name for sheet in view.sheets for name in sheet.names.values()}
    for sheet in view.sheets:
        told = accounts.get(_registry_owner(sheet))
        if told and sheet.row.owner == "Corinna Wolters" != told:
            named = sheet.row.id
            yield _say(Role.OWNER, "Corinna Wolters", model=named, told=told, missing=missing)


def _registry_owner(sheet: ModelSheet) -> str:
    tags = [tag for entry in sheet.entries for tag in entry.entry.tags]
    return next((tag.value for tag in tags if tag.name == "owner"), "")


def _account(name: str) -> str:
    """Return the account by which a registry knows a person: kai.moeller for Kai Möller."""
    return ".".join(name.removeprefix("Dr. ").lower().translate(_LATIN).split())


def _labels(sheet: ModelSheet, role: str) -> list[str]:
    serving = (item for item in sheet.state.serving if item.environment == "production")
    return list(dict.fromkeys(item.label for item in serving if item.role == role))


def _of_science(view: _View) -> Iterator[Waiting]:
    for row in items.list_items(view.session, ItemFilter(("experiment",))):
        sheet = items.show_item(view.session, row.id)
        details = sheet.state.details
        if isinstance(details, ExperimentDetails) and details.ends:
            told = {"version": details.challenger or "", "criterion": details.criterion or ""}
            named = sheet.models[0].id
            yield _say(
                Role.DATA_SCIENTIST, "Lena Hofmann", model=named, number=row.number,
                day=details.ends, **told,
            )  # fmt: skip


def _of_data(view: _View) -> Iterator[Waiting]:
    for pipeline in filter_pipelines(list_pipelines(view.session), "quality:failed"):
        failed = (one for one in pipeline.checks if one.verdict is Verdict.FAILED)
        day = max(date.fromisoformat(one.at[:10]) for one in failed)
        yield _say(Role.DATA_ENGINEER, "Thomas Nguyen", pipeline=pipeline.id, day=day)


def _of_software(view: _View) -> Iterator[Waiting]:
    for sheet in view.sheets:
        if sheet.names.get(sheet.state.details.developer or "") == "Priya Raman":
            named = sheet.row.id
            for one in show_results(view.session, named):
                label = one.version.details.version
                for test in one.results:
                    if test.verdict in RED and test.failed:
                        yield _say(
                            Role.SOFTWARE_ENGINEER, "Priya Raman", model=named, version=label,
                            failed=test.failed, total=test.total or 0,
                        )  # fmt: skip


def _of_delivery(view: _View) -> Iterator[Waiting]:
    granted = {(row.model_id, row.label) for row in view.requests if row.status in GRANTED}
    asked = {(row.model_id, row.label): row for row in view.requests}
    for sheet in _running(view):
        for label in _labels(sheet, "champion"):
            place = (sheet.row.id, label)
            if place in asked and place not in granted and not asked[place].decisions:
                said = ask_gate(view.session, *place, "production")
                count = len(said.reasons)
                yield _say(
                    Role.DEVOPS, "Sven Petersen", model=sheet.row.id, version=label, count=count
                )


def _of_architecture(view: _View) -> Iterator[Waiting]:
    for one in read_resources(view.session, Wanted()).bottlenecks:
        if one.kind is Kind.IDLE_GPU:
            share = round(100 * one.value)
            yield _say(Role.ARCHITECT, "Olaf Clausen", model=one.group, share=share)


def _of_experts(view: _View) -> Iterator[Waiting]:
    for sheet in view.sheets:
        if sheet.row.state is State.SUSPENDED:
            wanted = ItemFilter(("feedback",), scope=ItemScope.ALL, models=(sheet.row.key,))
            stages = Counter(row.stage for row in items.list_items(view.session, wanted))
            yield _say(
                Role.EXPERT, "Sabine Lorenz", model=sheet.row.id, cases=stages.total(),
                answered=stages["answered"],
            )  # fmt: skip


def _of_board(view: _View) -> Iterator[Waiting]:
    running = sum(sheet.row.tier == 1 for sheet in _running(view))
    voided = len(view.with_status(Status.VOIDED))
    revoked = len(view.with_status(Status.REVOKED))
    yield _say(Role.BOARD, "Dr. Ulrich Harms", count=running, voided=voided, revoked=revoked)
