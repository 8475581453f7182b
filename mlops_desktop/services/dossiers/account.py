"""What an event of the extract is about: which item, request, deployment or thing of a source."""

from collections.abc import Callable

from mlops_desktop.core.events.deployments import DeploymentClosed
from mlops_desktop.core.events.registry import name_of
from mlops_desktop.services.dossiers.summaries import summarise
from mlops_desktop.services.told_about import tell_source
from mlops_desktop.store.queries.items import item_numbers
from mlops_desktop.store.queries.request_names import request_names
from mlops_desktop.store.queries.versions import list_deployments
from mlops_desktop.store.unit_of_work import ReadSession


class Account:
    """Says it in codes, names and numbers, the same in every language."""

    def __init__(self, view: ReadSession) -> None:
        self._connection = view.connection
        self._known: dict[str, str] = {}

    def tell(self, payload: object) -> str:
        """Return the number of the item or request, and what was done about it."""
        number = self._number(payload)
        if number and name_of(type(payload)).endswith(".opened"):  # type: ignore[arg-type]
            return number
        told = self._ended(payload) or summarise(payload) or tell_source(payload)
        return ": ".join(part for part in (number, told) if part)

    def _number(self, payload: object) -> str:
        item, request = (getattr(payload, name, None) for name in ("item", "request"))
        if isinstance(request, str):
            return self._once(request, lambda: "".join(request_names(self._connection, (request,))))
        if isinstance(item, str):
            return self._once(item, lambda: item_numbers(self._connection, (item,)).get(item, ""))
        return ""

    def _once(self, id: str, read: Callable[[], str]) -> str:
        if id not in self._known:
            self._known[id] = read()
        return self._known[id]

    def _ended(self, payload: object) -> str:
        """Return what ended and where: a deployment that closes is named by its id alone."""
        if not isinstance(payload, DeploymentClosed):
            return ""
        every = list_deployments(self._connection, payload.model)
        named = (
            f"{one.label} → {one.environment}" for one in every if one.key == payload.deployment
        )
        return next(named, "")
