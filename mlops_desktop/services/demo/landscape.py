"""What surrounds the models: uses, applications, vendors, and a supervisor's list of requests."""

from collections.abc import Iterator

from mlops_desktop import paths
from mlops_desktop.services.demo.items import ItemPart, StepPart
from mlops_desktop.services.demo.strict import Strict, read_file

_FIRST_WEEKS = "2024-02-12"


class UsePart(Strict, frozen=True):
    """A use of models, and what is approved of it."""

    models: tuple[int, ...]
    by: str
    title: str
    approved_use: str
    on: str = _FIRST_WEEKS


class ApplicationPart(Strict, frozen=True):
    """An application in which models run."""

    models: tuple[int, ...]
    by: str
    title: str
    inventory_number: str
    criticality: str
    interface: str
    on: str = _FIRST_WEEKS


class VendorPart(Strict, frozen=True):
    """A vendor of models."""

    models: tuple[int, ...]
    by: str
    title: str
    contract: str
    outsourcing: str
    exit_plan: str
    register_number: str = ""
    on: str = _FIRST_WEEKS


class Landscape(Strict, frozen=True):
    """Everything of the file."""

    use_case: tuple[UsePart, ...]
    application: tuple[ApplicationPart, ...]
    vendor: tuple[VendorPart, ...]


class RequestList(Strict, frozen=True):
    """A list of requests: its points by number, title, who answers, answered and handed over."""

    model: int
    list_name: str
    asker: str
    on: str
    by: str
    due: str
    handed_over_to: str
    point: tuple[tuple[int, str, str, str, str], ...]


def read_landscape() -> tuple[ItemPart, ...]:
    """Return all of it as items; raises ``demo.file_malformed``."""
    found = read_file(paths.resource("demo", "landscape.toml"), Landscape)
    listed = read_file(paths.resource("demo", "request_list.toml"), RequestList)
    return (*_uses(found), *_applications(found), *_vendors(found), *_requests(listed))


def _uses(found: Landscape) -> Iterator[ItemPart]:
    for one in found.use_case:
        told = {"title": one.title, "approved_use": one.approved_use}
        yield ItemPart("use_case", one.on, one.by, one.models, told)


def _applications(found: Landscape) -> Iterator[ItemPart]:
    for one in found.application:
        told = {"title": one.title, "inventory_number": one.inventory_number}
        told |= {"criticality": one.criticality, "interface": one.interface}
        yield ItemPart("application", one.on, one.by, one.models, told)


def _vendors(found: Landscape) -> Iterator[ItemPart]:
    for one in found.vendor:
        told = {"title": one.title, "contract": one.contract, "exit_plan": one.exit_plan}
        told |= {"outsourcing": one.outsourcing}
        if one.register_number:
            told["register_number"] = one.register_number
        yield ItemPart("vendor", one.on, one.by, one.models, told)


def _requests(listed: RequestList) -> Iterator[ItemPart]:
    """Yield the points; what was handed over is the title's document."""
    for number, title, owner, answered, handed in listed.point:
        told = {"title": title, "asker": listed.asker, "list_name": listed.list_name}
        told |= {"list_number": str(number), "owner": owner, "due": listed.due}
        told |= {"question": f"Bitte vorlegen: {title}."}
        answer = {"answer": "Unterlage vollständig beigefügt.", "documents": f"{number:02}.pdf"}
        where = {"handed_over_to": listed.handed_over_to}
        steps = (
            StepPart(answered, owner, "answer", fields=answer),
            StepPart(handed, listed.by, "hand_over", fields=where),
        )
        yield ItemPart("request", listed.on, listed.by, (listed.model,), told, step=steps)
