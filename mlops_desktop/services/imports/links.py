"""Links to other models that rows tell: »feeds: M-00005; uses: LGD Retail«."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.model_links import ModelLinked
from mlops_desktop.core.model_links import Link, LinkKind, circle
from mlops_desktop.services.imports import vocabulary
from mlops_desktop.services.imports.cells import Row
from mlops_desktop.services.imports.matching import Inventory, Match
from mlops_desktop.services.imports.report import Difference
from mlops_desktop.services.session import commit_text
from mlops_desktop.store.unit_of_work import WriteSession

_PARTS = re.compile(r"[;\n|]|,(?=[^,:;]+:)")
_BY = "by_"
_NEW = "row:"


def _mark(row: int) -> str:
    """Return what stands for the model of a row until it is made."""
    return f"{_NEW}{row}"


def row_of(mark: str) -> int | None:
    """Return the row whose new model a mark stands for; None for a model that is known."""
    return int(mark.removeprefix(_NEW)) if mark.startswith(_NEW) else None


@dataclass(frozen=True, slots=True)
class PlannedLink:
    """A link that a row brings; ``told`` is what the report says of it."""

    link: Link
    told: str

    @property
    def difference(self) -> Difference:
        """What the report says of it."""
        return Difference(vocabulary.LINKS, None, self.told)

    def is_between(self, rows: frozenset[int]) -> bool:
        """Whether both models are there, or made by one of ``rows``."""
        marks = map(row_of, (self.link.model, self.link.other))
        return all(one is None or one in rows for one in marks)


@dataclass(slots=True)
class Links:
    """Finds the models that rows name; a link told twice, from both sides too, is one."""

    inventory: Inventory
    known: Iterable[Link]
    _all: list[Link] = field(default_factory=list)
    _names: dict[str, str] = field(default_factory=dict)
    _rows: dict[str, list[str]] = field(default_factory=dict)

    def begin(self, found: Iterable[tuple[Row, Match]]) -> None:
        """Know which rows make which models, before the first row is read."""
        self._all = list(self.known)
        self._names = {one.row.key: one.row.id for one in self.inventory.models}
        for row, match in found:
            if match.model is None:
                mark = _mark(row.number)
                self._names[mark] = row.texts.get("name", "")
                for name in ("name", "register_id"):
                    if text := _folded(row.texts.get(name, "")):
                        self._rows.setdefault(text, []).append(mark)

    def read(self, row: Row, match: Match) -> tuple[PlannedLink, ...]:
        """Return the links of a row that are not there yet.

        Raises ``import.link_form``, ``import.link_kind_unknown``, ``import.link_model_unknown``,
        ``import.link_circle`` and ``model.ambiguous``, with the field in ``where``.
        """
        here = match.model.row.key if match.model is not None else _mark(row.number)
        try:
            return tuple(self._read(here, row.texts.get(vocabulary.LINKS, "")))
        except AppError as error:
            error.where = vocabulary.LINKS
            raise

    def _read(self, here: str, text: str) -> Iterator[PlannedLink]:
        for part in filter(None, (one.strip() for one in _PARTS.split(text))):
            word, colon, named = (one.strip() for one in part.partition(":"))
            if not colon or not word or not named:
                raise AppError("import.link_form", value=part)
            code = _code(word)
            for other in self._find(named):
                link = _link(here, code, other)
                if link not in self._all:
                    self._refuse_circle(link)
                    self._all.append(link)
                    yield PlannedLink(link, f"{word}: {self._names[other]}")

    def _find(self, named: str) -> tuple[str, ...]:
        """Return the model of a name, or those of several with commas between them."""
        found = self._look_up(named)
        if found is not None:
            return (found,)
        parts = [one.strip() for one in named.split(",") if one.strip()]
        several = [self._look_up(one) for one in parts] if len(parts) > 1 else [None]
        for part, one in zip(parts, several, strict=True):
            if one is None:
                raise AppError("import.link_model_unknown", value=part)
        return tuple(one for one in several if one is not None)

    def _look_up(self, named: str) -> str | None:
        new = self._rows.get(_folded(named), [])
        held = self.inventory.named(named)
        if len(new) + (held is not None) > 1:
            raise AppError("model.ambiguous", name=named)
        return held.row.key if held is not None else next(iter(new), None)

    def _refuse_circle(self, link: Link) -> None:
        found = circle(self._all, link)
        if found:
            told = " → ".join(self._names.get(one, one) for one in found)
            raise AppError("import.link_circle", circle=told)


def loose_rows(planned: Mapping[int, tuple[PlannedLink, ...]]) -> list[int]:
    """Return the rows whose links lead to a model that no row makes any more."""
    rows = frozenset(planned)
    return [
        number
        for number, links in planned.items()
        if not all(link.is_between(rows) for link in links)
    ]


def _code(word: str) -> str:
    code = vocabulary.code_of(vocabulary.LINKS, word)
    if code is None:
        known = ", ".join(LinkKind)
        raise AppError("import.link_kind_unknown", value=word, known=known)
    return code


def _link(here: str, code: str, other: str) -> Link:
    if code.startswith(_BY):
        return Link(other, LinkKind(code.removeprefix(_BY)), here)
    return Link(here, LinkKind(code), other)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def record_links(
    work: WriteSession, planned: Iterable[PlannedLink], made: Mapping[int, str], sentence: str
) -> None:
    """Record links once every model is there; ``made`` are the models by row."""

    def key(mark: str) -> str:
        row = row_of(mark)
        return mark if row is None else made[row]

    for one in planned:
        link = replace(one.link, model=key(one.link.model), other=key(one.link.other))
        work.record(ModelLinked(link.model, link.kind, link.other, commit_text(sentence)))
