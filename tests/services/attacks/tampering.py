"""Attacks on the log itself: what lies there is edited, deleted, moved, cut off, continued."""

from collections.abc import Callable

import sqlalchemy as sa

from mlops_desktop.core.events.models import ModelEdited
from mlops_desktop.core.inventory import ModelDetails
from mlops_desktop.store.tables.ledger import disclosures, events
from tests.services.attacks.insider import Insider, Tree
from tests.services.attacks.scene import OWNER, Scene

Attack = Callable[[Scene, Insider], None]


def rename(tree: Tree) -> None:
    tree["data"]["details"]["name"] += " (alt)"


def date_back(tree: Tree) -> None:
    tree["at"] = tree["effective"] = "2025-01-01T00:00:00.000000Z"


def turn(tree: Tree) -> None:
    tree["data"]["decision"] = "reject"


def redo(tree: Tree) -> None:
    tree["data"]["details"]["business_line"] = "Anders"


def edits(mark: str, change: Callable[[Tree], None], with_log_key: bool = False) -> Attack:
    def attack(scene: Scene, insider: Insider) -> None:
        insider.edit(scene.marks[mark], change)
        insider.write(with_log_key=with_log_key)

    return attack


def edit_body_alone(scene: Scene, insider: Insider) -> None:
    position = scene.marks["early"]
    insider.edit(position, rename)
    insider.connection.execute(
        sa.update(events).where(events.c.position == position).values(body=insider.log[position])
    )


def delete_one(scene: Scene, insider: Insider) -> None:
    gone = sa.delete(events).where(events.c.position == scene.marks["middle"])
    insider.connection.execute(gone)


def deletes_pair(with_log_key: bool = False) -> Attack:
    def attack(scene: Scene, insider: Insider) -> None:
        last = scene.marks["pair"]
        del insider.log[last - 1 : last + 1]
        insider.notes = {_moved(size, last, -2): note for size, note in insider.notes.items()}
        insider.write(with_log_key=with_log_key)

    return attack


def _moved(size: int, since: int, by: int) -> int:
    return size + by if size > since else size


def swaps(with_log_key: bool = False) -> Attack:
    def attack(scene: Scene, insider: Insider) -> None:
        last = scene.marks["pair"]
        insider.log[last - 1 : last + 1] = reversed(insider.log[last - 1 : last + 1])
        insider.write(with_log_key=with_log_key)

    return attack


def truncates(mark: str, with_log_key: bool = False) -> Attack:
    def attack(scene: Scene, insider: Insider) -> None:
        del insider.log[scene.marks[mark] + 1 :]
        insider.write(with_log_key=with_log_key)

    return attack


def edited(scene: Scene, insider: Insider, *, by: str = OWNER) -> Tree:
    payload = ModelEdited(scene.bank.ids["second"], ModelDetails(business_line="Anders"), ())
    return insider.forge(payload, scene.marks["last"], by=scene.bank.ids[by])


def fork(scene: Scene, insider: Insider) -> None:
    others = [edited(scene, insider) for _ in range(4)]
    del insider.log[scene.marks["second_decided_2"] + 1 :]
    for tree in others:
        insider.append(tree)
    insider.write(with_log_key=True)


def appends(with_log_key: bool = False) -> Attack:
    def attack(scene: Scene, insider: Insider) -> None:
        insider.append(edited(scene, insider))
        insider.write(with_log_key=with_log_key)

    return attack


def alter_row(scene: Scene, insider: Insider) -> None:
    insider.connection.exec_driver_sql("UPDATE approval_requests SET status = 'approved'")


def take_text(scene: Scene, insider: Insider) -> None:
    """Take away the comment of a request: it shows in no row."""
    asked = insider.tree(scene.marks["first_asked"])
    digest = asked["data"]["comment"]["..."]
    insider.connection.execute(sa.delete(disclosures).where(disclosures.c.digest == digest))
