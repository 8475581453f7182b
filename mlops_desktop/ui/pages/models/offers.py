"""What the page Models lets a person do, in words."""

from mlops_desktop.ui.actions import Offer
from mlops_desktop.ui.text import later

_A_PERSON = later("Nobody acts in this workspace yet.")
_A_MODEL = later("Choose a model of the inventory first.")
_A_CANDIDATE = later("Choose a candidate first.")


def _offer(id: str, title: str, needs: str, icon: str = "", shortcut: str = "") -> Offer:
    is_dangerous = id == "model.retire"
    return Offer(id, title, needs, shortcut, icon, writes=True, dangerous=is_dangerous)


OFFERS = (
    _offer("model.register", later("Register a model…"), _A_PERSON, shortcut="Ctrl+N"),
    _offer(
        "approval.request",
        later("Request approval…"),
        later("Choose a model of the inventory that has a version first."),
        "approvals",
    ),
    _offer("model.edit", later("Edit…"), _A_MODEL, "edit", "F2"),
    _offer("model.assess_tier", "tiering.action.assess", _A_MODEL, "check"),
    _offer("model.override_tier", "tiering.action.override", "tiering.needs_rating", "edit"),
    _offer("model.end_override", "tiering.action.end", "tiering.needs_override", "undo"),
    _offer("model.link", "links.action.link", _A_MODEL, "add"),
    _offer("model.unlink", "links.action.unlink", "links.needs_link", "stop"),
    _offer("model.feedback", "feedback.action", "feedback.needs", "add"),
    _offer("feedback.answer", "feedback.action_answer", "feedback.needs_open", "check"),
    _offer("feedback.finding", "feedback.action_finding", "feedback.needs_open", "right"),
    _offer("model.permit", "permits.action", "permits.needs", "approvals"),
    Offer("decision.find", "decision.find_action", "oversight.needs.open", icon="search"),
    Offer("permit.save", "permits.action_save", "permits.needs_one", icon="export", menu="File"),
    Offer(
        "permit.checker",
        "permits.action_checker",
        "oversight.needs.open",
        icon="export",
        menu="File",
    ),
    _offer("version.register", later("Record a version…"), _A_MODEL, "add"),
    _offer(
        "deployment.open",
        later("Record a deployment…"),
        later("Choose a model of the inventory that has a version first."),
        "add",
    ),
    _offer(
        "deployment.close",
        later("End a deployment…"),
        later("Choose a model with a deployment in use that was recorded by hand."),
        "stop",
    ),
    _offer(
        "model.validate",
        later("Submit for validation…"),
        later("Only a model in development, or a suspended one, can be submitted for validation."),
        "verify",
    ),
    _offer(
        "model.rework",
        later("Send back to development…"),
        later("Only a model in validation, or a suspended one, can be sent back."),
        "undo",
    ),
    _offer(
        "model.suspend",
        later("Suspend…"),
        later("Only a model that is neither suspended nor retired can be suspended."),
        "stop",
    ),
    _offer(
        "model.reactivate",
        later("Reactivate…"),
        later("Only a suspended or a retired model can be reactivated."),
        "sync",
    ),
    _offer(
        "model.retire",
        later("Retire…"),
        later("Only a model of the inventory that is not retired yet can be retired."),
        "archive",
    ),
    _offer("candidate.accept", later("Take into the inventory…"), _A_CANDIDATE, "check"),
    _offer("candidate.match", later("Match to a model…"), _A_CANDIDATE, "models"),
    _offer("candidate.reject", later("Do not take in…"), _A_CANDIDATE, "close"),
    Offer("model.own_fields", "models.action.own_fields", "oversight.needs.open", icon="columns"),
    Offer("model.export", later("Export a dossier…"), _A_MODEL, icon="dossiers"),
)
