from base64 import urlsafe_b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.erasable import Erasable, commit, digest_of
from tests.core.strategies import texts

# RFC 9901 section 4.2.2 (an array's element) and 4.2.1 with 4.2.3 (an object's property).
ELEMENT = "WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwgIkZSIl0"
ELEMENT_DIGEST = "w0I8EKcdCtUPkGCNUrfwVp2xEgNjtoIDlOxc9-PlOhs"
PROPERTY = "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0"
PROPERTY_DIGEST = "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"


@pytest.mark.parametrize(
    ("disclosure", "digest"), [(ELEMENT, ELEMENT_DIGEST), (PROPERTY, PROPERTY_DIGEST)]
)
def test_the_published_disclosures_have_the_published_digests(disclosure: str, digest: str) -> None:
    assert digest_of(disclosure) == digest


def test_the_published_disclosure_is_what_we_write() -> None:
    salt = urlsafe_b64decode("lklxF5jMYlGTPUovMNIvCA==")
    assert commit("FR", salt) == Erasable(ELEMENT_DIGEST, ELEMENT)


@pytest.mark.parametrize(
    ("disclosure", "text"), [(ELEMENT, "FR"), (PROPERTY, "Möbius")], ids=["element", "property"]
)
def test_the_published_disclosures_open(disclosure: str, text: str) -> None:
    assert Erasable(digest_of(disclosure), disclosure).text == text


@given(texts, st.binary(min_size=16))
def test_what_was_committed_opens_until_it_is_erased(text: str, salt: bytes) -> None:
    kept = commit(text, salt)
    assert kept.text == text
    assert kept.is_sound
    erased = Erasable(kept.digest)
    assert erased.text is None
    assert erased.is_sound


@given(texts, texts, st.binary(min_size=16), st.binary(min_size=16))
def test_another_text_or_salt_has_another_digest(a: str, b: str, salt: bytes, other: bytes) -> None:
    assert (commit(a, salt).digest == commit(b, other).digest) == ((a, salt) == (b, other))


@given(texts, st.binary(min_size=16), st.data())
def test_a_changed_disclosure_is_not_sound(text: str, salt: bytes, data: st.DataObject) -> None:
    kept = commit(text, salt)
    assert kept.disclosure is not None
    place = data.draw(st.integers(0, len(kept.disclosure) - 1))
    mark = data.draw(st.sampled_from("AbC0-_").filter(kept.disclosure[place].__ne__))
    altered = kept.disclosure[:place] + mark + kept.disclosure[place + 1 :]
    assert not Erasable(kept.digest, altered).is_sound


def test_a_short_salt_is_refused() -> None:
    with pytest.raises(ValueError, match="salt"):
        commit("Pricing", b"1" * 15)
