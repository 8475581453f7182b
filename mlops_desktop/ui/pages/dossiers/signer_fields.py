"""Who is to countersign a dossier: nobody, whoever approved, or persons named in order."""

from PySide6.QtWidgets import QComboBox, QWidget

from mlops_desktop.services.dossiers.export import APPROVERS
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.widgets.form import Form
from mlops_desktop.ui.widgets.lines import NamesLine

_CHOICES = ("nobody", "approvers", "named")
OF_SIGNERS = (
    "person.not_found",
    "person.invited",
    "person.waits",
    "dossier.signer_without_certificate",
    "dossier.too_many_signers",
)
"""Codes of errors about who is to countersign."""


class SignerFields:
    """The fields of a form that say who countersigns."""

    def __init__(self, context: Context, form: Form) -> None:
        say = context.say
        self._form = form
        self.choice = form.add(say("dossiers.order.signing"), QComboBox())
        for code in _CHOICES:
            self.choice.addItem(say(f"dossiers.order.signing_{code}"), code)
        self.names = form.add(
            say("dossiers.order.signers"), NamesLine(), say("dossiers.order.signers_help")
        )

    def set_shown(self, is_shown: bool) -> None:
        """Show the fields, or none of them; names only where they are asked for."""
        self._form.set_shown(self.choice, is_shown)
        self._form.set_shown(self.names, is_shown and self._is_named())

    def named(self) -> tuple[str, ...]:
        """Return who is to countersign, as an order takes it."""
        match self.choice.currentData():
            case "approvers":
                return (APPROVERS,)
            case "named":
                return tuple(filter(None, map(str.strip, self.names.text().split(","))))
            case _:
                return ()

    def lacks_names(self) -> bool:
        """Whether persons are to be named and none is."""
        return self._is_named() and not self.named()

    def shown_field(self) -> QWidget:
        """Return the field beside which an error about signers is said."""
        return self.choice if self.names.isHidden() else self.names

    def _is_named(self) -> bool:
        return bool(self.choice.currentData() == "named")
