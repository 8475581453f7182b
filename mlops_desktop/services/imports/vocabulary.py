"""What columns and values are called elsewhere: names and synonyms in both languages."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache

from mlops_desktop.core.approval_state import Approval
from mlops_desktop.core.custom_fields import PREFIX, Field
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.model_links import LinkKind
from mlops_desktop.core.validations import Cause, Light
from mlops_desktop.services.model_fields import choices, field_names
from mlops_desktop.services.own_values import say_text
from mlops_desktop.services.wording import LANGUAGES, read_words

ID, STATE, APPROVAL, VERSION = "id", "state", "approval", "version"
REGISTERED, RETIRED, RETIRED_WHY = "registered_on", "retired_on", "retired_reason"
SERVING_SINCE = "production_since"
APPROVED_ON, BODY, MINUTES = "approved_on", "approved_by", "approval_minutes"
VALID_UNTIL, EVIDENCE = "approval_until", "evidence"
VALIDATION_DATE, VALIDATION_KIND, RESULT = "validation_date", "validation_kind", "validation_result"
VALIDATION_UNIT, VALIDATION_EVIDENCE = "validation_unit", "validation_evidence"
LAST_REVIEW = "last_review"
LINKS = "links"
ON_PAPER = (
    APPROVED_ON,
    BODY,
    MINUTES,
    VALID_UNTIL,
    EVIDENCE,
    VALIDATION_DATE,
    VALIDATION_KIND,
    RESULT,
    VALIDATION_UNIT,
    VALIDATION_EVIDENCE,
)
"""What a row can say of an approval and a validation that stand on paper."""
ABOUT_LIFE = (
    ID,
    STATE,
    APPROVAL,
    REGISTERED,
    RETIRED,
    RETIRED_WHY,
    VERSION,
    SERVING_SINCE,
    LINKS,
)
"""What a row can say besides the fields of the record."""
DERIVED = ("key", "approved_until", "serving", "source", "updated_at", "last_known_state")
"""Columns of our own exports that follow from other facts: read past, never taken over."""

_LISTS: Mapping[str, Iterable[str]] = {
    APPROVAL: Approval,
    LINKS: (*LinkKind, *(f"by_{kind}" for kind in LinkKind)),
    VALIDATION_KIND: Cause,
    RESULT: (Light.GREEN, Light.YELLOW, Light.RED),
}
_FOLDERS = {
    STATE: "models.state",
    APPROVAL: "models.approval",
    LINKS: "dossier.codes.link",
} | dict.fromkeys((VALIDATION_KIND, RESULT), "item.validation.choice")
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_HINT = re.compile(r"[(\[].*?[)\]]")
_REST = re.compile(r"[^a-z0-9]+")
_CLOSE = 0.82


@cache
def folded(text: str) -> str:
    """Return a name as it is compared: case, accents, blanks, signs aside; ä is ae, ß is ss."""
    plain = unicodedata.normalize("NFC", text).casefold().translate(_GERMAN)
    marks = unicodedata.normalize("NFKD", plain)
    return _REST.sub("", marks)


def targets(own: Iterable[Field] = ()) -> tuple[str, ...]:
    """Return everything a column can be read as, in the order it is offered.

    ``own`` are the fields of the workspace's own; archived ones take nothing.
    """
    offered = (one.definition.key for one in own if not one.is_archived)
    return (*ABOUT_LIFE[:1], *field_names(), *offered, *ABOUT_LIFE[1:], *ON_PAPER)


def field_of(heading: str, own: Iterable[Field] = ()) -> str | None:
    """Return what a heading means, hints in brackets aside; None where nobody knows."""
    names = {**_headings(), **_own_headings(own)}
    return names.get(folded(heading)) or names.get(folded(_HINT.sub("", heading)))


def is_name(text: str) -> bool:
    """Tell whether a text is what a field of the record itself is called in a language."""
    names = (name_of(field, language) for language in LANGUAGES for field in targets())
    return folded(text) in {folded(name) for name in (*names, *targets())}


def suggestion_for(heading: str, own: Iterable[Field] = ()) -> str | None:
    """Return what a heading may have been meant as: the nearest name known, or nothing."""
    text, names = folded(_HINT.sub("", heading)), {**_headings(), **_own_headings(own)}
    near = get_close_matches(text, names, n=1, cutoff=_CLOSE) if len(text) > 3 else []
    return names[near[0]] if near else None


def _own_headings(own: Iterable[Field]) -> dict[str, str]:
    # The bank's own words for its own fields: they go before what others call ours.
    found: dict[str, str] = {}
    for one in (one.definition for one in own if not one.is_archived):
        for text in (one.key, one.name, one.labels.en, one.labels.de or ""):
            if text:
                found.setdefault(folded(text), one.key)
    return found


def code_of(field: str, text: str) -> str | None:
    """Return the code a value of a closed list means; None where nobody knows."""
    return _codes(field).get(folded(text))


def codes_of(field: str) -> tuple[str, ...]:
    """Return the codes of a closed list."""
    if field == STATE:
        return tuple(State)
    return tuple(_LISTS[field]) if field in _LISTS else choices(field)


def name_of(field: str, language: str, own: Iterable[Field] = ()) -> str:
    """Return what a column of ours is called."""
    for one in own:
        if one.definition.key == field:
            return one.definition.labels.say(language)
    words = read_words(language)
    keys = (f"imports.field.{field}", f"models.field.{field}")
    return next((words.text(key) for key in keys if key in words), field.removeprefix(PREFIX))


def word_of(field: str, code: str, language: str, own: Iterable[Field] = ()) -> str:
    """Return the word for a code of a closed list, or for a value as it is typed."""
    for one in own:
        if one.definition.key == field:
            return say_text(one.definition, code, language)
    words = read_words(language)
    key = f"{_FOLDERS.get(field, f'models.code.{field}')}.{code}"
    return words.text(key) if key in words else code


@cache
def _headings() -> Mapping[str, str]:
    # Later names never take a heading from earlier ones: our own names stand first.
    found: dict[str, str] = {}
    for field in (*targets(), *DERIVED):
        found.setdefault(folded(field), field)
    for language in LANGUAGES:
        for field in (*targets(), *DERIVED):
            found.setdefault(folded(name_of(field, language)), field)
    for field, text in _synonyms("imports.synonyms"):
        found.setdefault(folded(text), field)
    return found


@cache
def _codes(field: str) -> Mapping[str, str]:
    found = {folded(code): code for code in codes_of(field)}
    for language in LANGUAGES:
        for code in codes_of(field):
            found.setdefault(folded(word_of(field, code, language)), code)
    for code, text in _synonyms(f"imports.values.{field}"):
        found.setdefault(folded(text), code)
    return found


def _synonyms(prefix: str) -> Iterator[tuple[str, str]]:
    """Yield what each of the texts ``a; b; c`` under a prefix of the words stands for."""
    for language in LANGUAGES:
        for key, told in read_words(language).sentences.items():
            name = key.removeprefix(f"{prefix}.")
            if name != key and "." not in name:
                yield from ((name, text.strip()) for text in told.split(";"))
