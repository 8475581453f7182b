"""A sentence that was signed is said in the window's language beside it, and only then."""

import pytest

from mlops_desktop.services.declared import restate
from mlops_desktop.services.wording import read_words

_DECLARED = {"version": "7", "model": "M-00005 Antragsscore (Gradient Boosting)"}


def _declare(language: str, act: str) -> str:
    words = read_words(language)
    environment = words.text("models.code.environment.production")
    return words.text(f"approvals.declare.{act}", environment=environment, **_DECLARED)


@pytest.mark.parametrize("act", ["approve", "condition", "reject", "abstain", "revoke"])
@pytest.mark.parametrize(("spoken", "asked"), [("en", "de"), ("de", "en")])
def test_what_is_signed_to_a_request_is_said_again(spoken: str, asked: str, act: str) -> None:
    signed = _declare(spoken, act)
    assert restate(signed, asked) == _declare(asked, act)
    assert restate(signed, spoken) == ""


@pytest.mark.parametrize("key", ["dossier.seal", "dossier.countersign"])
def test_the_meaning_of_a_seal_is_said_again(key: str) -> None:
    english, german = (read_words(one).text(f"{key}.default_meaning") for one in ("en", "de"))
    assert (restate(english, "de"), restate(german, "en")) == (german, english)


def test_an_approval_for_some_entities_is_said_with_them() -> None:
    names = "Elbmark Leasing GmbH, Elbmark Bank Luxembourg S.A."
    english, german = (
        read_words(one).text("entities.only_for", sentence=_declare(one, "reject"), names=names)
        for one in ("en", "de")
    )
    assert restate(english, "de") == german


def test_an_interim_approval_is_said_with_its_last_day() -> None:
    names, days = "Elbmark Leasing GmbH", {"en": "30/06/2027", "de": "30.06.2027"}
    english, german = (
        read_words(one).text(
            "approvals.limited.until",
            sentence=read_words(one).text(
                "entities.only_for", sentence=_declare(one, "approve"), names=names
            ),
            day=days[one],
        )
        for one in ("en", "de")
    )
    assert restate(english, "de") == german
    assert restate(german, "en") == english
    assert restate(german, "de") == ""


@pytest.mark.parametrize("own", ["Ich gebe die Version frei, wie besprochen.", "", "I approve."])
def test_own_words_are_left_to_who_wrote_them(own: str) -> None:
    assert [restate(own, language) for language in ("en", "de")] == ["", ""]
