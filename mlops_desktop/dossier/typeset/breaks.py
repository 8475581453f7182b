"""Where a line may end: after words, in Chinese and Japanese after almost every character."""

import re

from mlops_desktop.core.hyphens import SOFT_HYPHEN
from mlops_desktop.dossier.typeset.plain import is_plain

# A break may follow these inside a word that is wider than the line: paths and long names break
# where a reader expects it, dates and figures never.
_PARTS = re.compile(r"[^/_\-.,:;=&?@|)\]}]*[/_\-.,:;=&?@|)\]}]?")
# What names a place in a text stays with its number: "Fußnote 3", "Art. 26", "(Section III".
_NAMING = (
    "Abs\\.|Abschnitt|Anhang|Annex|Appendix|Art\\.|Article|Artikel|Buchst\\.|Fußnote|Grundsatz|Kapitel"
    "|No\\.|Nr\\.|Principle|Punkt|Rz\\.|Section|Tz\\.|[Ff]ootnote|fn|para\\.|point|§§?"
)
_NUMBERED = rf"[(„“\"]?(?:{_NAMING}) (?:\d|[IVXLC]+(?!\w)|[a-z](?!\w))[^ ]*"
# A date stays on its line, and the zone with its time.
_WORDS = re.compile(
    r" +|\d\d? [A-Z][a-z]{2,3} \d{4},?(?= |$)|\d\d:\d\d:\d\d UTC|" + _NUMBERED + "|[^ ]+"
)
# Korean is written with spaces between words and breaks there.
_CJK = "\u2e80-\u2fff\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff"
_OPENING = "（「『【〈《〔［｛〖〘〝"
# No line begins with these (JIS X 4051, cl-02 to cl-11): closing signs, small kana, long marks.
_CLOSING = (
    "、。，．・：；？！」』】〉》〕］｝〗〙〟）％ー々ゝゞ〻ヽヾ…‥"
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
)
_CHARACTERS = re.compile(
    f"[{_OPENING}]*[{_CJK}][{_CLOSING}]*|[^{_CJK}{_OPENING}{SOFT_HYPHEN}]+{SOFT_HYPHEN}?|."
)


def without_hyphens(text: str) -> str:
    """Return ``text`` without its soft hyphens."""
    return text.replace(SOFT_HYPHEN, "")


def words_of(paragraph: str) -> list[str]:
    """Return words and the spaces between them: a line may end after each."""
    words: list[str] = _WORDS.findall(paragraph)
    if is_plain(paragraph):
        return words
    return [part for word in words for part in _CHARACTERS.findall(word)]


def parts_of(word: str) -> list[str]:
    """Return where a word that is wider than the line breaks first: after its signs."""
    if " " in word:
        return re.split("( )", word)
    return [part for part in _PARTS.findall(word) if part]
