"""What tests ask the sample bank for."""

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.lifecycle import Scope
from mlops_desktop.core.standing import Status
from mlops_desktop.services import approvals, models
from mlops_desktop.services.demo import DemoResult
from mlops_desktop.services.models import ModelFilter, ModelRow
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries.approvals import RequestRow
from tests.support import demo as demo_support

NOW = demo_support.OPENING
"""When the bank was built."""
OPENING = NOW.date()


def all_models(session: Session, as_of: AsOf | None = None) -> dict[str, ModelRow]:
    wanted = ModelFilter(scope=Scope.ALL, as_of=as_of or AsOf())
    return {row.id: row for row in models.list_models(session, wanted)}


def requests_of(session: Session, status: Status) -> list[RequestRow]:
    return [one for one in approvals.list_requests(session, status=status) if one.paper is None]


def passphrase_of(demo: DemoResult, person: str) -> str:
    """Return what opens a person's key, as written beside the bank."""
    lines = demo.people_file.read_text("utf-8").splitlines()
    (found,) = (line.split()[2] for line in lines if line.startswith(person))
    return found
