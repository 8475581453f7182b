"""Every sentence exists in both languages and takes the same parameters."""

import ast
import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from string import Formatter

import click
import pytest

import mlops_desktop
from mlops_desktop.cli.app import root
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events import registry
from mlops_desktop.services.wording import LANGUAGES, explain, read_words, say_day

PACKAGE = Path(mlops_desktop.__file__).parent
WORDS = {language: read_words(language).sentences for language in LANGUAGES}


def parameters(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def is_app_error(call: ast.Call) -> bool:
    name = call.func
    spelled = name.attr if isinstance(name, ast.Attribute) else getattr(name, "id", "")
    return spelled == "AppError"


def errors_raised(source: str) -> Iterator[tuple[str | None, int, frozenset[str] | None]]:
    """Yield each ``AppError``'s code, line and parameters; None for what only a run would tell."""
    if "AppError" not in source:
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and is_app_error(node) and node.args:
            first = node.args[0]
            code = first.value if isinstance(first, ast.Constant) else None
            given = [keyword.arg for keyword in node.keywords]
            names = None if None in given else frozenset(name for name in given if name)
            yield (code if isinstance(code, str) else None), node.lineno, names


RAISED = [
    (code, f"{file.relative_to(PACKAGE)}:{line}", names)
    for file in sorted(PACKAGE.rglob("*.py"))
    for code, line, names in errors_raised(file.read_text("utf-8"))
    if code is not None
]


def test_english_writes_percent_one_way() -> None:
    tight = {key: told for key, told in WORDS["en"].items() if re.search(r"[\d}]%", told)}
    assert tight == {}


_READ_WHOLE = (
    "imports.synonyms.", "news.", "feedback.heading.", "copies.settlement.", "list_columns.",
)  # fmt: skip
"""Asked for by their place, not one by one."""


def spoken() -> tuple[frozenset[str], frozenset[str]]:
    """Return every plain text of the program, and every composed one as a pattern."""
    plain, composed = set(), set()
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                plain.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = (getattr(part, "value", None) for part in node.values)
                known = [re.escape(part) if isinstance(part, str) else ".+" for part in parts]
                if re.search("[a-z]{2}", "".join(one for one in known if one != ".+")):
                    composed.add("".join(known))
    return frozenset(plain), frozenset(one for one in composed if " " not in one)


def test_every_sentence_can_be_asked_for() -> None:
    plain, composed = spoken()
    asked = re.compile("|".join(f"(?:{one})" for one in composed))
    idle = [key for key in WORDS["en"] if key not in plain and not key.startswith(_READ_WHOLE)]
    assert [key for key in idle if asked.fullmatch(key) is None] == []


def test_both_languages_have_the_same_keys() -> None:
    assert set(WORDS["en"]) == set(WORDS["de"])


def test_both_languages_take_the_same_parameters() -> None:
    differing = {
        key: (parameters(english), parameters(WORDS["de"].get(key, "")))
        for key, english in WORDS["en"].items()
        if parameters(english) != parameters(WORDS["de"].get(key, ""))
    }
    assert differing == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_empty(language: str) -> None:
    assert [key for key, sentence in WORDS[language].items() if not sentence.strip()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_has_its_sentences(language: str) -> None:
    assert RAISED, "the search for AppError found none: it looks in the wrong place"
    missing = {
        f"errors.{code}.{part} ({place})"
        for code, place, _ in RAISED
        for part in ("message", "remedy")
        if f"errors.{code}.{part}" not in WORDS[language]
    }
    assert sorted(missing) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_brings_what_its_sentences_name(language: str) -> None:
    words = WORDS[language]
    unfilled = {
        f"{place}: errors.{code}.{part} wants {sorted(wanted)}"
        for code, place, names in RAISED
        for part in ("message", "meaning", "remedy", "window")
        if names is not None
        and (wanted := parameters(words.get(f"errors.{code}.{part}", "")) - names)
    }
    assert sorted(unfilled) == []


def test_every_error_code_is_noun_dot_event() -> None:
    assert [code for code, _, _ in RAISED if "." not in code or code != code.lower()] == []


def test_the_search_sees_codes_however_they_are_spelled() -> None:
    source = "raise AppError('a.b', x=1)\nraise errors.AppError('c.d', **y)\nraise AppError(code)"
    found = list(errors_raised(source))
    assert found == [("a.b", 1, frozenset({"x"})), ("c.d", 2, None), (None, 3, frozenset())]


def test_days_in_a_message_are_written_as_its_language_does() -> None:
    error = AppError("model.not_known_then", day="2026-03-31")
    assert "31 Mar 2026" in explain(error)[0]
    assert "31.03.2026" in explain(error, "de")[0]
    assert say_day("2026-03-31T09:41:07.123456Z", "de") == "31.03.2026, 09:41 UTC"
    # What only looks like a day is left alone, and so is what has no day in it.
    assert "2026-03-31" in explain(AppError("version.not_found", version="2026-03-31"))[0]
    assert "models show" in explain(AppError("version.not_found", version="7"))[2]
    assert say_day("never", "en") == "never"


def test_every_sentence_with_a_form_for_one_has_another_and_shows_the_number() -> None:
    wrong = {
        (language, key)
        for language, words in WORDS.items()
        for key, sentence in words.items()
        for _, name, form, _ in Formatter().parse(sentence)
        if form and (form.count("|") != 1 or "" in form.split("|") or f"{{{name}}}" not in sentence)
    }
    assert wrong == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_event_is_told_in_words(language: str) -> None:
    words = WORDS[language]
    told = {key.split(".event.", 1)[1] for key in words if ".event." in key}
    assert sorted(set(registry.names()) - told) == []


def german_quotes_wrong(text: str) -> bool:
    """Tell whether a text quotes otherwise than „so“; what is typed keeps its straight quotes."""
    closing = text.replace("“", "", text.count("„"))
    is_typed = "--" in text or '="' in text
    wrong = "»«›‹”“" if is_typed else '»«›‹”“"'
    return any(sign in closing for sign in wrong) or text.count("„") > text.count("“")


def test_german_is_quoted_in_one_way() -> None:
    wrong = {key for key, text in WORDS["de"].items() if german_quotes_wrong(text)}
    spoken = (PACKAGE.parent / "resources/translations/de.ts").read_text("utf-8")
    told = (unescape(text) for text in re.findall(r"<translation>([^<]*)</translation>", spoken))
    wrong |= {text for text in told if german_quotes_wrong(text)}
    assert wrong == set()
    assert german_quotes_wrong("„falsch«")
    assert german_quotes_wrong("»falsch«")


ONLY_COMMANDS = frozenset((
    "attestation.command_unclear", "attestation.no_columns", "command.misused",
    "copy.settlement_missing", "copy.settlements_differ", "date.asked_twice",
    "decision.purpose_alone", "demo.folder_in_use", "display.missing", "import.mapping_malformed",
    "list_print.no_list", "mail.no_tls", "mail.not_trusted", "mail.secret_missing",
    "model.setting_malformed", "move.heads_differ", "permit.past", "place.no_server",
    "place.not_replaced",
    "restore.needs_key", "restore.nobody_acts", "team.admin_needed", "team.none_here",
    "team.prefix_missing", "team.role_exists", "tiering.answer_malformed",
    "workspace.place_missing",
))  # fmt: skip
"""Codes that commands alone raise: whatever raises them is imported by nothing of the window."""


def name_commands(group: click.Group, path: str = "") -> Iterator[str]:
    """Yield the names of all commands of two words and more."""
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        if isinstance(found, click.Group):
            yield from name_commands(found, f"{path}{name} ")
        elif path:
            yield f"{path}{name}"


TYPED = re.compile(rf"--[a-z]|mlops-desktop [a-z]|\b(?:{'|'.join(name_commands(root))})\b")
"""An option, or a command."""


def codes_typed(words: Mapping[str, str]) -> set[str]:
    """Return the codes of errors of which the window would show what only a command takes."""
    told = {key.removeprefix("errors.") for key in words if key.startswith("errors.")}
    codes = {key.rpartition(".")[0] for key in told}
    last = {code: "window" if f"{code}.window" in told else "remedy" for code in codes}
    return {
        code
        for code in codes
        for part in ("message", "meaning", last[code])
        if TYPED.search(words.get(f"errors.{code}.{part}", ""))
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_window_says_of_an_error_names_no_command_and_no_option(language: str) -> None:
    words = WORDS[language]
    assert codes_typed(words) == ONLY_COMMANDS
    own = [key for key in words if key.startswith("errors.") and key.endswith(".window")]
    assert own
    # Beside a remedy that names no command it would say the same twice.
    assert [key for key in own if not TYPED.search(words[key[:-6] + "remedy"])] == []


def modules_of(folder: Path) -> Iterator[str]:
    """Yield every module that files of ``folder`` import, wherever in them."""
    for file in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                yield node.module
                yield from (f"{node.module}.{one.name}" for one in node.names)


def test_nothing_that_the_window_imports_raises_what_commands_alone_raise() -> None:
    known = {name.replace(".", "/") for name in modules_of(PACKAGE / "ui")}
    reached = {
        code
        for code, place, _ in RAISED
        if code in ONLY_COMMANDS
        and (file := f"mlops_desktop/{place.partition(':')[0]}".removesuffix(".py"))
        and (file.removesuffix("/__init__") in known or file.startswith("mlops_desktop/ui/"))
    }
    assert reached == set()
    assert "mlops_desktop/services/permits/issuing" in known
