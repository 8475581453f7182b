"""A draft that goes on being written elsewhere: a validation report, a paper for a committee."""

from dataclasses import dataclass

from mlops_desktop.dossier.content.chapters import Chapter
from mlops_desktop.dossier.content.values import Field, Moment


@dataclass(frozen=True, slots=True)
class Paper:
    """What a draft says; ``kind`` is a term (``validation``), ``name`` may be in two languages.

    ``known`` is when the last of what it knows was recorded: the same facts give the same bytes.
    """

    kind: str
    number: str
    name: str
    workspace: str
    classification: str
    known: Moment
    fields: tuple[Field, ...]
    chapters: tuple[Chapter, ...]
