"""What is ordered: a dossier of one model, of a portfolio, or of a regime and a period."""

from dataclasses import dataclass
from pathlib import Path

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.signature_levels import Level
from mlops_desktop.dossier.content import Scope
from mlops_desktop.services.dossiers.orders import CURRENT, Period, Population
from mlops_desktop.services.dossiers.regulator.standing import dates_of
from mlops_desktop.services.trust_services import TrustServices


@dataclass(frozen=True, slots=True)
class Order:
    """A dossier to be made: of which model, where to, in which language, as of which dates.

    Of another ``scope`` it is about the models of ``population``, and ``model`` is empty.
    """

    model: str
    out: Path
    language: str = "en"
    as_of: AsOf = NOW
    classification: str | None = None
    overwrite: bool = False
    signers: tuple[str, ...] = ()
    """Who is to countersign, by name and in this order; :data:`APPROVERS` names who approved."""
    sections: tuple[str, ...] = ()
    """Only these sections, and those that are always there; none means all of them."""
    template: str | None = None
    """The name of a saved choice of sections."""
    scope: Scope = Scope.MODEL
    population: Population = CURRENT
    """The models of another scope than one model."""
    profile: str = ""
    period: Period | None = None
    """Of a regulator's view: the regime and the days it is about."""
    level: Level = Level.B
    services: TrustServices | None = None
    """By whom the seal is time-stamped above B-B; None: as the workspace arranged."""

    @property
    def dates(self) -> AsOf:
        """As of when it speaks: of a regulator's view at the end of its period.

        Raises ``period.not_over``, ``period.with_day``.
        """
        return dates_of(self.period, self.as_of) if self.period is not None else self.as_of
