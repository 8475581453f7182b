"""Libraries that are imported when they are first asked for, not when a module names them."""

from importlib import import_module


class Late:
    """Stands for a library; the first use of each of its names imports it.

    ``if TYPE_CHECKING: import numpy as np`` beside it tells the checker what it stands for.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> object:
        """Return what the library calls so, and keep it: it is asked for once."""
        found: object = getattr(import_module(self._name), name)
        setattr(self, name, found)
        return found
