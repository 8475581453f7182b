"""What shows that a rule was broken, each entry with what it is: a record keeps them as texts."""

import re
from collections.abc import Collection

from mlops_desktop.core import clock
from mlops_desktop.dossier.content import Kind, Value
from mlops_desktop.dossier.language import Language
from mlops_desktop.services.wording import LANGUAGES, read_words

_DIGEST = re.compile(r"(?:sha256:)?[0-9a-f]{64}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
_REQUEST = re.compile(r"A-\d{5,}")
_ENTRY = re.compile(r"\S+: \S.*")


def shown_by(entries: Collection[str], persons: Collection[str]) -> tuple[Value, ...]:
    """Return entries of evidence in both languages, each after the words for what it is."""
    return tuple(_labelled(entry, _form(entry, persons)) for entry in entries)


def _form(entry: str, persons: Collection[str]) -> str:
    if entry in persons:
        return "person"
    forms = (("answer", _DIGEST), ("seen", _TIME), ("request", _REQUEST), ("entry", _ENTRY))
    return next((name for name, form in forms if form.fullmatch(entry)), "told")


def _labelled(entry: str, form: str) -> Value:
    said = []
    for one in LANGUAGES:
        language = Language(read_words(one))
        shown = language.moment(clock.from_text(entry)) if form == "seen" else entry
        said.append(language.say(f"shown_by.{form}", entry=shown.replace("\n", " ")))
    return Value(Kind.BILINGUAL, "\n".join(said))
