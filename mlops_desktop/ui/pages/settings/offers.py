"""What the page Settings lets a person do, in words."""

from mlops_desktop.ui.actions import Offer


def _offer(
    name: str, needs: str, icon: str, *, writes: bool = True, dangerous: bool = False
) -> Offer:
    return Offer(
        f"settings.{name}", f"settings.action.{name}", f"settings.needs.{needs}",
        icon=icon, writes=writes, dangerous=dangerous,
    )  # fmt: skip


OFFERS = (
    _offer("enrol", "open", "add"),
    _offer("invite", "open", "export"),
    _offer("admit", "open", "sign"),
    _offer("confirm", "waiting", "sign"),
    _offer("decline", "waiting", "archive", dangerous=True),
    _offer("change_roles", "person", "edit"),
    _offer("certify", "person", "sign"),
    _offer("passphrase", "key_here", "lock", writes=False),
    _offer("key_file", "key_here", "export", writes=False),
    _offer("revoke", "has_key", "archive", dangerous=True),
    _offer("leave", "known", "archive", dangerous=True),
    _offer("dossiers", "open", "edit"),
    _offer("template_save", "open", "add"),
    _offer("template_change", "template", "edit"),
    _offer("template_remove", "template", "archive"),
    _offer("authority", "open", "clock"),
    _offer("revocations", "open", "sign"),
    _offer("backup", "open", "export", writes=False),
    _offer("recovery_sheet", "open", "print", writes=False),
    _offer("keep_key", "open", "lock", writes=False),
    _offer("verify", "open", "verify", writes=False),
    _offer("place", "file", "open", writes=False),
)
