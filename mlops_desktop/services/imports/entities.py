"""Legal entities by the names a file gives them; unknown ones are refused or gathered."""

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.imports.persons import NEW
from mlops_desktop.services.imports.vocabulary import folded
from mlops_desktop.store.collation import sort_key
from mlops_desktop.store.queries.entities import Entity, choose_entity, near_name


class Entities:
    """Every legal entity known, found by what it is called; unknown names where they may be added.

    Where the workspace keeps none and none may be added, a name stays the text it is.
    """

    def __init__(self, known: tuple[Entity, ...], *, adds: bool) -> None:
        self._known, self._adds = known, adds
        self.names = {one.id: one.name for one in known}
        self.added: dict[str, str] = {}

    def knows(self, text: str) -> bool:
        """Tell whether an entity of the workspace is called so."""
        key = sort_key(" ".join(text.split()))
        return any(key in one.keys for one in self._known)

    def find(self, text: str) -> str:
        """Return the id of the entity meant; raises ``import.entity_unknown``, ``…ambiguous``."""
        name = " ".join(text.split())
        if not self._known and not self._adds:
            return name
        try:
            return choose_entity(self._known, name).id
        except AppError as error:
            if error.code != "entity.not_found":
                raise
        if not self._adds:
            near = near_name(self._known, name) or ""
            raise AppError("import.entity_unknown", value=name, near=near)
        key = f"{NEW}{self.added.setdefault(folded(name), name)}"
        self.names.setdefault(key, key.removeprefix(NEW))
        return key
