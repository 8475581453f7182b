"""What was signed, said in another language: the signed words stay, their meaning stands beside."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from functools import cache
from string import Formatter

from mlops_desktop.core.wording import Words
from mlops_desktop.services.wording import LANGUAGES, read_words

_OURS = re.compile(
    r"dossier\.(seal|countersign)\.default_meaning"
    r"|approvals\.declare\.\w+|approvals\.act\.\w+\.meaning"
    r"|papers\.act\.\w+\.meaning|oversight\.ask\.meeting_sign\.meaning"
)
"""The sentences that the program offers to be signed; whoever signs may write others."""
_LIMITED = ("approvals.limited.until", "entities.only_for")
"""What is said around such a sentence, the outer first."""
_ENVIRONMENT = "models.code.environment."
_DAYS = {"en": "%d/%m/%Y", "de": "%d.%m.%Y"}


def restate(signed: str, language: str) -> str:
    """Return a sentence of the program's as ``language`` says it.

    Empty where it stands in that language already, or is somebody's own words.
    """
    for other in LANGUAGES:
        if (found := _find(signed, other)) is not None:
            key, given = found
            return "" if other == language else _say(key, given, other, language)
    return ""


def _say(key: str, given: Mapping[str, str], spoken: str, language: str) -> str:
    told = dict(given)
    if "environment" in told:
        told["environment"] = _environment(told["environment"], spoken, language)
    if "day" in told:
        told["day"] = _day(told["day"], language)
    if key in _LIMITED:
        told["sentence"] = restate(told["sentence"], language) or told["sentence"]
    return read_words(language).text(key, **told)


def _find(signed: str, language: str) -> tuple[str, Mapping[str, str]] | None:
    for key, form in _forms(language):
        found = form.fullmatch(signed)
        if found is not None and (key not in _LIMITED or _find(found["sentence"], language)):
            return key, found.groupdict()
    return None


@cache
def _forms(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    words = read_words(language)
    ours = [key for key in words.sentences if _OURS.fullmatch(key)]
    return tuple((key, re.compile("".join(_parts(words, key)))) for key in (*_LIMITED, *ours))


def _parts(words: Words, key: str) -> Iterator[str]:
    for text, name, _, _ in Formatter().parse(words.sentences[key]):
        yield re.escape(text)
        if name:
            yield f"(?P<{name}>.+)"


def _environment(told: str, spoken: str, language: str) -> str:
    sentences = read_words(spoken).sentences
    known = (key for key, word in sentences.items() if word == told)
    key = next((key for key in known if key.startswith(_ENVIRONMENT)), "")
    return read_words(language).text(key) if key else told


def _day(told: str, language: str) -> str:
    for form in _DAYS.values():
        with suppress(ValueError):
            return datetime.strptime(told, form).strftime(_DAYS[language])  # noqa: DTZ007 - a day
    return told
