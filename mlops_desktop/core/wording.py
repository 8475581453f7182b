"""Words by key: the sentences of one language, filled with parameters and never glued."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import Formatter


def with_capital(text: str) -> str:
    """Return a text as it begins a line or a cell."""
    return text[:1].upper() + text[1:]


class _PlainFormatter(Formatter):
    """Fills ``{name}`` only: no attribute, index or conversion can be reached from a parameter.

    ``{name:one|other}`` is the first form where the parameter is 1, the other for any number else.
    """

    def get_field(
        self, field_name: str, args: Sequence[object], kwargs: Mapping[str, object]
    ) -> tuple[object, str]:
        if not field_name.isidentifier():
            raise ValueError(f"not a plain parameter: {field_name}")
        return kwargs.get(field_name, "{" + field_name + "}"), field_name

    def format_field(self, value: object, format_spec: str) -> str:
        one, mark, other = format_spec.partition("|")
        if not mark:
            return str(super().format_field(value, format_spec))
        return one if str(value) == "1" else other


_FORMATTER = _PlainFormatter()


@dataclass(frozen=True, slots=True)
class Words:
    """All sentences of one language, by dotted key."""

    language: str
    sentences: Mapping[str, str]

    def __contains__(self, key: str) -> bool:
        return key in self.sentences

    def text(self, key: str, /, **parameters: str | int) -> str:
        """Return the sentence of ``key`` with its parameters filled; raises KeyError if unknown."""
        sentence = self.sentences[key]
        return _FORMATTER.vformat(sentence, (), parameters) if "{" in sentence else sentence

    def count(self, key: str, number: int, /, **parameters: str | int) -> str:
        """Return ``key.one`` or ``key.other``, as both languages count; ``{n}`` is the number."""
        form = f"{key}.one" if number == 1 else f"{key}.other"
        return self.text(form, n=number, **parameters)
