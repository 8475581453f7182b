"""The page Sources as a person uses it: a registry in memory reads, real addresses fail."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread, current_thread, main_thread

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mlops_desktop.core.work import IsCancelled
from mlops_desktop.services import candidates, declarations, ledger, sources
from mlops_desktop.services.sources import NewSource
from mlops_desktop.services.sync import SyncResult
from mlops_desktop.sources import catalog
from mlops_desktop.sources.base import Connection, Credentials, Source
from mlops_desktop.sources.observations import FailureCode, Observation, Probe, Stream
from mlops_desktop.store.workspace import Workspace
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.models import PAGE as MODELS
from mlops_desktop.ui.pages.sources import PAGE, reading
from mlops_desktop.ui.pages.sources import said as words
from mlops_desktop.ui.pages.sources.dialogs import SecretForm
from mlops_desktop.ui.pages.sources.edit_form import EditForm
from mlops_desktop.ui.pages.sources.form import SourceForm
from mlops_desktop.ui.pages.sources.page import SourcesPage
from mlops_desktop.ui.widgets.dialog import ConfirmDialog
from tests.services.registry import Registry
from tests.support.bank import Bank
from tests.support.keyrings import Memory
from tests.support.mlflow import MlflowServer
from tests.ui.access import nameless, unreachable
from tests.ui.conftest import MakeWindow, button, said
from tests.ui.pages.desk import Desk, close, is_open, texts, type_in

NOWHERE = "http://127.0.0.1:9"


@dataclass
class Held(Registry):
    """A registry that can be held while it is read, and remembers who asked."""

    gate: Event = field(default_factory=Event)
    asked: list[Credentials] = field(default_factory=list)
    is_cancelled: IsCancelled = lambda: False

    def __post_init__(self) -> None:
        self.gate.set()

    def pull(self, stream: Stream, cursor: str | None = None) -> Iterator[Observation]:
        """Wait at the gate before every stream; give up when told to."""
        while not self.gate.wait(0.02):
            if self.is_cancelled():
                self.failing = dict.fromkeys(self.streams, FailureCode.CANCELLED)
                break
        yield from super().pull(stream, cursor)


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> Held:
    """Two models behind every address that names it."""
    made = Held()
    made.add("pd-mittelstand", 3, champion="2")
    made.add("kartenbetrug", 1)
    real = catalog.open_source

    def open_source(
        connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
    ) -> Source:
        if "registry" not in connection.url:
            return real(connection, credentials, is_cancelled)
        made.asked.append(credentials)
        made.is_cancelled = is_cancelled
        return made

    monkeypatch.setattr(catalog, "open_source", open_source)
    return made


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot, registry: Held) -> Desk:
    """A window on a bank with one source, in memory."""
    add(file_bank, "reg", "http://registry")
    return open_desk(make_window, file_bank, qtbot)


def add(bank: Bank, name: str, url: str) -> None:
    sources.add_source(bank.session, NewSource("mlflow", name, url))


def open_desk(make_window: MakeWindow, bank: Bank, qtbot: QtBot) -> Desk:
    window = make_window(pages=(PAGE, MODELS))
    desk = Desk(window, bank, qtbot)
    window.context.use_session(bank.session, "Elbmark Bank AG")
    desk.settle()
    return desk


def page_of(desk: Desk) -> SourcesPage:
    return desk._go("sources", SourcesPage)


def choose(desk: Desk, name: str = "reg") -> SourcesPage:
    page = page_of(desk)
    page.show_record(name)
    desk.settle()
    row = page.detail.row
    assert row is not None
    assert row.name == name
    return page


def sync(desk: Desk, name: str = "reg") -> SourcesPage:
    page = choose(desk, name)
    page.work.sync()
    desk.settle()
    return page


def cells(page: SourcesPage, name: str) -> dict[str, str]:
    lines = [page.list.model.line(at) for at in range(page.list.model.rowCount())]
    line = next(line for line in lines if line is not None and line.row.id == name)
    ids = [column.id for column in page.list.model.columns]
    return dict(zip(ids, (cell.text for cell in line.cells), strict=True))


def toast(desk: Desk) -> str:
    frame = desk.window._toaster._frame
    return said(frame) if frame is not None else ""


def form_of(desk: Desk) -> SourceForm:
    dialog = desk.do("source.add")
    assert isinstance(dialog, SourceForm)
    return dialog


def found(form: SourceForm) -> str:
    return said(form.found)


def test_an_empty_page_leads_to_the_first_source(
    file_bank: Bank, make_window: MakeWindow, qtbot: QtBot
) -> None:
    desk = open_desk(make_window, file_bank, qtbot)
    page = page_of(desk)
    assert "No source is connected yet." in said(page)
    assert desk.can("source.add")
    assert not desk.can("source.sync_all")


def test_a_source_is_connected_by_the_form(desk: Desk) -> None:
    form = form_of(desk)
    type_in(form, "Name", "registry-hamburg")
    type_in(form, "Address", "http://registry/hamburg")
    desk.send(form)
    assert not is_open(form)
    page = page_of(desk)
    assert cells(page, "registry-hamburg")["state"] == "never read"
    assert page.detail.row is not None
    assert page.detail.row.name == "registry-hamburg"
    assert page.heading() == "2 sources"
    assert "Synchronise it to see what it holds" in said(page.detail)


def test_a_kind_says_what_its_settings_mean_and_how_far_it_was_tried(desk: Desk) -> None:
    form = form_of(desk)
    assert "Not tested" not in said(form)
    form.kind.setCurrentIndex(form.kind.findData("gitlab"))
    assert "Not tested against a live service" in said(form)
    assert "Model that it is about" in said(form.settings)
    form.kind.setCurrentIndex(form.kind.findData("vertex"))
    assert "Not tested against a live service" in said(form)
    assert form.url.placeholderText().endswith("/locations/europe-west3")
    form.kind.setCurrentIndex(form.kind.findData("prometheus"))
    assert "Not tested" not in said(form)
    assert "A series of your own in PromQL" in said(form.settings)
    close(form)


def test_a_connection_says_how_far_its_kind_was_tried(desk: Desk) -> None:
    live, recorded, gone = (
        words.tested_groups(desk.window.context, kind)
        for kind in ("mlflow", "wandb", "no such kind")
    )
    assert (live, gone) == ((), ())
    assert recorded[0].status is not None
    assert recorded[0].status.word == "Not tested against a live service"


def test_without_a_keyring_the_secret_is_used_until_the_window_closes(
    desk: Desk, registry: Held
) -> None:
    form = form_of(desk)
    type_in(form, "Name", "safe")
    type_in(form, "Address", "http://registry")
    type_in(form, "Login", "User name and password")
    type_in(form, "User name", "robot")
    type_in(form, "Password", "hunter2-hunter2")
    desk.send(form)
    page = page_of(desk)
    assert "The secret of safe is used until this window closes." in said(page.bar)
    sync(desk, "safe")
    assert registry.asked[-1] == Credentials("robot", "hunter2-hunter2")
    with desk.bank.session.workspace.read() as view:
        stored = view.connection.exec_driver_sql("SELECT body FROM events").scalars()
        assert not any(b"hunter2" in bytes(body) for body in stored)


def replace_secret(desk: Desk, secret: str) -> None:
    choose(desk)
    form = desk.do("source.secret")
    assert isinstance(form, SecretForm)
    desk.send(form)
    assert is_open(form)
    assert "This is needed." in said(form)
    form.line.setText(secret)
    desk.send(form)
    assert not is_open(form)


def test_a_secret_can_be_given_for_this_window(desk: Desk, registry: Held) -> None:
    replace_secret(desk, "token-1")
    assert "The secret of reg is used until this window closes." in said(page_of(desk).bar)
    sync(desk)
    assert registry.asked[-1] == Credentials(token="token-1")


def test_a_secret_is_replaced_in_the_keyring(desk: Desk, registry: Held, memory: Memory) -> None:
    for secret in ("token-1", "token-2"):
        replace_secret(desk, secret)
        assert "The secret of reg is replaced." in toast(desk)
        sync(desk)
        assert registry.asked[-1] == Credentials(token=secret)
    assert [*memory.kept.values()] == ["token-2"]
    assert "token" not in texts(page_of(desk).detail).casefold().replace("access token", "")


def edit_form(desk: Desk) -> EditForm:
    choose(desk)
    form = desk.do("source.edit")
    assert isinstance(form, EditForm)
    return form


def test_a_connection_is_edited_and_keeps_its_secret(
    desk: Desk, registry: Held, memory: Memory
) -> None:
    replace_secret(desk, "token-1")
    form = edit_form(desk)
    assert not form.name.isEnabled()
    assert form.secret.text() == ""
    type_in(form, "Address", "http://registry/prefix")
    type_in(form, "CA file", "/etc/bank.pem")
    type_in(form, "Proxy", "http://proxy:3128")
    form.test()
    desk.settle()
    assert registry.asked[-1] == Credentials(token="token-1")
    desk.send(form)
    assert not is_open(form)
    page = page_of(desk)
    assert "The connection of reg is changed." in toast(desk)
    page.detail.tabs.setCurrentIndex(2)
    told = texts(page.detail)
    for value in ("http://registry/prefix", "/etc/bank.pem", "http://proxy:3128"):
        assert value in told
    sync(desk)
    assert registry.asked[-1] == Credentials(token="token-1")


def test_another_server_does_not_get_the_secret(desk: Desk, registry: Held, memory: Memory) -> None:
    replace_secret(desk, "token-1")
    form = edit_form(desk)
    type_in(form, "Address", "http://registry.elsewhere")
    form.test()
    desk.settle()
    assert registry.asked[-1] == Credentials()
    desk.send(form)
    sync(desk)
    assert registry.asked[-1] == Credentials()
    assert not memory.kept


def test_without_a_keyring_an_edit_holds_and_drops_the_secret(desk: Desk, registry: Held) -> None:
    form = edit_form(desk)
    type_in(form, "Token", "token-1")
    desk.send(form)
    assert not is_open(form)
    form = edit_form(desk)
    type_in(form, "Proxy", "http://proxy:3128")
    desk.send(form)
    sync(desk)
    assert registry.asked[-1] == Credentials(token="token-1")
    form = edit_form(desk)
    type_in(form, "Login", "User name and password")
    type_in(form, "User name", "robot")
    desk.send(form)
    sync(desk)
    assert registry.asked[-1] == Credentials("robot", "")
    form = edit_form(desk)
    assert form.username.text() == "robot"
    type_in(form, "Address", "mlflow")
    desk.send(form)
    assert "Enter it as https://mlflow.example.com" in said(form)
    close(form)


def test_an_edit_of_nothing_is_explained(desk: Desk) -> None:
    form = edit_form(desk)
    desk.send(form)
    assert "Nothing about the source “reg” was changed." in said(form)
    close(form)


def test_what_is_refused_is_said_beside_its_field(desk: Desk) -> None:
    form = form_of(desk)
    desk.send(form)
    assert said(form).count("This is needed.") == 2
    type_in(form, "Name", "reg")
    type_in(form, "Address", "ftp://registry")
    desk.send(form)
    assert "It must be" not in said(form)
    assert "Enter it as https://mlflow.example.com" in said(form)
    type_in(form, "Address", "http://registry")
    desk.send(form)
    assert "There is already a source named “reg”." in said(form)
    close(form)


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


def test_a_reading_is_counted_and_leads_to_its_candidates(desk: Desk) -> None:
    page = sync(desk)
    assert toast(desk).startswith("reg: 6 entries read, 6 new.")
    shown = cells(page, "reg")
    assert (shown["state"], shown["read"], shown["new"], shown["changed"]) == (
        "reached", "6", "6", "",
    )  # fmt: skip
    assert "What the last reading gave" in said(page.detail)
    page.work.show_candidates()
    desk.settle()
    assert desk.window.stage.current == "models"
    found = desk.models().list
    assert found.filter.text() == "state:candidate source:reg"
    assert found.count() == 2


def test_the_candidates_of_one_source_are_shown_alone(desk: Desk) -> None:
    candidate = "Excel-Rechner der Filiale Nord"
    declarations.declare_candidate(desk.bank.session, candidate, "G:/nord.xlsx")
    desk.models().scopes.setCurrentIndex(1)
    page = sync(desk)
    page.work.show_candidates()
    desk.settle()
    shown = desk.models().list
    names = {line.row.name for at in range(shown.count()) if (line := shown.model.line(at))}
    assert names == {"pd-mittelstand", "kartenbetrug"}
    page.work.show_found("")
    desk.settle()
    assert shown.count() == 3
    page.work.show_found("no such source")
    desk.settle()
    assert "No candidate waits for a decision." in toast(desk)


def test_the_toast_leads_to_the_source_that_was_read(desk: Desk) -> None:
    add(desk.bank, "other", NOWHERE)
    page = page_of(desk)
    page.reload()
    sync(desk)
    choose(desk, "other")
    frame = desk.window._toaster._frame
    assert frame is not None
    button(frame, "Show the candidates").click()
    desk.settle()
    assert desk.models().list.filter.text() == "state:candidate source:reg"


def test_a_second_reading_says_that_nothing_has_changed(desk: Desk) -> None:
    sync(desk)
    page = sync(desk)
    assert toast(desk).startswith("reg: 6 entries read, nothing has changed.")
    assert cells(page, "reg")["unchanged"] == "6"


def test_a_reading_shows_how_far_it_is_and_can_be_stopped(desk: Desk, registry: Held) -> None:
    registry.gate.clear()
    page = choose(desk)
    page.work.sync()
    desk.qtbot.waitUntil(page.detail.reading.running.isVisible)
    assert cells(page, "reg")["state"] == "being read"
    assert not desk.can("source.sync")
    assert not desk.can("source.remove")
    size = ledger.read_state(desk.bank.session).size
    desk.window.context.actions.run("source.stop")
    desk.settle()
    assert not page.detail.reading.running.isVisible()
    assert cells(page, "reg")["state"] == "never read"
    assert "was stopped. Nothing was recorded." in toast(desk)
    assert ledger.read_state(desk.bank.session).size == size


def test_the_step_says_which_page_is_read(desk: Desk, registry: Held) -> None:
    registry.gate.clear()
    page = choose(desk)
    page.work.sync()
    job = page.readings.job("reg")
    assert job is not None
    registry.gate.set()
    desk.settle()
    keys = set(reading._PAGED.values()) | {reading._RECORDING}
    assert keys <= set(desk.window.context.language.words.sentences)
    assert job.progress.step.key in keys


def test_several_sources_are_read_side_by_side(desk: Desk, registry: Held) -> None:
    add(desk.bank, "nowhere", NOWHERE)
    page_of(desk).reload()
    desk.settle()
    registry.gate.clear()
    page = choose(desk)
    desk.window.context.actions.run("source.sync_all")
    desk.qtbot.waitUntil(lambda: cells(page, "nowhere")["state"] == "unreachable")
    assert cells(page, "reg")["state"] == "being read"
    registry.gate.set()
    desk.settle()
    assert cells(page, "reg")["state"] == "reached"
    assert page.heading() == "2 sources, 1 needs a look"
    assert PAGE.badge is not None
    assert PAGE.badge(desk.window.context, Progress(lambda: None)) == 1


def test_what_could_not_be_read_is_explained(desk: Desk, registry: Held) -> None:
    registry.failing = {Stream.RUNS: FailureCode.FORBIDDEN}
    page = sync(desk)
    assert cells(page, "reg")["state"] == "partly read"
    told = said(page.detail)
    assert "The source refuses access." in told
    assert "runs" in told
    registry.failing = dict.fromkeys(registry.streams, FailureCode.AUTH)
    sync(desk)
    assert cells(page, "reg")["state"] == "login refused"
    assert said(page.detail).count("The source does not accept the credentials.") == 1
    assert "models, versions, runs" in said(page.detail)


def test_what_vanished_at_once_waits_for_a_person(desk: Desk, registry: Held) -> None:
    sync(desk)
    for name in list(registry.models):
        registry.drop(name)
    page = sync(desk)
    assert cells(page, "reg")["state"] == "waits for confirmation"
    assert "vanished at once and were held back." in said(page.detail)
    dialog = desk.do("source.accept")
    assert isinstance(dialog, ConfirmDialog)
    desk.send(dialog)
    assert cells(page, "reg")["state"] == "reached"
    assert int(cells(page, "reg")["missing"]) > 0
    assert "held back." not in said(page.detail)


def test_an_entry_past_the_limits_is_refused_by_name(desk: Desk, registry: Held) -> None:
    model = registry.models["kartenbetrug"]
    registry.models["kartenbetrug"] = replace(model, description="x" * 300_000)
    page = sync(desk)
    told = said(page.detail)
    assert "Refused by name" in told
    assert "kartenbetrug" in told
    assert "so that every reader can check it" in told


def test_a_source_is_removed_after_asking(desk: Desk) -> None:
    sync(desk)
    page = choose(desk)
    dialog = desk.do("source.remove")
    assert "Everything it told stays on record." in said(dialog)
    desk.send(dialog)
    assert page.list.count() == 0
    assert page.detail.isHidden()
    assert len(candidates.list_candidates(desk.bank.session)) == 2


def test_writes_wait_in_their_lane_while_a_reading_is_recorded(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, done = Event(), []
    real = sources.sync

    def slow(*given: object, **named: object) -> SyncResult:
        report = given[2]
        assert callable(report)
        report("sync.comparing", 0, None)
        assert gate.wait(10)
        return real(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(reading, "sync", slow)
    page, jobs = choose(desk), desk.window.context.jobs
    page.work.sync()
    desk.qtbot.waitUntil(lambda: any(job.lane == "write" for job in jobs.listing()))
    jobs.submit_write("a decision", lambda progress: done.append(1), lambda _: None, print)
    for _ in range(20):
        QApplication.processEvents()
    assert done == []
    gate.set()
    desk.settle()
    assert done == [1]


def test_an_answer_of_a_form_that_was_closed_goes_nowhere(desk: Desk) -> None:
    form = form_of(desk)
    type_in(form, "Name", "late")
    type_in(form, "Address", "http://registry")
    form._submit()
    form.reject()
    QApplication.processEvents()
    desk.settle()
    page = page_of(desk)
    assert cells(page, "late")["state"] == "never read"


@pytest.mark.parametrize("language", ["en", "de"])
def test_everything_has_a_name_and_is_reached(desk: Desk, language: str) -> None:
    desk.window.context.language.use(language)
    page = sync(desk)
    for at in range(page.detail.tabs.count()):
        page.detail.tabs.setCurrentIndex(at)
        desk.settle()
        assert nameless(desk.window) == []
        assert unreachable(desk.window) == []


def test_every_dialog_has_names(desk: Desk) -> None:
    choose(desk)
    for action in ("source.add", "source.edit", "source.secret", "source.remove"):
        dialog = desk.do(action)
        assert nameless(dialog) == []
        close(dialog)


def test_the_window_itself_never_asks_the_database(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []
    read = Workspace.read

    def watched(workspace: Workspace) -> object:
        asked.append(current_thread() is main_thread())
        return read(workspace)

    monkeypatch.setattr(Workspace, "read", watched)
    sync(desk)
    close(desk.do("source.add"))
    page_of(desk).work.show_candidates()
    desk.settle()
    assert len(asked) > 4
    assert not any(asked)


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
