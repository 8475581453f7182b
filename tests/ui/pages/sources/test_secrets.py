"""Secrets of sources: kept, replaced, and never sent to another server."""

from mlops_desktop.sources.base import Credentials
from mlops_desktop.ui.pages.sources.dialogs import SecretForm
from mlops_desktop.ui.pages.sources.edit_form import EditForm
from tests.support.keyrings import Memory
from tests.ui.conftest import said
from tests.ui.pages.desk import Desk, close, is_open, texts, toast, type_in
from tests.ui.pages.sources.acts import choose, form_of, page_of, sync
from tests.ui.pages.sources.registry import Held


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
    desk.window.context.language.use("de")
    assert "secret" not in said(page.bar)
    desk.window.context.language.use("en")
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
