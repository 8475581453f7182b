"""What a connection test of MLflow finds out: version, who we are, what we can see."""

import re
from collections.abc import Callable
from functools import partial

import msgspec

from mlops_desktop.outside.http import HttpClient
from mlops_desktop.outside.http_faults import Fault, HttpFault, Reason
from mlops_desktop.outside.http_json import peek_json, refuse_html
from mlops_desktop.sources.mlflow import requests
from mlops_desktop.sources.observations import Failure, Pair, Probe, Stream
from mlops_desktop.sources.rest import failure_of

_VERSION = re.compile(r"\d+(\.[0-9A-Za-z+-]+){1,4}")
_LOGGED_MODELS_SINCE = 3
_NEVER_ANSWERED = {Fault.UNREACHABLE, Fault.TIMEOUT, Fault.TLS, Fault.CANCELLED}
# A gateway may offer the API alone; these say that a page beside it is not there for us.
_NOT_OFFERED = {Fault.UNSUPPORTED, Fault.FORBIDDEN, Fault.REJECTED, Fault.PROTOCOL}


class _ServerInfo(msgspec.Struct):
    workspaces_enabled: bool = False


class _User(msgspec.Struct):
    username: str | None = None


class _CurrentUser(msgspec.Struct):
    user: _User = msgspec.field(default_factory=_User)
    username: str | None = None


class _Rows(msgspec.Struct):
    registered_models: list[msgspec.Raw] = []
    experiments: list[msgspec.Raw] = []
    next_page_token: str | None = None


def probe(client: HttpClient, username: str | None) -> Probe:
    """Test the connection in at most five small requests; failures are part of the answer."""
    try:
        version = find_version(client)
    except HttpFault as fault:
        reached = fault.fault not in _NEVER_ANSWERED
        return Probe(is_reachable=reached, failures=(failure_of(Stream.MODELS, fault),))
    found: list[Pair] = []
    failures: list[Failure] = []
    for stream, count in _counts(client):
        try:
            found.append(count())
        except HttpFault as fault:
            failures.append(failure_of(stream, fault))
    if _has_workspaces(client):
        found.append(Pair("workspaces", "default"))
    identity = None if failures else _find_identity(client, username)
    return Probe(
        is_reachable=True,
        version=version,
        identity=identity,
        visible=tuple(found),
        failures=tuple(failures),
        missing=() if has_logged_models(version) else (Stream.CHECKS,),
    )


def find_version(client: HttpClient) -> str | None:
    """Return the server's version, or none if only its API is offered; raises HttpFault."""
    try:
        body = client.get(requests.VERSION).body
        refuse_html(body)
    except HttpFault as fault:
        if fault.fault in _NOT_OFFERED and fault.reason is not Reason.FOREIGN_REDIRECT:
            return None
        raise
    text = body[:40].decode("ascii", "replace").strip()
    return text if _VERSION.fullmatch(text) else None


def has_logged_models(version: str | None) -> bool:
    """Whether a server of that version lists logged models; one that tells none may."""
    return version is None or int(version.partition(".")[0]) >= _LOGGED_MODELS_SINCE


def _counts(client: HttpClient) -> tuple[tuple[Stream, Callable[[], Pair]], ...]:
    models = partial(
        _count, client, requests.MODELS, requests.list_models("", are_prompts=False), "models"
    )
    experiments = partial(
        _count, client, requests.EXPERIMENTS, requests.list_experiments(""), "experiments"
    )
    return (Stream.MODELS, models), (Stream.RUNS, experiments)


def _count(client: HttpClient, path: str, query: dict[str, str], name: str) -> Pair:
    rows = peek_json(client.get(path, query).body, _Rows)
    number = len(rows.registered_models) + len(rows.experiments)
    return Pair(name, f"{number}+" if rows.next_page_token else str(number))


def _has_workspaces(client: HttpClient) -> bool:
    try:
        answer = client.get(requests.SERVER_INFO)
        return peek_json(answer.body, _ServerInfo).workspaces_enabled
    except HttpFault:
        return False  # 2.x has no such page


def _find_identity(client: HttpClient, username: str | None) -> str | None:
    try:
        user = peek_json(client.get(requests.CURRENT_USER).body, _CurrentUser)
    except HttpFault:
        return username  # servers without accounts have no such page
    return user.username or user.user.username or username
