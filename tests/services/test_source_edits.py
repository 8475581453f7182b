"""A connection is changed: its way there by an event, its secret in the keyring alone."""

import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.services import ledger, source_edits, sources
from mlops_desktop.services.source_edits import SourceEdit
from mlops_desktop.services.sources import NewSource
from tests.services.conftest import Bank
from tests.support.canaries import canary
from tests.support.keyrings import Memory

URL = "https://mlflow.elbmark.example"
SECRET = canary("the token of a source", "Kanarie-geheim-eins")
OTHER = canary("the token of a source", "Kanarie-geheim-zwei")


@pytest.fixture
def reg_bank(bank: Bank, memory: Memory) -> Bank:
    sources.add_source(bank.session, NewSource("mlflow", "reg", URL, secret=SECRET))
    return bank


def kept(bank: Bank) -> str | None:
    return sources.kept_secret(bank.session, "reg")


def edit(bank: Bank, wanted: SourceEdit) -> None:
    source_edits.edit_source(bank.session, "reg", wanted)


def test_the_way_to_a_source_is_an_event(reg_bank: Bank) -> None:
    edit(reg_bank, SourceEdit(URL + "/mlflow", None, "/etc/ca.pem", "http://proxy:3128"))
    row = sources.get_source(reg_bank.session, "reg")
    assert (row.url, row.ca_file, row.proxy) == (
        URL + "/mlflow", "/etc/ca.pem", "http://proxy:3128",
    )  # fmt: skip
    assert ledger.read_log(reg_bank.session)[0].type == "source.edited"
    assert kept(reg_bank) == SECRET


def test_a_secret_is_replaced_and_nothing_is_recorded(reg_bank: Bank) -> None:
    size = ledger.read_state(reg_bank.session).size
    source_edits.replace_secret(reg_bank.session, "reg", OTHER)
    assert kept(reg_bank) == OTHER
    edit(reg_bank, SourceEdit(URL, secret=SECRET))
    assert kept(reg_bank) == SECRET
    edit(reg_bank, SourceEdit(URL, secret=""))
    assert kept(reg_bank) is None
    assert ledger.read_state(reg_bank.session).size == size


@pytest.mark.parametrize(
    "wanted",
    [
        SourceEdit("https://elsewhere.example"),
        SourceEdit("http://mlflow.elbmark.example"),
        SourceEdit(URL + ":8443"),
        SourceEdit(URL, "robot"),
    ],
)
def test_a_secret_never_goes_to_another_server_or_user(reg_bank: Bank, wanted: SourceEdit) -> None:
    edit(reg_bank, wanted)
    assert kept(reg_bank) is None


def test_a_secret_given_with_another_address_is_kept(reg_bank: Bank) -> None:
    edit(reg_bank, SourceEdit("https://elsewhere.example", secret=OTHER))
    assert kept(reg_bank) == OTHER


def refusal(bank: Bank, name: str, wanted: SourceEdit) -> str:
    with pytest.raises(AppError) as refused:
        source_edits.edit_source(bank.session, name, wanted)
    return refused.value.code


def test_what_cannot_be_is_refused(reg_bank: Bank) -> None:
    assert refusal(reg_bank, "reg", SourceEdit(URL)) == "source.nothing_changed"
    assert refusal(reg_bank, "reg", SourceEdit("ftp://x")) == "source.url_refused"
    assert refusal(reg_bank, "no", SourceEdit(URL)) == "source.not_found"
    with pytest.raises(AppError, match=r"source\.secret_missing"):
        source_edits.replace_secret(reg_bank.session, "reg", "")
    with pytest.raises(AppError, match=r"source\.not_found"):
        source_edits.replace_secret(reg_bank.session, "no", OTHER)


def test_where_the_keyring_refuses_nothing_is_changed(
    reg_bank: Bank, memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*given: str) -> None:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(memory, "set_password", refuse)
    code = refusal(reg_bank, "reg", SourceEdit(URL + "/x", secret=OTHER))
    assert code == "keyring.failed"
    assert sources.get_source(reg_bank.session, "reg").url == URL


def test_no_secret_is_shown_or_recorded(reg_bank: Bank) -> None:
    edit(reg_bank, SourceEdit(URL + "/x", secret=OTHER))
    assert OTHER not in repr(SourceEdit(URL, secret=OTHER))
    assert OTHER not in repr(NewSource("mlflow", "reg", URL, secret=OTHER))
    with reg_bank.session.workspace.read() as view:
        bodies = view.connection.exec_driver_sql("SELECT body FROM events").scalars().all()
    assert not any(b"geheim" in bytes(body) for body in bodies)
