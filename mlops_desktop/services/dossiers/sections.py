"""Which sections a dossier has, and which of them somebody chose to leave out."""

from collections.abc import Iterable
from dataclasses import dataclass

from mlops_desktop.core.errors import AppError
from mlops_desktop.dossier import sections
from mlops_desktop.services.dossiers.chapters import chapter_names


@dataclass(frozen=True, slots=True)
class Section:
    """A section by its name (``dossier.section.<name>`` in words); some are always there."""

    name: str
    is_always: bool


def list_sections() -> tuple[Section, ...]:
    """Return every section of one model's dossier, in the order printed."""
    names = sorted({*chapter_names(), *sections.PAGES}, key=sections.place)
    return tuple(Section(name, name in sections.ALWAYS) for name in names)


def left_out_by(chosen: Iterable[str]) -> tuple[str, ...]:
    """Return the sections that are left out where only ``chosen`` are wanted, in order.

    Raises ``dossier.unknown_section`` and ``dossier.no_section``.
    """
    wanted = {name.strip().replace("-", "_") for name in chosen if name.strip()}
    if not wanted:
        raise AppError("dossier.no_section", where="sections")
    known = list_sections()
    for name in sorted(wanted - {one.name for one in known}):
        told = ", ".join(one.name for one in known if not one.is_always)
        raise AppError("dossier.unknown_section", where="sections", section=name, known=told)
    return tuple(one.name for one in known if not one.is_always and one.name not in wanted)


def printed_without(left_out: Iterable[str]) -> tuple[str, ...]:
    """Return the sections that are printed where some are left out, in order."""
    gone = frozenset(left_out)
    return tuple(one.name for one in list_sections() if one.is_always or one.name not in gone)
