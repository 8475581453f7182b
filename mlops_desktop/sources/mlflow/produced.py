"""Which versions came from which run or logged model, as the listing of versions tells it."""

from collections.abc import Iterable
from functools import cached_property

import msgspec

from mlops_desktop.core.observed.details import Subject
from mlops_desktop.outside.http_json import peek_json
from mlops_desktop.sources.mlflow.shapes import Run

_LOGGED = "models:/"


class _Version(msgspec.Struct, frozen=True):
    name: str
    version: str
    source: str = ""
    run_id: str = ""
    creation_timestamp: int = 0


class _Versions(msgspec.Struct, frozen=True):
    model_versions: list[_Version] = []


class Produced:
    """Made of the listing's answers; they are read when the first run is asked for."""

    def __init__(self, answers: Iterable[bytes]) -> None:
        self._answers = tuple(answers)

    def of(self, run: Run) -> tuple[Subject, ...]:
        """Return the versions of a run, those of the logged models it made among them."""
        return tuple(dict.fromkeys(_subject(one) for one in self._versions(run)))

    def registered_at(self, run: Run) -> int:
        """Return when the last of a run's versions was registered, in ms since 1970."""
        return max((one.creation_timestamp for one in self._versions(run)), default=0)

    def of_logged(self, model_id: str) -> tuple[Subject, ...]:
        """Return the versions that were made from a logged model (3.x)."""
        return tuple(map(_subject, self._by_origin.get(f"{_LOGGED}{model_id}", ())))

    def _versions(self, run: Run) -> list[_Version]:
        logged = [f"{_LOGGED}{one.model_id}" for one in run.outputs.model_outputs if one.model_id]
        origins = (run.info.run_id or run.info.run_uuid, *logged)
        return [one for id in origins for one in self._by_origin.get(id, ())]

    @cached_property
    def _by_origin(self) -> dict[str, list[_Version]]:
        """Versions by the run they name, and by the logged model they were made from."""
        found: dict[str, list[_Version]] = {}
        for answer in self._answers:
            for one in peek_json(answer, _Versions).model_versions:
                origins = {one.run_id, one.source if one.source.startswith(_LOGGED) else ""}
                for origin in origins - {""}:
                    found.setdefault(origin, []).append(one)
        return found


def _subject(version: _Version) -> Subject:
    return Subject(version.name, version.version)
