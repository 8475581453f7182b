"""The packages this program stands on, with their versions and licences."""

import re
from collections import deque
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution

_OWN = "mlops-desktop"
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_CLASSIFIER = "License :: "
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Package:
    """One installed package; ``licence`` is empty where it states none."""

    name: str
    version: str
    licence: str

    @property
    def id(self) -> str:
        """What the package is called wherever packages are found."""
        return self.name


def list_packages() -> tuple[Package, ...]:
    """Return every installed package that this program needs, and theirs, by name."""
    found: dict[str, Package] = {}
    waiting = deque(_needs(_OWN))
    while waiting:
        name = waiting.popleft()
        if name in found or (known := _find(name)) is None:
            continue
        found[name] = Package(known.metadata["Name"] or name, known.version, _licence(known))
        waiting.extend(_needs(name))
    return tuple(sorted(found.values(), key=lambda one: one.name.casefold()))


def _needs(name: str) -> tuple[str, ...]:
    known = _find(name)
    wanted = known.requires or () if known is not None else ()
    # What an extra asks for is listed only where somebody needs it without the extra.
    plain = (one for one in wanted if "extra ==" not in one)
    return tuple(_plain(found[0]) for one in plain if (found := _NAME.match(one)))


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).casefold()


def _find(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def _licence(package: Distribution) -> str:
    """Return the SPDX expression (PEP 639), or what older metadata says in one line."""
    told = _stated(package, "License-Expression")
    if told:
        return told
    stated = _stated(package, "License")
    if stated and "\n" not in stated and len(stated) <= _LONGEST:
        return stated
    classifiers = package.metadata.get_all("Classifier") or []
    named = [one.rpartition(" :: ")[2] for one in classifiers if one.startswith(_CLASSIFIER)]
    return ", ".join(one for one in named if one != "OSI Approved")


def _stated(package: Distribution, field: str) -> str:
    return str(next(iter(package.metadata.get_all(field) or ()), ""))
