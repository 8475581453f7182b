"""The glossary: the field's terms that this dossier uses, each in one sentence."""

from mlops_desktop.dossier.pages.sheet import Sheet, Story
from mlops_desktop.dossier.typeset.table import CELL, STRONG, Column, Table

#: Each term and the chapter whose words need it; None where every dossier uses it.
TERMS: tuple[tuple[str, str | None], ...] = (
    ("approval", None),
    ("blind_spot", None),
    ("checkpoint", None),
    ("condition", "conditions"),
    ("counter_signature", None),
    ("breach", "breaches"),
    ("deployment", None),
    ("digest", None),
    ("exception", "exceptions"),
    ("finding", "findings"),
    ("four_eyes", None),
    ("inclusion_proof", None),
    ("incident", "incidents"),
    ("ledger", None),
    ("lineage", "data_history"),
    ("limitation", "limitations"),
    ("materiality", None),
    ("model_owner", None),
    ("overlay", "overlays"),
    ("permit", "permits"),
    ("recusal", "recusals"),
    ("seal", None),
    ("threshold", None),
    ("tier", None),
    ("use", "use_cases"),
    ("validation", None),
    ("version", None),
    ("waiver", "waivers"),
)


def build(sheet: Sheet) -> Story:
    """Return the terms in the alphabet of the dossier's language."""
    columns = (
        Column(sheet.say("column.term"), 0.28, STRONG),
        Column(sheet.say("column.definition"), 0.72, CELL),
    )
    rows = [(_word(sheet, one, "name"), _word(sheet, one, "meaning")) for one in used(sheet)]
    rows.sort(key=_letters)
    return [sheet.lead("glossary.lead"), Table(columns, rows)]


def used(sheet: Sheet) -> tuple[str, ...]:
    """Return the terms that the chapters of this dossier use."""
    if sheet.facts.model_parts:
        return tuple(term for term, _ in TERMS)
    chapters = {chapter.name for chapter in sheet.facts.chapters}
    return tuple(term for term, chapter in TERMS if chapter is None or chapter in chapters)


def _word(sheet: Sheet, term: str, part: str) -> str:
    return sheet.say(f"glossary.{term}.{part}")


_UMLAUTS = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})


def _letters(row: tuple[str, str]) -> str:
    # DIN 5007-1: an umlaut stands where its vowel does.
    return row[0].lower().translate(_UMLAUTS)
