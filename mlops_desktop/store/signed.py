"""Signed events checked against the certificate and the head that the ledger knew then."""

from collections.abc import Mapping
from typing import cast

import sqlalchemy as sa

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events import codec
from mlops_desktop.core.events.registry import Signature
from mlops_desktop.ledger import body as ledger_body
from mlops_desktop.ledger import signature as signatures
from mlops_desktop.ledger.body import Tree
from mlops_desktop.store.queries.people import get_certificate


def check_signature(connection: sa.Connection, position: int, body: bytes) -> str | None:
    """Return the code of what is wrong with an event's signature, None where it is good.

    The certificate must have been enrolled before the event for the person who acts, and not
    revoked by then.
    """
    tree = cast("Mapping[str, Tree]", ledger_body.decode(body))
    if "signature" not in tree:
        return "signature.missing"
    signature = codec.from_tree(Signature, tree["signature"], {})
    known = get_certificate(connection, signature.fingerprint)
    if known is None or known.position > position:
        return "signature.certificate_unknown"
    if known.revoked_position is not None and known.revoked_position < position:
        return "signature.certificate_revoked"
    actor = cast("Mapping[str, str]", tree["actor"])
    if known.person != actor["person"]:
        return "signature.other_person"
    try:
        signatures.verify(signatures.payload_of(tree), signature, known.pem)
    except AppError as error:
        return error.code
    return None
