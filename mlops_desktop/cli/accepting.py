"""``people accept INVITATION``: the key of the invited is made here, without the workspace."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from mlops_desktop.cli.answer import Answer
from mlops_desktop.cli.call import Call
from mlops_desktop.cli.text import pairs
from mlops_desktop.cli.token_options import token_options

if TYPE_CHECKING:
    from mlops_desktop.services.accepting import NewKey, Request
    from mlops_desktop.services.people import TokenPlace

F = TypeVar("F", bound=Callable[..., Any])
_KINDS = ("rsa-3072", "p-256")


@dataclass(frozen=True, slots=True)
class Taken:
    """Where the request is written, and which key is to stand behind it."""

    out: Path
    kind: str
    key_file: Path | None
    token: "TokenPlace | None"


_OPTIONS = (
    click.option("--key-file", type=click.Path(path_type=Path), help="Your own PKCS#12 file."),
    click.option("--kind", type=click.Choice(_KINDS), default=_KINDS[0], help="Made here."),
    click.option("--out", type=click.Path(path_type=Path), help="Where the request is written."),
)


def invitation_options(function: F) -> F:
    """Add what an invitation is taken with, given as ``taken``; None where --out lacks."""

    @wraps(function)
    def call(*given: Any, **named: Any) -> Any:
        out, kind = named.pop("out"), named.pop("kind")
        told = Taken(out, kind, named.pop("key_file"), named.pop("token"))
        return function(*given, taken=told if out is not None else None, **named)

    made = cast("F", call)
    for add in _OPTIONS:
        made = add(made)
    return token_options(made)


def accept_answer(call: Call, path: Path, taken: Taken) -> Answer:
    """Take an invitation and write the request for a certificate."""
    from mlops_desktop.services.accepting import accept_invitation
    from mlops_desktop.services.invitations import read_invitation

    invitation = read_invitation(path)
    request = accept_invitation(invitation, new_key(call, taken, invitation.name))
    return request_answer(request, taken.out, invitation.workspace_name)


def new_key(call: Call, taken: Taken, name: str) -> "NewKey":
    """Return the key to make or take, its passphrase asked for."""
    from mlops_desktop.services.accepting import KeyKind, NewKey
    from mlops_desktop.services.key_files import read_key_file

    question = f"PIN of the token {taken.token.token}" if taken.token else "Passphrase of your key"
    secret = call.ask_person(question, twice=not (taken.token or taken.key_file))()
    brought = read_key_file(taken.key_file, secret) if taken.key_file else None
    return NewKey(secret, KeyKind(taken.kind), brought, taken.token)


def request_answer(request: "Request", out: Path, workspace: str) -> Answer:
    """Write a request and tell the fingerprint."""
    from mlops_desktop.cli.files import write_text

    write_text(out, request.pem)
    told = [
        ("Workspace", workspace),
        ("Request", str(out)),
        ("Fingerprint", request.fingerprint),
        ("Next", "Send the request to a custodian, and read the fingerprint out to each of them."),
    ]
    document = {"request": str(out), "fingerprint": request.fingerprint, "workspace": workspace}
    return Answer(document, pairs(told))
