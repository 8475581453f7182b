"""What the palette finds beside actions: models by number or words, in any state."""

from mlops_desktop.ui.context import Context, Found
from mlops_desktop.ui.jobs import Progress

_MOST = 12


def find_models(context: Context, typed: str, progress: Progress) -> tuple[Found, ...]:
    """Return the first models in which every typed word occurs; in the read lane."""
    from mlops_desktop.core.lifecycle import Scope
    from mlops_desktop.services.models import ModelFilter, list_models

    if not context.is_open:
        return ()
    wanted = ModelFilter(words=tuple(typed.split()), scope=Scope.ALL, as_of=context.as_of)
    rows = list_models(context.session, wanted, limit=_MOST)
    return tuple(Found("models", row.id, f"{row.id}  {row.name}") for row in rows)
