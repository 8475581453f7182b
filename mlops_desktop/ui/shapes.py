"""Whether something read from a file has the form that a type says; only what habits need."""

from types import UnionType
from typing import Any, Literal, get_args, get_origin


def fits(value: object, form: Any) -> bool:
    """Tell whether ``value`` is of ``form``: a plain type, a list, a dict, a union, a literal."""
    origin, parts = get_origin(form), get_args(form)
    if form is object:
        return True
    if origin is Literal:
        return isinstance(value, str)  # which of them it may be is for the caller
    if isinstance(form, UnionType):
        return any(fits(value, part) for part in parts)
    if origin is list:
        return isinstance(value, list) and all(fits(one, parts[0]) for one in value)
    if origin is dict:
        return isinstance(value, dict) and all(
            fits(key, parts[0]) and fits(one, parts[1]) for key, one in value.items()
        )
    return type(value) is form
