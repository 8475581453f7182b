"""Fills an MLflow server over its documented REST interface."""

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

_API = "/api/2.0/mlflow"


def _pairs(values: Mapping[str, str] | None) -> list[dict[str, str]]:
    return [{"key": key, "value": value} for key, value in (values or {}).items()]


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset that a run reads; ``context`` is training, validation, …"""

    name: str
    digest: str
    source_type: str = "local"
    source: str = '{"uri": "data.csv"}'
    schema: str = ""
    profile: str = ""
    context: str = "training"

    def as_input(self) -> dict[str, Any]:
        names = ("name", "digest", "source_type", "source", "schema", "profile")
        dataset = {name: getattr(self, name) for name in names if getattr(self, name)}
        tags = [{"key": "mlflow.data.context", "value": self.context}]
        return {"tags": tags, "dataset": dataset}


@dataclass(frozen=True, slots=True)
class Seed:
    """One function for each write; names and values go as they are given."""

    url: str
    authorization: str | None = None

    def call(self, method: str, path: str, /, **body: object) -> dict[str, Any]:
        """Send one request and return the answer; raises RuntimeError with the refusal."""
        request = urllib.request.Request(  # noqa: S310 - the address is our own server's
            f"{self.url}{_API}/{path}",
            data=json.dumps(body).encode(),
            method=method,
            headers={"Content-Type": "application/json"},
        )
        if self.authorization:
            request.add_header("Authorization", self.authorization)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - as above
                found: dict[str, Any] = json.loads(answer.read() or b"{}")
        except urllib.error.HTTPError as refusal:
            told = refusal.read().decode("utf-8", "replace")
            raise RuntimeError(f"{method} {path}: {refusal.code} {told}") from refusal
        return found

    def model(
        self, name: str, description: str = "", tags: Mapping[str, str] | None = None
    ) -> None:
        """Register a model."""
        self.call(
            "POST",
            "registered-models/create",
            name=name,
            description=description,
            tags=_pairs(tags),
        )

    def version(
        self,
        model: str,
        *,
        run_id: str = "",
        source: str = "s3://models/artifact",
        description: str = "",
        tags: Mapping[str, str] | None = None,
    ) -> str:
        """Register a version and return its number."""
        body = {"name": model, "source": source, "description": description, "tags": _pairs(tags)}
        if run_id:
            body["run_id"] = run_id
        answer = self.call("POST", "model-versions/create", **body)
        return str(answer["model_version"]["version"])

    def alias(self, model: str, alias: str, version: str) -> None:
        """Set or move an alias."""
        self.call("POST", "registered-models/alias", name=model, alias=alias, version=version)

    def drop_alias(self, model: str, alias: str) -> None:
        """Delete an alias."""
        query = f"name={quote(model, safe='')}&alias={quote(alias, safe='')}"
        self.call("DELETE", f"registered-models/alias?{query}", name=model, alias=alias)

    def stage(self, model: str, version: str, stage: str, *, archive: bool = False) -> None:
        """Move a version to Staging, Production, Archived or None."""
        self.call(
            "POST",
            "model-versions/transition-stage",
            name=model,
            version=version,
            stage=stage,
            archive_existing_versions=archive,
        )

    def tag_model(self, model: str, key: str, value: str) -> None:
        """Set a model's tag."""
        self.call("POST", "registered-models/set-tag", name=model, key=key, value=value)

    def tag_version(self, model: str, version: str, key: str, value: str) -> None:
        """Set a version's tag."""
        self.call(
            "POST", "model-versions/set-tag", name=model, version=version, key=key, value=value
        )

    def rename_model(self, model: str, new_name: str) -> None:
        """Rename a model."""
        self.call("POST", "registered-models/rename", name=model, new_name=new_name)

    def delete_model(self, model: str) -> None:
        """Delete a model with its versions."""
        self.call("DELETE", "registered-models/delete", name=model)

    def delete_version(self, model: str, version: str) -> None:
        """Delete one version."""
        self.call("DELETE", "model-versions/delete", name=model, version=version)

    def experiment(self, name: str) -> str:
        """Create an experiment and return its id."""
        return str(self.call("POST", "experiments/create", name=name)["experiment_id"])

    def run(
        self,
        *,
        experiment: str = "0",
        name: str = "training",
        user: str = "mkowalczyk",
        params: Mapping[str, str] | None = None,
        metrics: Mapping[str, float] | None = None,
        datasets: tuple[Dataset, ...] = (),
        tags: Mapping[str, str] | None = None,
        started: int = 1_760_000_000_000,
    ) -> str:
        """Record a finished run (``started`` in ms since 1970) and return its id."""
        named = {"mlflow.user": user, "mlflow.runName": name} | dict(tags or {})
        made = self.call(
            "POST",
            "runs/create",
            experiment_id=experiment,
            start_time=started,
            tags=_pairs(named),
            run_name=name,
        )
        run_id = str(made["run"]["info"]["run_id"])
        measured = [
            {"key": key, "value": value, "timestamp": started, "step": 0}
            for key, value in (metrics or {}).items()
        ]
        self.call("POST", "runs/log-batch", run_id=run_id, params=_pairs(params), metrics=measured)
        if datasets:
            inputs = [dataset.as_input() for dataset in datasets]
            self.call("POST", "runs/log-inputs", run_id=run_id, datasets=inputs)
        self.call(
            "POST", "runs/update", run_id=run_id, status="FINISHED", end_time=started + 60_000
        )
        return run_id

    def delete_run(self, run_id: str) -> None:
        """Delete a run; its versions stay."""
        self.call("POST", "runs/delete", run_id=run_id)
