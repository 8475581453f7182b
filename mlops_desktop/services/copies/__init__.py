"""Copies of a shared workspace: taken away, worked in, brought back with nothing lost."""

from mlops_desktop.services.copies.origin import open_origin
from mlops_desktop.services.copies.pulling import Pulled, pull, take_update
from mlops_desktop.services.copies.pushing import Pushed, push, receive
from mlops_desktop.services.copies.settling import settle
from mlops_desktop.services.copies.standing import Conflict, State, conflicts, state
from mlops_desktop.services.copies.sticks import (
    read_outbox_file,
    read_update_file,
    write_outbox,
    write_update,
)
from mlops_desktop.services.copies.taking import CopyKind, Taken, Wanted, take

__all__ = [
    "Conflict",
    "CopyKind",
    "Pulled",
    "Pushed",
    "State",
    "Taken",
    "Wanted",
    "conflicts",
    "open_origin",
    "pull",
    "push",
    "read_outbox_file",
    "read_update_file",
    "receive",
    "settle",
    "state",
    "take",
    "take_update",
    "write_outbox",
    "write_update",
]
