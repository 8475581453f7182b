"""The attack table: what each attack does, which levels see it, and where it is said to begin.

Levels: V1 the log, its signed heads and the rows; V2 people's signatures and the rules; V3 the
head this profile last saw; V4 the head in a signed dossier kept elsewhere. Each is asked alone:
"V3" means that V1 and V2 see nothing. No levels at all is what cannot be found.
"""

from dataclasses import dataclass

from tests.services.attacks import forging, tampering
from tests.services.attacks.scene import COMPLIANCE, OWNER
from tests.services.attacks.tampering import Attack, date_back, edits, redo, rename, turn


@dataclass(frozen=True)
class Row:
    """One row: the levels that see it; the check, and the mark of the event, named first."""

    name: str
    attack: Attack
    levels: str
    check: str = ""
    mark: str = ""
    offset: int = 0


WITH_DATABASE_RIGHTS = (
    Row("edit a body", tampering.edit_body_alone, "V1 V2 V3 V4", "leaves", "early"),
    Row("edit a body and all that follows from it", edits("early", rename), "V1 V2 V3 V4",
        "heads", "early"),
    Row("edit the last event", edits("last", redo), "V1 V3", "heads", "last"),
    Row("edit a signed decision", edits("second_decided_1", turn), "V1 V2 V3",
        "heads", "second_decided_1"),
    Row("back-date an early event", edits("early", date_back), "V1 V2 V3 V4", "heads", "early"),
    Row("delete one event", tampering.delete_one, "V1 V2 V3 V4", "positions", "middle"),
    Row("delete a pair and renumber", tampering.deletes_pair(), "V1 V2 V3", "heads", "pair", -1),
    Row("swap two events", tampering.swaps(), "V1 V2 V3", "heads", "pair", -1),
    Row("append in another's name", tampering.appends(), "V1", "heads", "last", 1),
    Row("change the status alone", tampering.alter_row, "V1", "rows", "", -1),
    Row("enrol a device for somebody and append", forging.enrol_a_device, ""),
    Row("take a text away", tampering.take_text, "V1", "disclosures", "first_asked"),
    Row("cut the tail off", tampering.truncates("second_decided_2"), "V3",
        "last_seen", "second_decided_2", 1),
    Row("cut off what the dossier saw", tampering.truncates("first_decided_2"), "V3 V4",
        "last_seen", "first_decided_2", 1),
)  # fmt: skip
KEY = True
WITH_THE_LOG_KEY = (
    Row("edit the last event, re-sign", edits("last", redo, KEY), "V3", "last_seen", ""),
    Row("edit what a later approval saw, re-sign", edits("pair", redo, KEY), "V2 V3",
        "decisions", "second_decided_1"),
    Row("edit a signed decision, re-sign", edits("second_decided_1", turn, KEY), "V2 V3",
        "decisions", "second_decided_1"),
    Row("back-date an early event, re-sign", edits("early", date_back, KEY), "V2 V3 V4",
        "decisions", "first_decided_1"),
    Row("delete a pair, renumber, re-sign", tampering.deletes_pair(KEY), "V2 V3",
        "decisions", "second_decided_1", -2),
    Row("swap two events, re-sign", tampering.swaps(KEY), "V2 V3",
        "decisions", "second_decided_1"),
    Row("cut the tail off, re-sign", tampering.truncates("second_decided_2", KEY), "V3",
        "last_seen", "second_decided_2", 1),
    Row("fork with another tail", tampering.fork, "V3", "last_seen", ""),
    Row("append in another's name, re-sign", tampering.appends(KEY), ""),
    Row("forge an approval without signature", forging.forges(COMPLIANCE), "V2",
        "decisions", "last", 1),
    Row("forge an approval, signed with one's own key",
        forging.forges(COMPLIANCE, signed_by=OWNER), "V2", "decisions", "last", 1),
    Row("replay a signature on another model", forging.replay_on_another, "V2",
        "decisions", "last", 1),
    Row("replay a decision", forging.replay_copy, "V2", "decisions", "last", 1),
    Row("replay an approval on a new version", forging.ask_again_for_another_version, "V2",
        "rules", "last", 1),
    Row("register an approved version again", forging.register_again, "V2", "rules", "last", 1),
    Row("change a version without saying so", forging.change_without_saying, "V2",
        "rules", "last", 1),
    Row("ask for something else", forging.ask_for_something_else, "V2", "rules", "last", 1),
    Row("enrol a key of one's own for somebody", forging.swap_key, "V2", "decisions", "last", 1),
    Row("put a key of one's own where his lay", forging.swap_key_where_it_lies, "V2 V3 V4",
        "decisions", "validator"),
    Row("enrol somebody invented", forging.enrol_an_invented_person, "V2",
        "decisions", "last", 1),
    Row("give oneself a role", forging.give_himself_a_role, "V2", "decisions", "last", 1),
)  # fmt: skip
WITH_AN_APPROVERS_KEY = (
    Row("approve one's own model", forging.forges(OWNER, signed_by=OWNER), "V2",
        "rules", "last", 1),
    Row("approve twice", forging.approve_twice, "V2", "rules", "last", 2),
    Row("approve in a role not held", forging.approve_in_a_role_not_held, "V2",
        "rules", "last", 1),
    Row("approve other fields than asked", forging.approve_other_fields, "V2",
        "rules", "last", 1),
    Row("all collude and rewrite everything", forging.collude, "V3 V4", "last_seen", ""),
)  # fmt: skip
TABLE = (*WITH_DATABASE_RIGHTS, *WITH_THE_LOG_KEY, *WITH_AN_APPROVERS_KEY)
