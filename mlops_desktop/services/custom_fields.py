"""Fields that the workspace adds to the inventory record: define, amend, archive, list, show.

All of it is model risk management's; others are refused by ``authority.define_field``.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.authority import Act
from mlops_desktop.core.custom_fields import (
    NAME,
    Choice,
    Field,
    FieldDefinition,
    FieldKind,
    Labels,
)
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.custom_fields import (
    FieldAmended,
    FieldArchived,
    FieldDefined,
    FieldReinstated,
)
from mlops_desktop.core.field_changes import amend
from mlops_desktop.ledger.text import clean_text
from mlops_desktop.services.authority import check_authority
from mlops_desktop.services.imports.vocabulary import is_name
from mlops_desktop.services.late import locks_late
from mlops_desktop.services.model_fields import field_names
from mlops_desktop.services.session import Recorded, Session, commit_text
from mlops_desktop.store.queries import custom_fields as queries
from mlops_desktop.store.unit_of_work import WriteSession

__all__ = ["Choice", "Field", "FieldDefinition", "FieldKind", "Labels"]

_LONGEST_LABEL = 60
_LONGEST_HELP = 300
_REST = re.compile(r"[^a-z0-9]+")
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


@dataclass(frozen=True, slots=True)
class Amendment:
    """What is to be changed of a field; None leaves it, an empty help takes it away.

    ``choices`` are all that are offered afterwards.
    """

    labels: Labels | None = None
    help: Labels | None = None
    choices: tuple[Choice, ...] | None = None
    is_required: bool | None = None


def list_fields(session: Session, as_of: AsOf = NOW) -> tuple[Field, ...]:
    """Return every field, archived ones too, in the order defined."""
    with session.workspace.read() as view:
        return queries.list_fields(view.connection, as_of)


def show_field(session: Session, named: str, as_of: AsOf = NOW) -> tuple[Field, int]:
    """Return a field by name or label, and how many models hold a value in it now.

    Raises ``field.not_found``.
    """
    with session.workspace.read() as view:
        found = queries.find_field(view.connection, named, as_of=as_of)
        return found, queries.count_values(view.connection, found.definition.name)


def count_held(session: Session) -> dict[str, int]:
    """Return how many models hold a value in each field now, by its name."""
    with session.workspace.read() as view:
        return queries.count_held(view.connection)


def name_for(label: str) -> str:
    """Return a name made from a label: DORA-kritisch becomes dora_kritisch."""
    plain = unicodedata.normalize("NFC", label).casefold().translate(_GERMAN)
    folded = unicodedata.normalize("NFKD", plain)
    return _REST.sub("_", folded.encode("ascii", "ignore").decode("ascii")).strip("_")[:40]


@locks_late
def define_field(session: Session, wanted: FieldDefinition) -> Recorded:
    """Give the record of every model one more field; its name, kind and cover are for ever.

    Raises ``authority.define_field``, ``field.name_refused``, ``field.name_taken``,
    ``field.label_missing``, ``field.label_taken``, ``field.text_too_long``,
    ``field.choices_missing``, ``field.choices_refused``, ``field.choice_twice``.
    """
    with session.workspace.write(session.actor) as work:
        check_authority(session, work, Act.DEFINE_FIELD)
        made = _cleaned(wanted)
        if not NAME.fullmatch(made.name):
            raise AppError("field.name_refused", where="name", name=made.name)
        known = queries.list_fields(work.connection)
        if made.name in {*field_names(), *(one.definition.name for one in known)}:
            raise AppError("field.name_taken", where="name", name=made.name)
        _check(made, known)
        work.record(FieldDefined(made))
    return Recorded(made.name, work.changes)


@locks_late
def amend_field(session: Session, named: str, wanted: Amendment) -> Recorded:
    """Call, explain or answer a field differently; a choice left out stays on old values.

    Raises ``authority.define_field``, ``field.not_found``, ``field.is_archived``,
    ``field.nothing_changed``, and what :func:`define_field` refuses of labels and choices.
    """
    with session.workspace.write(session.actor) as work:
        before, known = _find_open(session, work, named), queries.list_fields(work.connection)
        payload = _amended(before, wanted)
        after = _cleaned(amend(before, payload))
        _check(after, [one for one in known if one.definition.name != before.name])
        if after == before:
            raise AppError("field.nothing_changed", name=before.name)
        work.record(payload)
    return Recorded(before.name, work.changes)


def _amended(before: FieldDefinition, wanted: Amendment) -> FieldAmended:
    if wanted.choices is not None and not wanted.choices:
        raise AppError("field.choices_missing", where="choices")
    help = _labels(wanted.help) if wanted.help else None
    return FieldAmended(
        before.name,
        _labels(wanted.labels) if wanted.labels else None,
        help if help and help.en else None,
        tuple(map(_choice, wanted.choices or ())),
        wanted.is_required,
        drops_help=help is not None and not help.en,
    )


@locks_late
def archive_field(session: Session, named: str, reason: str | None = None) -> Recorded:
    """No longer offer a field; the values it has stay on record and in dossiers.

    Raises ``authority.define_field``, ``field.not_found``, ``field.is_archived``.
    """
    with session.workspace.write(session.actor) as work:
        found = _find_open(session, work, named)
        work.record(FieldArchived(found.name, commit_text(reason)))
    return Recorded(found.name, work.changes)


@locks_late
def reinstate_field(session: Session, named: str, reason: str | None = None) -> Recorded:
    """Offer an archived field again.

    Raises ``authority.define_field``, ``field.not_found``, ``field.not_archived``.
    """
    with session.workspace.write(session.actor) as work:
        check_authority(session, work, Act.DEFINE_FIELD)
        found = queries.find_field(work.connection, named)
        if not found.is_archived:
            raise AppError("field.not_archived", name=found.definition.name)
        work.record(FieldReinstated(found.definition.name, commit_text(reason)))
    return Recorded(found.definition.name, work.changes)


def _find_open(session: Session, work: WriteSession, named: str) -> FieldDefinition:
    check_authority(session, work, Act.DEFINE_FIELD)
    found = queries.find_field(work.connection, named)
    if found.is_archived:
        raise AppError("field.is_archived", where="field", name=found.definition.name)
    return found.definition


def _cleaned(wanted: FieldDefinition) -> FieldDefinition:
    """Return a definition with clean texts, its name made from the label where none is given."""
    labels, help = _labels(wanted.labels), wanted.help and _labels(wanted.help)
    return replace(
        wanted,
        name=wanted.name.strip() or name_for(labels.en),
        labels=labels,
        help=help if help and help.en else None,
        choices=tuple(map(_choice, wanted.choices)),
    )


def _labels(labels: Labels) -> Labels:
    english, german = _text(labels.en), _text(labels.de or "")
    return Labels(english or german, german if german and german != english else None)


def _text(text: str) -> str:
    return " ".join(clean_text(text).split())


def _choice(one: Choice) -> Choice:
    labels = _labels(one.labels)
    return replace(one, key=one.key.strip() or name_for(labels.en), labels=labels)


def _check(made: FieldDefinition, others: Iterable[Field]) -> None:
    if not made.labels.en:
        raise AppError("field.label_missing", where="label")
    _check_lengths(made)
    own = _called(made)
    if any(is_name(label) for label in own):
        label = made.labels.en
        raise AppError("field.label_taken", where="label", label=label, name=label)
    for other in others:
        if own & _called(other.definition):
            name = other.definition.name
            raise AppError("field.label_taken", where="label", label=made.labels.en, name=name)
    if made.kind is FieldKind.CHOICE:
        _check_choices(made)
    elif made.choices:
        raise AppError("field.choices_refused", where="choices", kind=made.kind.value)


def _called(definition: FieldDefinition) -> set[str]:
    labels = definition.labels
    return {text.casefold() for text in (labels.en, labels.de) if text}


def _check_lengths(made: FieldDefinition) -> None:
    named = [(made.labels, "label", _LONGEST_LABEL)]
    named += [(one.labels, "choices", _LONGEST_LABEL) for one in made.choices]
    named += [(made.help, "help", _LONGEST_HELP)] if made.help else []
    for labels, where, most in named:
        if max(len(labels.en), len(labels.de or "")) > most:
            raise AppError("field.text_too_long", where=where, most=most)


def _check_choices(made: FieldDefinition) -> None:
    if not made.offered:
        raise AppError("field.choices_missing", where="choices")
    seen: set[str] = set()
    for one in made.offered:
        names = {text.casefold() for text in (one.key, one.labels.en, one.labels.de) if text}
        if not NAME.fullmatch(one.key):
            raise AppError("field.name_refused", where="choices", name=one.key)
        if names & seen:
            raise AppError("field.choice_twice", where="choices", choice=one.labels.en)
        seen |= names
