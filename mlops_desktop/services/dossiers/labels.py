"""What a part or a day of a dossier is called, in the words of each language."""

from mlops_desktop.services.wording import LANGUAGES, read_words


def label_in_both(key: str, /, **parameters: str | int) -> str:
    """Return a label in English and, on the next line, in German; once where both say the same."""
    told = (read_words(one).text(f"dossier.{key}", **parameters) for one in LANGUAGES)
    return "\n".join(dict.fromkeys(told))
