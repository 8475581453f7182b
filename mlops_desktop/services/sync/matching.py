"""Which model of the inventory a source means by a word of its own."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from mlops_desktop.core.events.series import SeriesDetails
from mlops_desktop.core.observed.details import ObservedDetails, Subject
from mlops_desktop.store.queries import subjects
from mlops_desktop.store.unit_of_work import WriteSession


@dataclass(slots=True)
class Matching:
    """Resolves a source's words for models; each word is looked up once.

    First what a person said about this source, then the entries of this source, then those of any
    other, then number, register id and name in the inventory. A word that could mean two models
    means none: a person decides.
    """

    work: WriteSession
    source: str
    _known: dict[str, str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # entries that the same reading found are among those looked at
        self.work.rows.flush()

    def learn(self, told: Iterable[Subject]) -> None:
        """Look up at once what many things are about: a server is asked once for all of them."""
        words = {one.model for one in told} - self._known.keys()
        self._known |= subjects.find_models(self.work.connection, self.source, sorted(words))

    def models_of(self, told: Iterable[Subject]) -> tuple[str, ...]:
        """Return the ids of the models that are meant, each once, in the order told."""
        found = (self._find(one.model) for one in told)
        return tuple(dict.fromkeys(id for id in found if id is not None))

    def about(self, details: ObservedDetails) -> tuple[str, ...]:
        """Return the models a thing is about; what names none, but an application, its models."""
        at = details.application if isinstance(details, SeriesDetails) else None
        found = self.models_of(details.subjects)
        return found or (subjects.models_used_by(self.work.connection, at) if at else ())

    def _find(self, word: str) -> str | None:
        if word not in self._known:
            self._known[word] = subjects.find_model(self.work.connection, self.source, word)
        return self._known[word]
