"""A large MLflow registry, the same in every run: answers shaped as MLflow 3 gives them."""

import json
from dataclasses import dataclass, field
from random import Random
from typing import TypeAlias
from urllib.parse import parse_qs

import httpx2

from mlops_desktop.outside.http import HttpClient
from mlops_desktop.outside.http_address import Address
from mlops_desktop.sources.mlflow import requests
from mlops_desktop.sources.mlflow.reader import Mlflow

Fields: TypeAlias = dict[str, object]
_FAMILIES = ("pd-retail", "lgd-corporate", "fraud-card-present", "ead-revolving", "market-var")
_OWNERS = ("c.wolters", "m.kowalczyk", "j.brandt", "m.sander", "k.feddersen")
_STAGES = (*("None",) * 8, "Staging", "Archived")
_BEGIN = 1_704_067_200_000
_MINUTE = 60_000


@dataclass
class BigRegistry:
    """Entries and versions as the server would list them, by name."""

    models: list[Fields] = field(default_factory=list)
    versions: list[Fields] = field(default_factory=list)

    def change(self, every: int) -> None:
        """Give each ``every``-th model and version another tag, as a person at the server would."""
        for listed in (self.models, self.versions):
            for at in range(0, len(listed), every):
                listed[at] |= {"tags": [*_tags(listed[at]), _tag("reviewed", "2026-11")]}

    def transport(self) -> httpx2.BaseTransport:
        """Return what answers in the place of the network."""
        return _Played(
            {
                requests.MODELS: _pages("registered_models", self.models, 1_000),
                requests.VERSIONS: _pages("model_versions", self.versions, 10_000),
                requests.EXPERIMENTS: [b'{"experiments": []}'],
                requests.VERSION: [b"3.17.2"],
            }
        )


def make_registry(models: int, versions_each: int) -> BigRegistry:
    """Return a registry of so many models with so many versions each."""
    random = Random(42)  # noqa: S311 - the same registry every time
    made = BigRegistry()
    for at in range(models):
        name = f"{_FAMILIES[at % len(_FAMILIES)]}-{at:06d}"
        born = _BEGIN + at * _MINUTE
        own = [_version(random, name, born, number) for number in range(1, versions_each + 1)]
        made.versions += own
        made.models.append(_model(random, name, born, own))
    made.models.sort(key=lambda one: str(one["name"]))
    made.versions.sort(key=lambda one: str(one["name"]))
    return made


def open_reader(registry: BigRegistry) -> Mlflow:
    """Return the real reader on the registry; only the sockets are missing."""
    client = HttpClient(Address("http://registry.invalid"), transport=registry.transport())
    return Mlflow(client)


def _tag(key: str, value: str) -> Fields:
    return {"key": key, "value": value}


def _tags(listed: Fields) -> list[object]:
    found = listed["tags"]
    return found if isinstance(found, list) else []


def _version(random: Random, name: str, born: int, number: int) -> Fields:
    run = f"{random.getrandbits(128):032x}"
    return {
        "name": name,
        "version": str(number),
        "creation_timestamp": born + number * _MINUTE,
        "last_updated_timestamp": born + (number + 7) * _MINUTE,
        "current_stage": random.choice(_STAGES),
        "description": f"v{number} trained",
        "source": f"models:/m-{random.getrandbits(128):032x}",
        "run_id": run,
        "status": "READY",
        "tags": [_tag("validation_status", "approved" if number == 1 else "pending")],
        "run_link": "",
    }


def _model(random: Random, name: str, born: int, versions: list[Fields]) -> Fields:
    aliases = [{"alias": "champion", "version": "1"}]
    if len(versions) > 1:
        aliases.append({"alias": "challenger", "version": str(len(versions))})
    return {
        "name": name,
        "creation_timestamp": born,
        "last_updated_timestamp": born + 11 * _MINUTE,
        "description": f"{name}: description.\nUsed for decisions.",
        "latest_versions": versions,
        "tags": [
            _tag("owner", random.choice(_OWNERS)),
            _tag("risk_tier", str(random.randint(1, 4))),
            _tag("model_type", "classification"),
        ],
        "aliases": aliases if random.random() < 0.5 else [],
    }


def _pages(name: str, rows: list[Fields], size: int) -> list[bytes]:
    made = []
    for start in range(0, max(1, len(rows)), size):
        page: Fields = {name: rows[start : start + size]}
        if start + size < len(rows):
            page["next_page_token"] = str(start // size + 1)
        made.append(json.dumps(page).encode())
    return made


class _Played(httpx2.BaseTransport):
    def __init__(self, pages: dict[str, list[bytes]]) -> None:
        self._pages = pages

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        asked = parse_qs(request.url.query.decode())
        pages = self._pages.get(request.url.path)
        if pages is None:
            return httpx2.Response(404, stream=httpx2.ByteStream(b"{}"))
        page = b"{}" if "filter" in asked else pages[int(asked.get("page_token", ["0"])[0])]
        return httpx2.Response(200, stream=httpx2.ByteStream(page))
