"""What the extract of a dossier says events are about: by numbers and names."""

from dataclasses import replace

from mlops_desktop.core import clock
from mlops_desktop.core.events import registry
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.services import models, sources
from mlops_desktop.services.deployments import Place, close_deployment, open_deployment
from mlops_desktop.services.dossiers.account import Account
from mlops_desktop.services.sources import NewSource
from mlops_desktop.store import log
from tests.services.conftest import Bank
from tests.services.steps import SECOND, ask, cast
from tests.services.test_area_lights import validate
from tests.services.test_monitoring import sync, told


def accounts(bank: Bank) -> list[tuple[str, str]]:
    with bank.session.workspace.read() as view:
        account = Account(view)
        read = (
            log.read_envelope(view.connection, stored.body).payload
            for stored in log.read_events(view.connection)
        )
        return [(registry.name_of(type(one)), account.tell(one)) for one in read]


def test_an_event_names_its_item_its_request_and_its_series(file_bank: Bank) -> None:
    request = ask(file_bank)
    cast(file_bank, request, SECOND)
    name = models.show_model(file_bank.session, "1").row.name
    validate(file_bank, "V-00001")
    key = "M-00001"
    open_deployment(file_bank.session, key, Place("7", "production"))
    close_deployment(file_bank.session, key, Place("7", "production"))
    sources.add_source(file_bank.session, NewSource("mlflow", "mon", "http://127.0.0.1:9"))
    psi = told("PSI", {clock.now(): 0.1})
    sync(file_bank, replace(psi, details=replace(psi.details, subjects=(Subject(name),))))
    found = accounts(file_bank)
    said = set(found)
    number = next(text for name, text in found if name == "approval.requested").split(":")[0]
    assert number.startswith("A-")
    assert {
        ("validation.opened", "V-00001"),
        ("validation.moved", "V-00001: approve_report"),
        ("approval.requested", f"{number}: production"),
        ("approval.decided", f"{number}: approve"),
        ("deployment.closed", "7 → production"),
        ("series.observed", "mon / PSI"),
    } <= said
