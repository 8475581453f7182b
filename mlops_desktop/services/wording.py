"""Reads the words of a language: resources/wording/<language>/<area>.toml, one file an area."""

import tomllib
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

import msgspec

from mlops_desktop import paths
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.wording import Words

LANGUAGES = ("en", "de")
_DAY = {"en": "d MMM yyyy", "de": "dd.MM.yyyy"}
_DAYS = frozenset(
    ("at", "day", "due", "earliest", "first", "last", "on", "since", "today", "until")
)

CODES = {
    "fate": ("copies.fate.{}",),
    "refusal": ("copies.rule.{}", "approvals.refusal.{}", "items.refusal.{}"),
}
"""Where the words of a code stand, by the parameter that bears it."""


def _flatten(tree: dict[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in tree.items():
        key = f"{prefix}{name}"
        if isinstance(value, dict):
            yield from _flatten(value, f"{key}.")
        else:
            yield key, str(value)


class _Rule(msgspec.Struct):
    id: str
    title: dict[str, str]


class _Titled(msgspec.Struct):
    id: str
    title: dict[str, str]
    rules: list[_Rule]


@cache
def read_words(language: str) -> Words:
    """Return the words of ``language`` (``en`` or ``de``); a key stands in one file only."""
    if language not in LANGUAGES:
        raise AppError("wording.unknown_language", language=language)
    sentences: dict[str, str] = {}
    for file in sorted(paths.resource("wording", language).glob("*.toml")):
        for key, sentence in _flatten(tomllib.loads(file.read_text("utf-8"))):
            if key in sentences:
                raise ValueError(f"{file.name}: key twice: {key}")
            sentences[key] = sentence
    return Words(language, sentences | dict(_titles(language)))


def _titles(language: str) -> Iterator[tuple[str, str]]:
    """Yield the titles of regulatory profiles and their rules, as a dossier prints codes."""
    for file in sorted(paths.resource("profiles").glob("*.json")):
        profile = msgspec.json.decode(file.read_bytes(), type=_Titled)
        yield f"dossier.part.{profile.id}", profile.title[language]
        yield f"dossier.codes.{profile.id}", profile.title[language]
        for rule in profile.rules:
            yield f"dossier.codes.{profile.id}/{rule.id}", rule.title[language]


def explain(
    error: AppError, language: str = "en", *, in_window: bool = False
) -> tuple[str, str, str]:
    """Return what happened, what it means and what to do about ``error``, in ``language``.

    Where a remedy names options of a command, ``window`` beside it says what to do in the window.
    """
    words = read_words(language)
    last = "window" if in_window and f"errors.{error.code}.window" in words else "remedy"
    parts = (f"errors.{error.code}.{part}" for part in ("message", "meaning", last))
    told = {name: _readable(name, one, language) for name, one in error.parameters.items()}
    said = tuple(words.text(key, **told) if key in words else "" for key in parts)
    # Where nothing comes near what was written, nothing is said of it.
    meaning = "" if told.get("near") == "" else said[1]
    return said[0] or str(error), meaning, said[2]


def _readable(name: str, value: str | int, language: str) -> str | int:
    # By its name: the label of a version, say, can look like a day and is none.
    if not isinstance(value, str):
        return value
    if name in CODES:
        return say_code(CODES[name], value, language)
    return say_day(value, language) if name in _DAYS else value


def say_code(patterns: Iterable[str], code: str, language: str) -> str:
    """Return the words of a code, of the first pattern that has any; without words as it is."""
    words = read_words(language)
    keys = (pattern.format(code) for pattern in patterns)
    return next((words.text(key) for key in keys if key in words), code)


def say_day(text: str, language: str) -> str:
    """Write an ISO day or moment as people of ``language`` do; anything else as it is."""
    day, _, time = text.partition("T")
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return text
    from babel.dates import format_date

    said = format_date(found, _DAY[language], language)
    return f"{said}, {time[:5]} UTC" if time else said
