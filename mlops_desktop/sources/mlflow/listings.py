"""The server's listings, asked page by page; what several streams read is asked for once."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from typing import Protocol

from mlops_desktop.outside.http import Answer, HttpClient
from mlops_desktop.outside.http_json import JsonValue, peek_json, read_json
from mlops_desktop.sources.mlflow import requests
from mlops_desktop.sources.mlflow.paging import Listing
from mlops_desktop.sources.mlflow.shapes import ExperimentsAnswer
from mlops_desktop.sources.mlflow.system_metrics import Measured
from mlops_desktop.sources.observations import Stream
from mlops_desktop.sources.registries.shared import Shared

Body = Callable[[str, list[str]], dict[str, JsonValue]]
_SOME = b'"name"'


class _Query(Protocol):
    """Makes the query of one page."""

    def __call__(self, token: str, *, are_prompts: bool) -> dict[str, str]:
        """Return the query of the page that ``token`` names, the first for an empty one."""
        ...


class Listings:
    """Each returns its answers as they come; raises HttpFault."""

    def __init__(self, client: HttpClient) -> None:
        self._client = client
        self._shared = Shared()
        self._has_prompts = True

    def models(self) -> Iterator[Answer]:
        """List registered models, then prompts, which are hidden unless asked for."""
        ask = partial(self._listed, requests.MODELS, requests.list_models, "registered_models")
        yield from ask(are_prompts=False)
        prompts = list(ask(are_prompts=True))
        self._has_prompts = any(_SOME in answer.body for answer in prompts)
        yield from prompts

    def versions(self, stream: Stream) -> Iterator[Answer]:
        """List versions of models; of prompts only where the registry held any just now."""
        return self._shared.read("versions", stream, self._versions())

    def experiments(self, stream: Stream) -> Iterator[Answer]:
        """List experiments, deleted ones too."""
        pages = Listing("experiments", self._ask_experiments).pages()
        return self._shared.read("experiments", stream, pages)

    def runs(self, stream: Stream) -> Iterator[Answer]:
        """List the runs of all experiments."""
        pages = self._by_experiment(stream, requests.RUNS, "runs", requests.list_runs)
        return self._shared.read("runs", stream, pages)

    def logged_models(self, stream: Stream) -> Iterator[Answer]:
        """List logged models (3.x)."""
        body = requests.list_logged_models
        return self._by_experiment(stream, requests.LOGGED_MODELS, "models", body)

    def traces(self, stream: Stream, most: int) -> Iterator[Answer]:
        """List the newest traces (3.x), at most so many pages of them."""
        body = requests.list_traces
        return islice(self._by_experiment(stream, requests.TRACES, "traces", body), most)

    def history(self, run: Measured, key: str) -> Answer:
        """Return the points of one metric of one run."""
        answer = self._client.get(requests.HISTORY, requests.read_history(run.id, key))
        peek_json(answer.body, dict)
        return answer

    def _listed(
        self, path: str, query: _Query, field: str, *, are_prompts: bool
    ) -> Iterator[Answer]:
        def ask(token: str) -> Answer:
            return self._client.get(path, query(token, are_prompts=are_prompts))

        return Listing(field, ask).pages()

    def _versions(self) -> Iterator[Answer]:
        ask = partial(self._listed, requests.VERSIONS, requests.list_versions, "model_versions")
        yield from ask(are_prompts=False)
        if self._has_prompts:
            yield from ask(are_prompts=True)

    def _by_experiment(self, stream: Stream, path: str, field: str, body: Body) -> Iterator[Answer]:
        experiments = self._experiment_ids(stream)
        for start in range(0, len(experiments), requests.EXPERIMENTS_AT_ONCE):
            some = experiments[start : start + requests.EXPERIMENTS_AT_ONCE]
            yield from Listing(field, partial(self._post, path, body, some)).pages()

    def _post(self, path: str, body: Body, experiments: list[str], token: str) -> Answer:
        return self._client.post(path, body(token, experiments))

    def _ask_experiments(self, token: str) -> Answer:
        return self._client.get(requests.EXPERIMENTS, requests.list_experiments(token))

    def _experiment_ids(self, stream: Stream) -> list[str]:
        """All experiments' ids, the oldest first: a new one then changes the last question only."""
        found = [
            experiment.experiment_id
            for answer in self.experiments(stream)
            for experiment in read_json(answer.body, ExperimentsAnswer).experiments
        ]
        return sorted(set(found), key=lambda number: (len(number), number))
