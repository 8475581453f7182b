"""Says a command's list in words: titles, codes, days and figures as a language writes them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mlops_desktop.core.items.kinds import kinds
from mlops_desktop.core.wording import Words
from mlops_desktop.dossier.language import Language
from mlops_desktop.services.wording import read_words

__all__ = ["Listed", "say_list"]

_ENVIRONMENT = ("models.code.environment",)
_STATUS = ("oversight.status",)
_KIND_OF_REPORT = ("oversight.report_kind",)
_MEASURED = ("monitoring.state",)
_FAMILIES: dict[tuple[str, str], tuple[str, ...]] = {
    ("approvals", "STATUS"): ("approvals.status",),
    ("attestations", "STATE"): ("attestations.stage",),
    ("breaches", "LEVEL"): ("item.breach.choice",),
    ("dossier", "ABOUT"): ("dossier.scope",),
    ("dossier templates", "SECTIONS LEFT OUT"): ("dossier.section",),
    ("emergencies", "STANDING"): ("oversight.emergency",),
    ("fields", "KIND"): ("oversight.kind",),
    ("meetings", "STANDING"): ("oversight.meeting",),
    ("models", "APPROVAL"): ("models.approval",),
    ("models", "STATE"): ("models.state",),
    ("monitoring", "STATE"): _MEASURED,
    ("people", "ROLES"): ("approvals.role",),
    ("people", "STANDING"): ("settings.standing",),
    ("permissions", "CATEGORY"): ("oversight.category",),
    ("permissions", "STANDING"): ("oversight.permission",),
    ("pipelines", "LAST RUN"): ("pipelines.outcome",),
    ("pipelines", "QUALITY"): ("pipelines.quality", *_MEASURED),
    ("report", "KIND"): _KIND_OF_REPORT,
    ("report plan", "EVERY"): ("oversight.report_every",),
    ("report plan", "KIND"): _KIND_OF_REPORT,
    ("retention", "WHAT"): ("oversight.retained",),
    ("rules", "STANDING"): _STATUS,
    ("sources", "KIND"): ("sources.kind",),
    ("tiering templates", "RULE"): ("oversight.template_rule",),
    ("tiering templates", "STATUS"): _STATUS,
}
_SENTENCES = frozenset(
    {"FOR", "FRESHNESS", "ANSWERED", "STATE", "STANDING", "APPROVAL", "THRESHOLD", "TITLE"}
)
_FIGURES = frozenset({"VALUE", "THRESHOLD"})
_NUMBERS = frozenset({"VALUE", "ROWS", "NEW", "CHANGED", "UNCHANGED", "PAPERS", "RUNS", "FAILED"})
_SCOPES = frozenset({"kinds", "tiers", "environments", "regions", "methodologies"})
_CODED = frozenset({"REQUIRED", "COVERED", "ARCHIVED", "LANGUAGE"})
_NUMBER = re.compile(r"[A-Z]{1,2}-\d+")
_DAY = re.compile(r"\b(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?Z?)?(?![\d-])")
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("unmeasured", re.compile(r"unmeasured since (?P<day>\S+)")),
    ("never_measured_in_use", re.compile(r"never measured, in use since (?P<day>\S+)")),
    ("never_measured", re.compile("never measured")),
    ("erased", re.compile(r"erased on (?P<day>\S+), by rule (?P<rule>.+)")),
    ("withheld", re.compile("withheld in this extract")),
    ("late_hours", re.compile(r"late by (?P<n>\d+) h")),
    ("late_days", re.compile(r"late by (?P<n>\d+) days")),
    ("on_time", re.compile("on time")),
    ("not_expected", re.compile("not expected")),
    ("no_longer_seen", re.compile("no longer seen")),
    ("never_ran", re.compile("never ran")),
    ("ended", re.compile("ended")),
    ("models_with_part", re.compile(r"(?P<n>\d+) models?, (?P<parts>\d+) with a part")),
    ("regime", re.compile(r"(?P<name>[\w-]+), (?P<n>\d+) models?")),
    ("of", re.compile(r"(?P<n>\d+) of (?P<all>\d+)")),
    ("signs", re.compile("can sign")),
    ("everything", re.compile("everything")),
    ("from_paper", re.compile(r"approved \(from paper\)")),
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A list in words: its title, its columns' titles, which are figures, and its rows."""

    title: str
    heads: tuple[str, ...]
    are_numbers: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]


def say_list(
    name: str, heads: Sequence[str], cells: Sequence[Sequence[str]], language: str
) -> Listed:
    """Return the list that ``name`` prints (``models``, ``report plan``) in ``language``.

    A code without a word stays as it is, so that no cell is lost.
    """
    words, kept = read_words(language), [at for at, head in enumerate(heads) if head]
    say = [_teller(name, heads[at], words) for at in kept]
    rows = tuple(
        tuple(tell(text) for tell, text in zip(say, _joined(heads, row, words), strict=True))
        for row in cells
    )
    said = [_head(name, heads[at], [row[at] for row in cells], words) for at in kept]
    return Listed(
        _said(words, "list_columns.title", name),
        tuple(said),
        tuple(heads[at] in _NUMBERS for at in kept),
        rows,
    )


