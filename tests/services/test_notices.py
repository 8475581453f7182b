"""What is due leaves the program: collected, as e-mail, as calendar, through a real mail server."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from icalendar import Calendar

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.identity import Role
from mlops_desktop.core.items.findings import FINDING
from mlops_desktop.core.items.validations import VALIDATION
from mlops_desktop.outside import secrets
from mlops_desktop.services import items, models
from mlops_desktop.services.items import Given
from mlops_desktop.services.notices.collecting import Wanted, collect
from mlops_desktop.services.notices.sending import MailServer, Tls, parse_server, send_digest
from mlops_desktop.services.notices.writing import save
from mlops_desktop.services.people import names_by_id
from mlops_desktop.services.session import effective_from
from tests.services.conftest import FOUNDER, Bank
from tests.services.steps import ask
from tests.services.test_items import TEXTS as FINDING_TEXTS
from tests.support.canaries import canary

OWNER, JONAS = "Corinna Wolters", "Jonas Brandt"
TEXTS = FINDING_TEXTS | {"due": "2026-12-15"}
TITLE = TEXTS["title"]


@contextmanager
def at(day: str) -> Iterator[None]:
    moment = datetime.fromisoformat(day).replace(tzinfo=UTC, hour=9)
    with clock.reading(lambda: moment):
        yield


@pytest.fixture
def busy(bank: Bank) -> Iterator[Bank]:
    """A bank on 18 December with a finding due on the 15th, a review, a request that waits."""
    with at("2026-12-18"):
        ask(bank)
        texts = {"next_review": "2026-12-31", "validator": JONAS}
        models.edit_model(bank.session, "M-00001", texts)
        overdue = Given(TEXTS, ("M-00001",), effective=effective_from(date(2026, 12, 1)))
        items.open_item(bank.as_(JONAS), FINDING, overdue)
        later = TEXTS | {"due": "2027-06-30"}
        items.open_item(bank.as_(JONAS), FINDING, Given(later, ("M-00001",)))
        yield bank


def found(bank: Bank, **wanted: Any) -> list[tuple[str, str]]:
    digest = collect(bank.session, Wanted(**wanted))
    return [(one.kind, one.id) for one in digest.notices]


def test_everybody_is_told_what_concerns_him(busy: Bank) -> None:
    finding, review = ("finding", "F-00001"), ("review", "M-00001")
    (approval,) = [one for one in found(busy, is_for_all=True) if one[0] == "approval"]
    assert found(busy, person=OWNER) == [finding, review]
    assert found(busy, person=JONAS) == [review, approval]
    assert found(busy, role=Role.OWNER) == [finding, review]
    assert found(busy, is_for_all=True) == [finding, review, approval]
    assert found(busy, is_for_all=True, within=365)[2] == ("finding", "F-00002")
    assert found(busy, is_for_all=True, within=0) == [finding, approval]
    assert found(busy, person="Mateusz Kowalczyk") == []
    with pytest.raises(AppError, match=r"person\.not_found"):
        found(busy, person="Niemand")


def test_a_validation_under_way_stands_for_the_model_s_next_one_of_that_day(busy: Bank) -> None:
    for due in ("2026-12-31", "2026-12-30"):
        given = Given(
            {"title": "Turnus", "due": due, "cause": "periodic", "owner": JONAS}, ("M-00001",)
        )
        items.open_item(busy.as_(JONAS), VALIDATION, given)
    told = collect(busy.session, Wanted(is_for_all=True, titles=True)).notices
    (one,) = (one for one in told if one.due == date(2026, 12, 31))
    names = names_by_id(busy.session)
    assert (one.id, [names[id] for id in one.persons]) == ("V-00001", [OWNER, JONAS])
    assert "V-00002" in [one.id for one in told]  # another day is another matter
    assert ("review", "M-00001") in found(busy, person=OWNER)  # nothing is lost to who owns it
    assert ("review", "M-00001") not in found(busy, person=JONAS)


def test_an_email_holds_ids_and_no_free_text_unless_asked_for(busy: Bank, tmp_path: Path) -> None:
    wanted, path = Wanted(is_for_all=True), tmp_path / "due.eml"
    save(collect(busy.session, wanted), path, "de")
    message, text = read_mail(path.read_bytes())
    assert message["Subject"] == "Elbmark Bank AG: 3 fällig, davon 1 überfällig"
    assert message["X-Unsent"] == "1"
    assert "F-00001 · Feststellung · fällig am 15.12.2026, seit 3 Tagen überfällig\n" in text
    assert "M-00001 · Nächste Validierung · fällig am 31.12.2026 · PD Mittelstand (IRB)" in text
    assert TITLE not in text
    save(collect(busy.session, replace(wanted, titles=True)), path, "en")
    assert TITLE in read_mail(path.read_bytes())[1]


def read_mail(content: bytes) -> tuple[Any, str]:
    message: Any = message_from_bytes(content, policy=policy.default)
    return message, str(message.get_content()).replace("\r\n", "\n")


def test_a_calendar_is_read_by_another_program(busy: Bank, tmp_path: Path) -> None:
    path = tmp_path / "due.ics"
    save(collect(busy.session, Wanted(is_for_all=True)), path, "de")
    read = Calendar.from_ical(path.read_bytes())
    entries: dict[str, Any] = {str(one["uid"]): one for one in read.walk("VEVENT")}
    finding = entries["finding-F-00001@mlops-desktop"]
    assert finding["dtstart"].dt == date(2026, 12, 15)
    assert str(finding["summary"]) == "F-00001 · Feststellung"
    assert str(entries["review-M-00001@mlops-desktop"]["summary"]).endswith("PD Mittelstand (IRB)")
    with pytest.raises(AppError, match=r"notices\.form_unknown"):
        save(collect(busy.session, Wanted()), tmp_path / "due.txt", "de")


MAIL = canary("the password of a mailbox", "Kanarie-elbe-und-alster-2")


class Inbox:
    """What a real mail server took."""

    def __init__(self) -> None:
        self.taken: list[tuple[list[str], bytes]] = []

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        if address.startswith("nobody@"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.taken.append((envelope.rcpt_tos, envelope.content))
        return "250 OK"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def _login(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    is_good = isinstance(data, LoginPassword) and data.password == MAIL.encode()
    return AuthResult(success=is_good, handled=is_good)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[MailServer, Inbox]]:
    """A mail server that wants STARTTLS and a login, and its certificate's authority."""
    authority, inbox = trustme.CA(), Inbox()
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(tls)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    controller = Controller(
        inbox, hostname="127.0.0.1", port=free_port(), tls_context=tls, require_starttls=True,
        authenticator=_login, auth_required=True, auth_require_tls=True,
    )  # fmt: skip
    controller.start()
    try:
        yield (
            MailServer(
                "localhost", controller.port, Tls.STARTTLS, "risk", str(tmp_path / "ca.pem")
            ),
            inbox,
        )
    finally:
        controller.stop()


