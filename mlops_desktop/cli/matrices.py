"""Regulatory profiles and their matrices as text for people, beside their documents."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mlops_desktop.cli.answer import Answer
from mlops_desktop.cli.documents.profiles import profile_document, standing_document
from mlops_desktop.cli.text import pairs, section, table
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.cells import InBoth
from mlops_desktop.core.profiles.outcomes import GAPS, Result

if TYPE_CHECKING:
    from datetime import date

    from mlops_desktop.services.profiles.checking import Judged, Matrix
    from mlops_desktop.services.profiles.standing import Standing
    from mlops_desktop.services.session import Session

_MOST_GAPS = 40


def standings_answer(standings: Iterable["Standing"], day: "date") -> Answer:
    """Return profiles as a list."""
    found = list(standings)
    heads = ("ID", "VERSION", "JURISDICTION", "TEXT", "EFFECTIVE FROM", "ACTIVE FROM", "TITLE")
    rows = [
        (
            one.profile.id,
            one.profile.version,
            one.profile.jurisdiction,
            one.profile.mark.value,
            one.profile.effective_from,
            one.since,
            InBoth(one.profile.title.en, one.profile.title.de),
        )
        for one in found
    ]
    return Answer([standing_document(one, day) for one in found], table(heads, rows))


def profile_answer(session: "Session", id: str, as_of: AsOf = NOW) -> Answer:
    """Return one profile with its rules."""
    from mlops_desktop.services.profiles.standing import show_profile

    found = show_profile(session, id, as_of)
    profile = found.profile
    told = _head(found) + section("Note", profile.note.en if profile.note else "")
    heads = ("RULE", "REFERENCE", "LEVEL", "TEXT", "SATISFIED BY", "TITLE")
    rows = [
        (
            rule.id,
            rule.reference,
            rule.level.value,
            profile.mark_of(rule).value,
            ", ".join(" or ".join(need) for need in rule.needs),
            rule.title.en,
        )
        for rule in profile.rules
    ]
    return Answer(profile_document(found, as_of.day), told + section("Rules", table(heads, rows)))


def _head(found: "Standing") -> str:
    from mlops_desktop.services.profiles.said import say_code
    from mlops_desktop.services.wording import read_words

    profile = found.profile
    mark = profile.mark.value
    return pairs(
        [
            ("Profile", f"{profile.id}, version {profile.version}"),
            ("Title", profile.title.en),
            ("Source", profile.source),
            ("Text", f"{mark}: {say_code(read_words('en'), f'mark.{mark}')}"),
            ("Effective from", profile.effective_from),
            ("Effective to", profile.effective_to),
            ("Active from", found.since or "not active in this workspace"),
        ]
    )


def matrix_text(matrix: "Matrix", cells: "list[Judged]") -> str:
    """Return a matrix: row by row for one model, counted by rule and result for several."""
    if len(matrix.models) == 1:
        body, gaps = _cells(matrix, cells), section("To mend", _mends(matrix, cells))
    else:
        body, gaps = _counts(matrix), section("What decides", _deciding(matrix))
    note = matrix.profile.note
    return (
        _head(matrix.standing)
        + section("Models under the profile", body)
        + gaps
        + section("Note", note.en if note else "")
        + section("Answer", _verdict(matrix))
    )


def _cells(matrix: "Matrix", cells: "list[Judged]") -> str:
    from mlops_desktop.services.profiles.said import gaps_first, say_detail
    from mlops_desktop.services.wording import read_words

    words = read_words("en")
    heads = ("RULE", "REFERENCE", "TEXT", "LEVEL", "RESULT", "WANTED", "WHY")
    rows = [
        (
            cell.rule.id,
            cell.rule.reference,
            matrix.profile.mark_of(cell.rule).value,
            cell.rule.level.value,
            cell.outcome.result.value.upper() if cell.decides else cell.outcome.result.value,
            cell.rule.title.en,
            say_detail(words, matrix, cell),
        )
        for cell in gaps_first(cells)
    ]
    return table(heads, rows)


def _mends(matrix: "Matrix", cells: "list[Judged]") -> str:
    """Return the command that mends each gap; words in capitals are for the person to fill."""
    from mlops_desktop.services.profiles.mending import command_of

    regime = matrix.profile.regime
    gaps = [cell for cell in cells if cell.outcome.result in GAPS]
    rows = [(one.rule.id, command_of(one.mend, one.model.id, regime)) for one in gaps]
    known = [row for row in rows if row[1]]
    return table(("RULE", "COMMAND"), known) if known else ""


def _counts(matrix: "Matrix") -> str:
    counts = matrix.counts()
    heads = ("RULE", "REFERENCE", "LEVEL", *(one.value.replace("_", " ").upper() for one in Result))
    rows = [
        (
            rule.id,
            rule.reference,
            rule.level.value,
            *(counts[rule.id][one] or "." for one in Result),
        )
        for rule in matrix.profile.rules
    ]
    return table(heads, rows)


def _deciding(matrix: "Matrix") -> str:
    found = matrix.deciding()
    rows = [(one.model.id, one.model.name, one.rule.id, one.outcome.result) for one in found]
    if not rows:
        return ""
    told = table(("MODEL", "NAME", "RULE", "RESULT"), rows[:_MOST_GAPS])
    rest = len(rows) - _MOST_GAPS
    return f"{told}\n… and {rest:,} more: --json has them all" if rest > 0 else told


def _verdict(matrix: "Matrix") -> str:
    deciding = len(matrix.deciding())
    if deciding:
        return f"No: {deciding:,} gaps in binding rules in force."
    if matrix.in_force:
        return "Yes: no binding rule in force is missing or stale."
    return f"Nothing decides: not in force before {matrix.standing.begins()}."
