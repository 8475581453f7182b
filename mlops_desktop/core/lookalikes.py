"""Whether two names look or read the same although they are written in different alphabets."""

import unicodedata
from collections.abc import Iterator

from mlops_desktop.core.persons_told import is_same_person

_SEEN = (
    # Unicode confusables.txt (UTS 39), Cyrillic and Greek letters whose prototype is Latin; where
    # that is a small capital or differs by a stroke alone, the letter itself.
    ("АВЕЅІЈКМНОРСТУХҮԌԚԜҺӀЅѴ", "ABESIJKMHOPCTYXYGQWHISV"),
    ("авеѕіјкмнорстухүԍԛԝһӏԁѵгьѡҽ", "abesijkmhopctyxygqwhldvrbwe"),
    ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹϜͿ", "ABEZHIKMNOPTYXCFJ"),
    ("αγεικνορτυχϲϳσ", "ayeikvoptuxcjo"),
    ("I1|0", "lllO"),
)
_READ = (
    # Duden's and ICAO Doc 9303's ways to write Cyrillic, then ISO 9's without its marks.
    ("а a a a", "б b b b", "в w v v", "г g g g", "д d d d", "е e e e", "ж sch zh z", "з s z z"),
    ("и i i i", "й i i j", "к k k k", "л l l l", "м m m m", "н n n n", "о o o o", "п p p p"),
    ("р r r r", "с s s s", "т t t t", "у u u u", "ф f f f", "х ch kh h", "ц z ts c", "ы y y y"),
    ("ч tsch ch c", "ш sch sh s", "щ schtsch shch s", "э e e e", "ю ju iu u", "я ja ia a"),
    ("і i i i", "є je ie e", "ґ g g g", "ј j j j", "љ lj lj l", "њ nj nj n", "џ dsch dz d"),
    ("ђ dj dj d", "ћ tsch c c", "ѓ g g g", "ќ k k k", "ѕ ds dz z", "ъ - - -", "ь - - -"),
    ("ё jo e e", "ї ji i i", "ў u u u"),
    # Greek by ISO 843, transcribed, transliterated, and as passports write it.
    ("α a a a", "β v v v", "γ g g g", "δ d d d", "ε e e e", "ζ z z z", "η i i i", "θ th th th"),
    ("ι i i i", "κ k k k", "λ l l l", "μ m m m", "ν n n n", "ξ x x x", "ο o o o", "π p p p"),
    ("ρ r r r", "σ s s s", "ς s s s", "τ t t t", "υ y y i", "φ f f f", "χ ch ch ch", "ψ ps ps ps"),
    ("ω o o o",),
)


def _looks() -> dict[int, str]:
    return {ord(a): b for seen, plain in _SEEN for a, b in zip(seen, plain, strict=True)}


def _readings() -> tuple[dict[int, str], ...]:
    entries = [entry.split() for line in _READ for entry in line]
    return tuple({ord(entry[0]): entry[way].strip("-") for entry in entries} for way in range(1, 4))


_LOOKS, _READINGS = _looks(), _readings()


def is_lookalike(name: str, other: str) -> bool:
    """Tell whether readers would take two names for one, by their letters' looks or their sound.

    A Latin »Bepa« looks like »Вера«, and »Анна« is read as Anna; order and titles say nothing.
    """
    forms = tuple(_forms(other))
    return any(is_same_person(one, known) for one in _forms(name) for known in forms)


def skeleton(text: str) -> str:
    """Return what the letters look like, in Latin ones (UTS 39, section 4, without its marks)."""
    return _bare(text).translate(_LOOKS)


def _forms(name: str) -> Iterator[str]:
    yield skeleton(name)
    folded = unicodedata.normalize("NFC", name).casefold()
    for reading in _READINGS:  # letters of their own first, such as й, then those under accents
        yield _bare(folded.translate(reading)).translate(reading)


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
