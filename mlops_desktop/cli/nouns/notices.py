"""What is due, and letting it out."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mlops_desktop.cli.answer import Answer, Document
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.choices import OneOf
from mlops_desktop.cli.commands import Group
from mlops_desktop.cli.secrets import read_variable
from mlops_desktop.cli.text import table
from mlops_desktop.core.identity import Role

if TYPE_CHECKING:
    from mlops_desktop.services.notices.collecting import Digest

F_ = TypeVar("F_", bound=Callable[..., Any])
SECRET = "--mail-secret-env"  # noqa: S105 - the option's name

_OPTIONS = (
    click.option("--lang", type=click.Choice(["en", "de"]), default="en", show_default=True),
    click.option("--titles", is_flag=True, help="Free text too; it cannot be called back."),
    click.option("--everybody", is_flag=True, help="Whoever it concerns."),
    click.option("--role", type=OneOf(Role), help="What concerns persons of this role."),
    click.option("--person", metavar="NAME", help="What concerns this person; you unless said."),
    click.option("--within", type=click.IntRange(0, 3650), default=30, show_default=True),
)


def _wanted(function: F_) -> F_:
    for option in _OPTIONS:
        function = option(function)
    return function


@click.group("notices", cls=Group)
def command() -> None:
    """What is due within days or overdue, as a list, e-mail or calendar."""


@command.command("list")
@_wanted
@pass_call
def list_(call: Call, /, lang: str, **wanted: Any) -> Answer:
    """List what is due."""
    return _answer(_collect(call, wanted), lang)


@command.command()
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), required=True)
@_wanted
@pass_call
def export(call: Call, /, out: Path, lang: str, **wanted: Any) -> Answer:
    """Write what is due as an e-mail (.eml) or a calendar (.ics)."""
    from mlops_desktop.services.notices.writing import save

    digest = _collect(call, wanted)
    save(digest, out, lang)
    document: Document = {"path": str(out), "notices": len(digest.notices)}
    return Answer(document, f"Written: {out}")


@command.command()
@click.option("--smtp", required=True, metavar="HOST[:PORT]", help="The mail server.")
@click.option("--tls", type=click.Choice(["starttls", "implicit"]), default="starttls")
@click.option("--from", "sender", required=True, metavar="ADDRESS")
@click.option("--to", "recipients", required=True, multiple=True, metavar="ADDRESS")
@click.option("--user", metavar="NAME", help="Log in; the password is in the keyring unless…")
@click.option(SECRET, "variable", metavar="VARIABLE", help="…this variable holds it.")
@click.option("--ca-file", type=click.Path(dir_okay=False), help="A CA of the house.")
@click.option("--remember", is_flag=True, help="Keep the password in the system's keyring.")
@_wanted
@pass_call
def send(
    call: Call,
    /,
    smtp: str,
    tls: str,
    sender: str,
    recipients: tuple[str, ...],
    user: str | None,
    variable: str | None,
    ca_file: str | None,
    remember: bool,
    lang: str,
    **wanted: Any,
) -> Answer:
    """Send what is due through a mail server, under TLS."""
    from mlops_desktop.services.notices import sending

    password = read_variable(variable, SECRET)
    server = sending.parse_server(smtp, sending.Tls(tls), user, ca_file)
    digest = _collect(call, wanted)
    sending.send_digest(digest, lang, (sender, recipients), server, password)
    if remember and password is not None:
        sending.remember_secret(server, password)
    document: Document = {"sent_to": list(recipients), "notices": len(digest.notices)}
    return Answer(document, f"Sent: {len(digest.notices)} to {', '.join(recipients)}")


def _collect(call: Call, wanted: dict[str, Any]) -> "Digest":
    from mlops_desktop.services.notices.collecting import Wanted, collect

    given = dict(wanted)
    is_for_all = given.pop("everybody")
    with call.session() as session:
        return collect(session, Wanted(is_for_all=is_for_all, **given))


def _answer(digest: "Digest", language: str) -> Answer:
    from mlops_desktop.services.notices.writing import called, due_words, kind_word
    from mlops_desktop.services.wording import read_words

    words = read_words(language)
    documents: list[Document] = [
        {
            "id": one.id,
            "kind": one.kind,
            "due": one.due.isoformat() if one.due else None,
            "overdue": one.due is not None and one.due < digest.day,
            "name": one.name or one.title or None,
        }
        for one in digest.notices
    ]
    rows = [
        (one.id, kind_word(words, one), due_words(words, digest, one), called(words, one))
        for one in digest.notices
    ]
    return Answer(documents, table(("ID", "WHAT", "DUE", "NAME"), rows))
