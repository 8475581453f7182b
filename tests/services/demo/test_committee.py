"""Meetings of the sample bank's committee: papers, quorum, signatures, and who left the table."""

from mlops_desktop.core.standing import GRANTED
from mlops_desktop.services import approvals, meetings, people
from mlops_desktop.services.session import Session


def test_nine_decisions_were_taken_in_meetings_and_one_by_circular_resolution(
    session: Session,
) -> None:
    rows = meetings.list_meetings(session)
    asked = {row.key: row for row in approvals.list_requests(session)}
    taken = [
        (row.called.is_circular, asked[item.request].model_id, asked[item.request].label)
        for row in rows
        for item in row.called.agenda
        if item.request
    ]
    assert [one[1:] for one in taken if one[0]] == [("M-00004", "2")]
    assert sorted(one[1:] for one in taken if not one[0]) == [
        ("M-00001", "3"), ("M-00002", "3"), ("M-00003", "2"), ("M-00007", "5"), ("M-00007", "6"),
        ("M-00008", "11"), ("M-00009", "6"), ("M-00010", "3"), ("M-00020", "2"),
    ]  # fmt: skip
    under = {row.key for row in asked.values() if row.state.rule_kept.id == "gremium"}
    decided = {item.request for row in rows for item in row.called.agenda if item.request}
    assert under == decided, "the rule asks for the committee where it decided, and nowhere else"
    assert all(asked[key].status in GRANTED for key in under)


def test_every_resolution_has_its_papers_quorum_and_both_signatures(session: Session) -> None:
    names = {one.id: one.name for one in people.list_people(session)}
    held = [row for row in meetings.list_meetings(session) if row.minuted]
    assert len(held) == len(meetings.list_meetings(session)) - 1, "the next one is only called"
    for row in held:
        assert row.minuted is not None
        assert row.minuted.document is not None
        deciding = [item for item in row.called.agenda if item.request]
        for item in deciding:
            away = {one.person for one in row.minuted.partial if one.item == item.number}
            voting = {vote.person for vote in row.minuted.votes if vote.item == item.number}
            assert item.papers
            assert (len(away), voting & away) == (1, set()), "the owner left the table"
            assert len(voting) >= row.called.quorum
        signed = {(one.item, names[one.person], one.capacity.value) for one in row.signed}
        assert signed == {
            (item.number, who, capacity)
            for item in deciding
            for who, capacity in (
                ("Dr. Ulrich Harms", "chair"),
                ("Dr. Katrin Feddersen", "secretary"),
            )
        }


def test_one_validator_was_recused_because_he_had_built_the_predecessor(session: Session) -> None:
    rows = [row for row in approvals.list_requests(session) if row.state.recused]
    (row,) = rows
    (who,) = [people.show_person(session, one).name for one in row.state.recused]
    assert (row.model_id, row.label, who) == ("M-00005", "4", "Dr. Aylin Yıldız")
