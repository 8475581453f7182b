"""Where a line may end inside a word that is wider than its place."""

import re

#: Prints as a hyphen where a line ends after it, and not at all elsewhere.
SOFT_HYPHEN = "\u00ad"

_SYLLABLES = re.compile(
    r"(?<=[a-zäöüß]{2}[aeiouyäöü])(?=[b-df-hj-np-tv-xz][aeiouyäöü][a-zäöüß])"
    r"|(?<=[aeiouyäöü][b-df-hj-np-tv-xzß])(?=[b-df-gj-km-np-qs-tv-xz][aeiouyäöü][a-zäöüß])"
    r"|(?<=[aeiouyäöü][hjlmnqrsvwxzß])(?=[lr][aeiouyäöü][a-zäöüß])"
    r"|(?<=[a-zäöüß]{3}[aeiouyäöü])(?=kl[aeiouyäöü][a-zäöüß])"
    r"|(?<=[aeiouyäöü][bdfgklmnprt])(?=sch[a-zäöü])"
    r"|(?<=[bdfgklmnprt]s)(?=sch[a-zäöü])"
    r"|(?<=[a-zäöüß]{3})(?=lich|keit|heit|schaft)"
)


def with_hyphens(word: str) -> str:
    """Return a word that may end a line before a consonant and its vowel: no dictionary's hyphens.

    For labels narrower than a word, where a break anywhere would read worse.
    """
    return _SYLLABLES.sub(SOFT_HYPHEN, word)