@pytest.mark.logs(r"login_data is deprecated|SMTP session exception")
def test_a_digest_is_sent_under_tls_and_what_is_refused_is_told_without_the_secret(
    file_bank: Bank, served: tuple[MailServer, Inbox]
) -> None:
    server, inbox = served
    digest = collect(file_bank.session, Wanted())
    sent = ("mlops@elbmark.example", ("feddersen@elbmark.example",))
    send_digest(digest, "de", sent, server, MAIL)
    ((to, content),) = inbox.taken
    assert to == ["feddersen@elbmark.example"]
    assert (
        "Es ist nichts fällig." in message_from_bytes(content, policy=policy.default).get_content()
    )
    wrong = {
        "mail.login_refused": (server, sent, "falsch-falsch"),
        "mail.not_trusted": (replace(server, ca_file=None), sent, MAIL),
        "mail.recipient_refused": (
            server,
            (sent[0], ("nobody@elbmark.example",)),
            MAIL,
        ),
        "mail.unreachable": (replace(server, port=1), sent, MAIL),
        "notices.address_refused": (server, (sent[0], ("kein Empfänger",)), MAIL),
    }
    for code, (place, addresses, password) in wrong.items():
        with pytest.raises(AppError) as refused:
            send_digest(digest, "de", addresses, place, password)
        assert refused.value.code == code
        assert password not in repr(refused.value)
    assert len(inbox.taken) == 1


def test_a_server_without_tls_gets_nothing(file_bank: Bank) -> None:
    inbox = Inbox()
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        digest = collect(file_bank.session, Wanted())
        with pytest.raises(AppError, match=r"mail\.no_tls"):
            send_digest(
                digest,
                "de",
                ("a@b.example", ("c@d.example",)),
                MailServer("localhost", controller.port),
            )
    finally:
        controller.stop()
    assert inbox.taken == []


def test_a_server_is_named_without_any_secret(
    monkeypatch: pytest.MonkeyPatch, file_bank: Bank
) -> None:
    assert parse_server("mail.elbmark.example", Tls.IMPLICIT).port == 465
    assert parse_server("mail.elbmark.example:2525", Tls.STARTTLS).port == 2525
    for text in ("risk:geheim@mail", "mail:port", ":25", "mail:99999"):
        with pytest.raises(AppError, match=r"mail\.bad_server"):
            parse_server(text, Tls.STARTTLS)
    monkeypatch.setattr(secrets, "get", lambda name: None)
    server = MailServer("localhost", 1, Tls.STARTTLS, "risk")
    digest = collect(file_bank.as_(FOUNDER), Wanted())
    with pytest.raises(AppError, match=r"mail\.secret_missing"):
        send_digest(digest, "de", ("a@b.example", ("c@d.example",)), server)
