"""A source's word for a person: accounts, addresses, names the other way round."""

import pytest

from mlops_desktop.core.inventory import Pair, VersionDetails
from mlops_desktop.core.persons_told import is_same_person, mixes_alphabets
from mlops_desktop.core.reconciliation import bare_digest, digest_of


@pytest.mark.parametrize(
    "word",
    ["kai.moeller", "Kai.Moeller@bank.example", "Möller, Kai", "kai_moller", "Dr. Kai Möller"],
)
def test_words_that_mean_the_person(word: str) -> None:
    assert is_same_person(word, "Kai Möller")


@pytest.mark.parametrize("word", ["", "kai", "credit-risk", "kai.mueller", "k.moeller"])
def test_words_that_do_not(word: str) -> None:
    assert not is_same_person(word, "Kai Möller")


def test_turkish_letters_and_titles() -> None:
    assert is_same_person("aylin.yildiz", "Dr. Aylin Yıldız")


def test_letters_that_look_alike_do_not_stand_in_one_name() -> None:
    assert mixes_alphabets("B\N{CYRILLIC SMALL LETTER IE}n Claus")
    assert mixes_alphabets("\N{GREEK CAPITAL LETTER ALPHA}nna Berg")
    whole = ("Đorđe Şahin-Łoś", "\u0412\u0435\u0440\u0430 \u041b\u0438\u0441", "")
    assert not any(map(mixes_alphabets, whole))


def test_a_digest_stands_in_a_tag_or_in_the_address() -> None:
    told = VersionDetails("1", artifact="s3://m/1", tags=(Pair("sha256", "AA"),))
    assert digest_of(told) == "AA"
    assert digest_of(VersionDetails("1", artifact=f"sha256:{'ab' * 32}")) == "ab" * 32
    assert digest_of(VersionDetails("1", artifact=f"s3://models/{'ab' * 16}/model")) is None
    assert bare_digest("SHA256:AB") == "ab"
