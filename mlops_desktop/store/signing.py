"""What a write session asks of whoever holds the keys."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from mlops_desktop.core.events.registry import Signature
from mlops_desktop.ledger.body import Tree
from mlops_desktop.ledger.tree import Frontier

SignHead: TypeAlias = Callable[[Frontier], str]
"""Makes the signed checkpoint of a frontier."""

SignTree: TypeAlias = Callable[[Mapping[str, Tree]], Signature]
"""Signs the tree of an event with a person's key."""

OnCommit: TypeAlias = Callable[[Frontier, str], None]
"""Told the frontier and the checkpoint after they are durable."""
