"""The test of a connection says exactly what failed, against real addresses, or what was seen."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from pytestqt.qtbot import QtBot

from mlops_desktop.services import candidates
from mlops_desktop.sources.observations import Probe
from tests.support.bank import Bank
from tests.support.mlflow import MlflowServer
from tests.ui.conftest import MakeWindow, said
from tests.ui.pages.desk import Desk, close, texts, type_in
from tests.ui.pages.sources.acts import (
    NOWHERE,
    add,
    cells,
    choose,
    form_of,
    found,
    open_desk,
    page_of,
    sync,
)
from tests.ui.pages.sources.registry import Held


@pytest.mark.parametrize(
    ("url", "why", "remedy"),
    [
        (NOWHERE, "Nothing listens at this address", "Check the port in the address"),
        ("http://mlflow.invalid", "The name of the server is not known", "it may need the VPN"),
    ],
)
def test_the_test_says_exactly_what_failed(desk: Desk, url: str, why: str, remedy: str) -> None:
    form = form_of(desk)
    type_in(form, "Name", "new")
    type_in(form, "Address", url)
    form.test()
    desk.settle()
    told = found(form)
    assert "not reached" in texts(form.found)
    assert "The source cannot be reached." in told
    assert why in told
    assert remedy in told
    close(form)


class _Refusing(BaseHTTPRequestHandler):
    status = 401

    def do_GET(self) -> None:
        self.send_response(self.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


class _Forbidding(_Refusing):
    status = 403


@pytest.mark.parametrize(
    ("handler", "what", "remedy"),
    [
        (_Refusing, "does not accept the credentials", "Enter the credentials"),
        (_Forbidding, "refuses access", "Ask the source's administration for read permission"),
    ],
)
def test_the_test_tells_a_wrong_login_from_missing_rights(
    desk: Desk, handler: type[_Refusing], what: str, remedy: str
) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        add(desk.bank, "guarded", f"http://127.0.0.1:{server.server_port}")
        page_of(desk).reload()
        desk.settle()
        page = choose(desk, "guarded")
        page.work.test()
        desk.settle()
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    told = said(page.detail)
    assert what in told
    assert remedy in told


def test_a_good_test_says_what_was_seen(
    desk: Desk, registry: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mlops_desktop.sources.observations import Pair

    seen = Probe(
        is_reachable=True,
        version="3.17.2",
        identity="robot",
        visible=(Pair("models", "2"), Pair("experiments", "100+")),
    )
    monkeypatch.setattr(registry, "probe", lambda: seen)
    page = choose(desk)
    page.work.test()
    desk.settle()
    told = said(page.detail)
    for text in ("3.17.2", "robot", "Models visible", "2", "Experiments visible", "100+"):
        assert text in told
    desk.window.context.language.use("de")
    assert "Sichtbare Modelle" in said(page.detail)


def test_a_real_server_is_tested_and_read(
    file_bank: Bank, make_window: MakeWindow, qtbot: QtBot, mlflow_registry: MlflowServer
) -> None:
    seed = mlflow_registry.seed
    for name in ("einfach", "ümläut-模型"):
        seed.model(name)
        seed.version(name)
        seed.alias(name, "champion", "1")
    desk = open_desk(make_window, file_bank, qtbot)
    form = form_of(desk)
    type_in(form, "Name", "real")
    type_in(form, "Address", mlflow_registry.url)
    form.test()
    desk.settle()
    told = found(form)
    assert "Server version\n3." in told
    assert "Models visible\n2" in told
    desk.send(form)
    page = sync(desk, "real")
    assert cells(page, "real")["state"] == "reached"
    assert (cells(page, "real")["read"], cells(page, "real")["new"]) == ("4", "4")
    names = {row.name for row in candidates.list_candidates(desk.bank.session)}
    assert names == {"einfach", "ümläut-模型"}