def _head(name: str, head: str, cells: Sequence[str], words: Words) -> str:
    """Return a column's title; an ID that people know by number is called so."""
    if head == "ID" and cells and all(map(_NUMBER.fullmatch, cells)):
        return words.text("list_columns.number")
    own = _said(words, f"list_columns.head_of.{name.replace(' ', '_')}", head)
    return own if own != head else _said(words, "list_columns.head", head)


def _joined(heads: Sequence[str], row: Sequence[str], words: Words) -> list[str]:
    """Return the cells of a row; one without a title is a remark on the one before it."""
    cells: list[str] = []
    for head, text in zip(heads, row, strict=True):
        if head:
            cells.append(text)
        elif text:
            cells[-1] = ", ".join(
                filter(None, (cells[-1], _said(words, "list_columns.code", text)))
            )
    return cells


def _said(words: Words, family: str, code: str) -> str:
    plain = code.lower().replace(" ", "_")
    keys = (f"{family}.{one}" for one in (plain, plain.replace("-", "_")))
    return next((words.text(key) for key in keys if key in words), code)


def _teller(name: str, head: str, words: Words) -> Callable[[str], str]:
    """Return what says a cell of a column: as its codes, its sentences, its figures or days."""
    families, language = _families(name, head), Language(words)

    def tell(text: str) -> str:
        is_sentence = head in _SENTENCES or (name, head) == ("dossier", "NAME")
        told = _sentence(text, words) if is_sentence else text
        if told == text:
            told = _in_words(text, families, words)
        if told == text and head == "TITLE":
            told = _program_title(name, text, words)
        if name == "rules" and head == "FOR":
            told = _scope(told, words)
        if head in _FIGURES and words.language == "de":
            told = re.sub(r"(?<=\d)\.(?=\d)", ",", told)
        return _DAY.sub(lambda found: _day(found, language), told.replace(" .. ", " – "))

    return tell


def _noun(name: str) -> str:
    """Return the kind of item that a list shows, or nothing."""
    plural = name.replace("-", "_")
    return next((kind.noun for kind in kinds() if kind.plural == plural), "")


def _families(name: str, head: str) -> tuple[str, ...]:
    if head == "ENVIRONMENT":
        return _ENVIRONMENT
    if head in _CODED:
        return ("list_columns.code",)
    if _noun(name) and head == "STATE":
        return (f"item.{_noun(name)}.stage",)
    return _FAMILIES.get((name, head), ())


def _in_words(text: str, families: tuple[str, ...], words: Words) -> str:
    """Return a code, or several with commas between them, in the words of the first family."""
    if not families:
        return text
    return ", ".join(_code(part, families, words) for part in text.split(", "))


def _code(code: str, families: tuple[str, ...], words: Words) -> str:
    for family in families:
        told = _said(words, family, code)
        if told != code:
            return told
    return code


def _sentence(text: str, words: Words) -> str:
    for key, pattern in _PATTERNS:
        found = pattern.fullmatch(text)
        if found:
            told = found.groupdict()
            if "name" in told:
                told["name"] = _said(words, "dossier.codes", told["name"])
            return words.text(f"list_columns.said.{key}", **told)
    return text


def _program_title(name: str, text: str, words: Words) -> str:
    """Return the title that the program gave, in ``words``; a person's title stays."""
    noun, english = _noun(name), read_words("en")
    prefix = f"item.{noun}.choice." if noun else "dossier.part."
    keys = (key for key in english.sentences if key.startswith(prefix))
    return next((words.text(key) for key in keys if english.text(key) == text), text)


def _scope(text: str, words: Words) -> str:
    """Return what a rule is for: ``kinds promote; tiers 1, 2`` part by part."""
    if ";" not in text and text.partition(" ")[0] not in _SCOPES:
        return text
    return "; ".join(_part(part, words) for part in text.split("; "))


def _part(part: str, words: Words) -> str:
    name, _, values = part.partition(" ")
    families = {"kinds": ("rules.kind",), "environments": _ENVIRONMENT}.get(name, ())
    return f"{_said(words, 'list_columns.scope', name)}: {_in_words(values, families, words)}"


def _day(found: re.Match[str], language: Language) -> str:
    try:
        day = date.fromisoformat(found[1])
    except ValueError:
        return found[0]
    if not found[2]:
        return language.day(day)
    hour = datetime.strptime(found[2], "%H:%M").time()  # noqa: DTZ007
    return f"{language.day(day)}, {hour:%H:%M} UTC"
