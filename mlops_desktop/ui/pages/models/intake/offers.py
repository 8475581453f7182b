"""What the page Models lets a person do with files and with many rows, in words."""

from mlops_desktop.ui.actions import Offer
from mlops_desktop.ui.text import later

_A_PERSON = later("Nobody acts in this workspace yet.")

INTAKE_OFFERS = (
    Offer("model.import", "intake.action.import", _A_PERSON, "Ctrl+I", "add", "File", writes=True),
    Offer("model.paste", "intake.action.paste", "intake.needs.block", "Ctrl+V", "add", writes=True),
    Offer("model.imports", "intake.action.imports", "intake.needs.imports", "", "history", "File"),
    Offer("model.export_list", "intake.action.export", _A_PERSON, "Ctrl+E", "export", "File"),
    Offer(
        "model.change_many", "intake.action.change", "intake.needs.rows", "", "edit", writes=True
    ),
    Offer(
        "candidate.accept_many", "intake.action.accept", "intake.needs.candidates", "", "check",
        writes=True,
    ),
)  # fmt: skip
