"""What an event is about where it names persons, models and items: by what they are called."""

from collections.abc import Iterable, Mapping

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.delegations import DelegationGranted, DelegationRevoked
from mlops_desktop.core.events.dossiers import DossierExported
from mlops_desktop.core.events.handovers import (
    HandoverAccepted,
    HandoverOffered,
    HandoverRefused,
)
from mlops_desktop.core.events.people import DeviceEnrolled, PersonEnrolled, PersonRevoked
from mlops_desktop.core.rules import Rule
from mlops_desktop.services.dossiers.summaries import summarise
from mlops_desktop.services.told_about import tell_source
from mlops_desktop.store.queries import handovers, people, rules
from mlops_desktop.store.queries.items import current_row, item_numbers
from mlops_desktop.store.queries.models import numbers
from mlops_desktop.store.queries.succession import name_models
from mlops_desktop.store.unit_of_work import ReadSession

_NAMED = 3


class About:
    """Says what events are about, with the names and numbers of today."""

    def __init__(self, view: ReadSession) -> None:
        self._view = view
        self.names: Mapping[str, str] = people.names(view.connection)
        self._offers: dict[str, HandoverOffered] | None = None

    def tell(self, payload: object) -> str:
        """Return what an event is about in codes, names and numbers."""
        match payload:
            case HandoverOffered():
                return self._offer(payload)
            case HandoverAccepted() | HandoverRefused():
                offer = self._known().get(payload.handover)
                return self._offer(offer) if offer is not None else ""
            case DelegationGranted():
                who = self._between(payload.person, payload.holder)
                return f"{who} ({summarise(payload)})"
            case DelegationRevoked():
                return self._delegation(payload.delegation)
            case PersonEnrolled() | PersonRevoked() | DeviceEnrolled():
                return self.names.get(payload.person, "")
            case DossierExported():
                return self._model(payload.model) if payload.model else payload.scope
            case _:
                return summarise(payload) or tell_source(payload) or self._concerned(payload)

    def call(self, payload: object) -> str:
        """Return what the model or item that an event concerns is called; nothing of any other."""
        model, item = (str(getattr(payload, name, "") or "") for name in ("model", "item"))
        if not model:
            return item_numbers(self._view.connection, (item,)).get(item, "") if item else ""
        known = name_models(self._view.connection, (model,)).get(model)
        return f"{known.id} {known.name}" if known is not None else ""

    def _concerned(self, payload: object) -> str:
        rule = getattr(payload, "rule", None)
        if isinstance(rule, Rule):
            return f"{rule.id} / {rule.version}"
        return self._model(getattr(payload, "model", ""))

    def _model(self, id: str) -> str:
        return numbers(self._view.connection, (id,)).get(id, "")

    def _between(self, one: str, other: str) -> str:
        return f"{self.names.get(one) or '–'} → {self.names.get(other) or '–'}"

    def _delegation(self, id: str) -> str:
        try:
            known = rules.get_delegation(self._view.connection, id).delegation
        except AppError:  # bytes of another program may name none
            return ""
        return self._between(known.giver, known.holder)

    def _known(self) -> dict[str, HandoverOffered]:
        if self._offers is None:
            rows = handovers.list_handovers(self._view.connection)
            self._offers = {row.offer.handover: row.offer for row in rows}
        return self._offers

    def _offer(self, offer: HandoverOffered) -> str:
        connection = self._view.connection
        models = [held.model for held in offer.models]
        known = numbers(connection, models[:_NAMED])
        named = [known.get(model, model) for model in models[:_NAMED]]
        left = _NAMED - len(named)
        named += [current_row(connection, item).number for item in offer.items[:left]]
        more = len(models) + len(offer.items) - len(named)
        return f"{self._between(offer.giver, offer.receiver)}: {_listed(named, more)}"


def _listed(named: Iterable[str], more: int) -> str:
    return ", ".join((*named, f"+ {more}") if more else tuple(named))
