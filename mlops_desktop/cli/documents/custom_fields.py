"""Fields of the workspace's own as documents, and what a model holds in them."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from mlops_desktop.cli.answer import Document
from mlops_desktop.core.custom_fields import CustomValue, Field, Labels

if TYPE_CHECKING:
    from mlops_desktop.services.models import ModelSheet


def field_document(field: Field, names: Mapping[str, str]) -> Document:
    """Return a field as it is defined; choices no longer offered are marked."""
    one = field.definition
    return {
        "id": one.name,
        "label": _labels(one.labels),
        "kind": one.kind.value,
        "choices": [
            {"key": choice.key, "label": _labels(choice.labels), "offered": not choice.is_removed}
            for choice in one.choices
        ],
        "help": _labels(one.help) if one.help else None,
        "required": one.is_required,
        "covered": one.is_covered,
        "archived": field.is_archived,
        "defined_by": names.get(field.person, field.person),
        "defined_at": field.at,
    }


def _labels(labels: Labels) -> Document:
    return {"en": labels.en, "de": labels.de}


def own_documents(
    values: tuple[CustomValue, ...], fields: Iterable[Field], names: Mapping[str, str]
) -> list[Document]:
    """Return what a model holds, in the order of the fields; ``value`` as it is typed."""
    from mlops_desktop.services.own_values import in_order, say_value, text_of

    return [
        {
            "name": value.name,
            "label": field.definition.labels.en if field else value.name,
            "kind": value.kind.value,
            "value": text_of(value, names) or None,
            "text": say_value(value, field.definition if field else None, names, "en") or None,
            "covered": value.is_covered,
            "archived": field.is_archived if field else False,
            "erased": value.text is not None and value.text.text is None,
        }
        for field, value in in_order(values, fields)
    ]


def own_pairs(sheet: "ModelSheet") -> list[tuple[str, str]]:
    """Return what a model holds as text for people, by the label of its field."""
    found = own_documents(sheet.state.details.custom, sheet.own_fields, sheet.names)
    return [
        (
            f"{one['label']}{' (archived)' if one['archived'] else ''}",
            "(erased)" if one["erased"] else str(one["text"] or ""),
        )
        for one in found
    ]
