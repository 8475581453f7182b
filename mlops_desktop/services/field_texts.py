"""From texts that people type to the typed fields of a record, and what a field can take."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import Any, TypeAlias, TypeVar, cast, get_args, get_origin, get_type_hints

from mlops_desktop.core.date_rules import check_plausible
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.items.details import COUNTRY, DECIMAL, ENTITY, LEI, MODEL, PERSON
from mlops_desktop.core.lei import is_lei
from mlops_desktop.core.whole_numbers import whole
from mlops_desktop.ledger.text import clean_text
from mlops_desktop.services.session import must_commit

D = TypeVar("D")
Find: TypeAlias = Callable[[str], str]
_LONGEST = 200
_COUNTRY = 2
_INTEGERS = range(100_001)


class Form(StrEnum):
    """How a field is typed."""

    PROSE = "prose"
    LINE = "line"
    PERSON = "person"
    MODEL = "model"
    ENTITY = "entity"
    DATE = "date"
    CHOICE = "choice"
    INTEGER = "integer"
    DECIMAL = "decimal"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class FieldForm:
    """A field of a record: its name, how it is typed, and the values it can take, if limited."""

    name: str
    form: Form
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finders:
    """How typed names become ids."""

    person: Find
    model: Find
    entity: Find = str

    def of(self, form: Form) -> Find:
        """Return the finder of a form that names somebody or something."""
        return {Form.PERSON: self.person, Form.MODEL: self.model, Form.ENTITY: self.entity}[form]


@cache
def _hints(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind, include_extras=True)
    return {item.name: _bare(hints[item.name]) for item in fields(kind)}


def _bare(hint: Any) -> Any:
    if get_origin(hint) is tuple:
        return hint
    parts = [part for part in get_args(hint) if part is not NoneType]
    return parts[0] if parts and type(None) in get_args(hint) else hint


def field_forms(kind: type[object]) -> tuple[FieldForm, ...]:
    """Return the fields of a record's class, in the order they are shown."""
    return tuple(_form(name, hint) for name, hint in _hints(cast(Any, kind)).items())


_FORMS = {
    PERSON: Form.PERSON,
    MODEL: Form.MODEL,
    ENTITY: Form.ENTITY,
    DECIMAL: Form.DECIMAL,
}
"""How a field is typed whose kind a mark tells."""


def _form(name: str, hint: Any) -> FieldForm:
    marks = getattr(hint, "__metadata__", ())
    for mark, form in _FORMS.items():
        if mark in marks:
            return FieldForm(name, form)
    if marks:  # a text that is written in a form of its own
        return FieldForm(name, Form.LINE)
    if get_origin(hint) is tuple:
        return FieldForm(name, Form.LIST)
    if issubclass(hint, StrEnum):
        return FieldForm(name, Form.CHOICE, tuple(item.value for item in hint))
    plain = {Erasable: Form.PROSE, date: Form.DATE, int: Form.INTEGER}
    return FieldForm(name, plain.get(hint, Form.LINE))


def parse_texts(kind: type[D], texts: Mapping[str, str], finders: Finders) -> D:
    """Return a record of ``kind`` from texts by field name; blank texts are left out.

    Raises ``field.unknown`` and ``field.refused``, each with the field in ``where``, and what the
    finders raise for a name nobody knows.
    """
    known = {form.name: form for form in field_forms(kind)}
    for name in texts:
        if name not in known:
            told = ", ".join(known)
            raise AppError("field.unknown", where=name, field=name, known=told)
    given = {name: text.strip() for name, text in texts.items() if text.strip()}
    hints = _hints(cast(Any, kind))
    values = {name: _parse(known[name], text, hints[name], finders) for name, text in given.items()}
    return kind(**values)


def _parse(field: FieldForm, text: str, hint: Any, finders: Finders) -> object:
    match field.form:
        case Form.PROSE:
            return must_commit(text)
        case Form.PERSON | Form.MODEL | Form.ENTITY:
            return finders.of(field.form)(text)
        case Form.DATE:
            return _date(field, text)
        case Form.CHOICE:
            return _choice(field, text, hint)
        case Form.INTEGER:
            return _integer(field, text)
        case Form.DECIMAL:
            return _decimal(field, text)
        case Form.LIST:
            return tuple(part.strip() for part in clean_text(text).split(",") if part.strip())
        case Form.LINE:
            return _code(field, _line(field, clean_text(text)), hint)


def _refuse(field: FieldForm, text: str, allowed: str) -> AppError:
    return AppError(
        "field.refused", where=field.name, field=field.name, value=text[:60], allowed=allowed
    )


def _too_long(field: str, text: str) -> AppError:
    return AppError(
        "field.too_long", where=field, field=field,
        value=text[:40] + "…", n=len(text), most=_LONGEST,
    )  # fmt: skip


def _date(field: FieldForm, text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise _refuse(field, text, "2026-12-31") from None
    check_plausible(field.name, day)
    return day


def _choice(field: FieldForm, text: str, hint: type[StrEnum]) -> StrEnum:
    try:
        return hint(text.lower().replace("-", "_").replace(" ", "_"))
    except ValueError:
        raise _refuse(field, text, ", ".join(field.choices)) from None


def _integer(field: FieldForm, text: str) -> int:
    number = whole(text)
    if number is None or number not in _INTEGERS:
        raise _refuse(field, text, f"0-{_INTEGERS.stop - 1}")
    return number


def read_decimal(name: str, text: str) -> str:
    """Return a decimal number as its shortest text; raises ``field.refused`` naming the field."""
    return _decimal(FieldForm(name, Form.DECIMAL), text.strip())


def _decimal(field: FieldForm, text: str) -> str:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise _refuse(field, text, "0.25") from None
    if not number.is_finite() or abs(number.adjusted()) > 30:
        raise _refuse(field, text, "0.25")
    return format(number.normalize(), "f")


def _line(field: FieldForm, text: str) -> str:
    if len(text) > _LONGEST:
        raise _too_long(field.name, text)
    return text


def _code(field: FieldForm, text: str, hint: Any) -> str:
    """Return a line whose mark asks for a form of its own, as that writes it."""
    marks = getattr(hint, "__metadata__", ())
    written = "".join(text.split()).upper()
    if LEI in marks and not is_lei(written):
        raise AppError("entity.lei_refused", where=field.name, value=text[:60])
    if COUNTRY in marks and not (
        len(written) == _COUNTRY and written.isascii() and written.isalpha()
    ):
        raise _refuse(field, text, "DE, LU")
    return written if marks else text
