"""What a login of a team's database may do."""

from enum import StrEnum


class Group(StrEnum):
    """A team's logins by their rights; each may do what those below it may.

    A keeper brings the events of others and erases what a retention rule names; a member records
    his own; a reader reads.
    """

    KEEPER = "keeper"
    MEMBER = "member"
    READER = "reader"
