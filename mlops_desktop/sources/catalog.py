"""Finds sources by name: a module in this package, or an entry point of another one.

A source is added by adding a file: every module here that is not listed in ``_CONTRACT`` is a
source of that name (``_`` becomes ``-``), has a function ``open_source`` that is a Factory, and a
``DESCRIPTION`` where it is not read over HTTP without settings. Another distribution adds one
through the entry point group ``mlops_desktop.sources``, which names a Factory; its attribute
``description``, if it has one, describes it.
"""

import importlib
import pkgutil
from importlib.metadata import EntryPoint, entry_points
from typing import cast

from mlops_desktop import sources
from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.core.work import IsCancelled
from mlops_desktop.sources.base import Connection, Credentials, Description, Factory, Source

GROUP = "mlops_desktop.sources"
_CONTRACT = {
    "base",
    "catalog",
    "documents",
    "files",
    "observations",
    "registries",
    "rest",
    "tabular",
    "tenants",
}


def list_kinds() -> tuple[str, ...]:
    """Return the names of all sources that can be opened, sorted; imports none of them."""
    return tuple(sorted({*_built_in(), *(point.name for point in entry_points(group=GROUP))}))


def open_source(
    connection: Connection, credentials: Credentials, is_cancelled: IsCancelled
) -> Source:
    """Open the reader of ``connection``; nothing is sent yet. Close it after use.

    One opened source serves one sync or one test of a connection, on one thread. Raises AppError
    ``source.unknown_kind``, ``source.kind_twice``, ``source.plugin_broken``, and what the reader
    raises for an address, CA file or proxy that cannot be used.
    """
    factory = _find_factory(connection.kind)
    try:
        return factory(connection, credentials, is_cancelled)
    except AppError:
        raise
    except Exception as error:
        raise _broken(connection.kind, type(error).__name__) from error


def describe(kind: str) -> Description:
    """Return what a kind of source needs; imports that source's module alone.

    Raises AppError as :func:`open_source` does.
    """
    module = _built_in().get(kind)
    factory = _find_factory(kind)
    if module is None:
        return cast("Description", getattr(factory, "description", Description()))
    found = importlib.import_module(f"{sources.__name__}.{module}")
    return cast("Description", getattr(found, "DESCRIPTION", Description()))


def _built_in() -> dict[str, str]:
    names = (module.name for module in pkgutil.iter_modules(sources.__path__))
    return {name.replace("_", "-"): name for name in names if name not in _CONTRACT}


def _find_factory(kind: str) -> Factory:
    module = _built_in().get(kind)
    points = list(entry_points(group=GROUP, name=kind))
    found = len(points) + (module is not None)
    if found == 0:
        known = ", ".join(list_kinds())
        raise AppError("source.unknown_kind", kind=kind, known=known)
    if found > 1:
        raise AppError("source.kind_twice", recovery=Recovery.CONFIGURATION, kind=kind)
    if module is None:
        return _load(points[0])
    return cast("Factory", importlib.import_module(f"{sources.__name__}.{module}").open_source)


def _load(point: EntryPoint) -> Factory:
    try:
        return cast("Factory", point.load())
    except Exception as error:
        raise _broken(point.name, point.value) from error


def _broken(kind: str, module: str) -> AppError:
    recovery = Recovery.CONFIGURATION
    return AppError("source.plugin_broken", recovery=recovery, kind=kind, module=module)
