"""What somebody is in a group, and what that lets them do."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from simulator.schema import specification

JsonObject = dict[str, Any]
Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]

CHANNELS_ONLY = {"can_post_messages", "can_edit_messages", "can_manage_direct_messages"}
# What Telegram's apps offer first when somebody is made an administrator.
USUAL_RIGHTS = frozenset(
    {
        "can_manage_chat",
        "can_change_info",
        "can_delete_messages",
        "can_invite_users",
        "can_restrict_members",
        "can_pin_messages",
        "can_manage_topics",
        "can_manage_video_chats",
    }
)
# Members of a real group may do these too until somebody forbids it, as most groups do.
FOR_ADMINISTRATORS = {"can_change_info", "can_pin_messages", "can_manage_topics"}


@cache
def administrator_rights() -> tuple[str, ...]:
    """The names of all rights that an administrator of a group can have."""
    fields: JsonObject = specification()["types"]["ChatAdministratorRights"]["fields"]
    return tuple(name for name in fields if name not in CHANNELS_ONLY)


@cache
def permissions() -> tuple[str, ...]:
    """The names of all that a member of a group can be permitted."""
    return tuple(specification()["types"]["ChatPermissions"]["fields"])


@cache
def usual_permissions() -> frozenset[str]:
    """What members of a new group may do."""
    return frozenset(permissions()) - FOR_ADMINISTRATORS


@dataclass(frozen=True)
class Member:
    """Somebody's state in a group: `can` are the rights of an administrator, or what is left to a restricted one."""

    status: Status = "member"
    is_bot: bool = False
    can: frozenset[str] = frozenset()
    until: int = 0
    # A restricted one may be outside, and is restricted again on coming back.
    stays: bool = True

    @property
    def is_inside(self) -> bool:
        """Whether they are in the group."""
        return self.status in {"creator", "administrator", "member"} or (self.status == "restricted" and self.stays)

    @property
    def is_administrator(self) -> bool:
        """Whether they run the group, its owner included."""
        return self.status in {"creator", "administrator"}

    def may(self, right: str, allowed: Iterable[str]) -> bool:
        """Whether they may do this in a group that allows so much to its members."""
        match self.status:
            case "creator":
                return True
            case "administrator":
                return right in self.can or right.startswith(("can_send_", "can_add_", "can_react_"))
            case "member":
                return right in allowed
            case "restricted":
                return self.stays and right in self.can and right in allowed
            case "left" | "kicked":
                return False

    def as_json(self, user: JsonObject) -> JsonObject:
        """Telegram's ChatMember."""
        member: JsonObject = {"user": user, "status": self.status}
        match self.status:
            case "creator":
                return member | {"is_anonymous": False}
            case "administrator":
                rights = {name: name in self.can for name in administrator_rights()}
                return member | {"can_be_edited": False} | rights
            case "restricted":
                permitted = {name: name in self.can for name in permissions()}
                return member | permitted | {"is_member": self.stays, "until_date": self.until}
            case "kicked":
                return member | {"until_date": self.until}
            case "member" | "left":
                return member


def member_of(status: Status, *, is_bot: bool = False, can: Iterable[str] | None = None, until: int = 0) -> Member:
    """Somebody with this status; rights that are not named are the usual ones of an administrator, or none."""
    usual = USUAL_RIGHTS if status == "administrator" else ()
    rights = frozenset(usual if can is None else can)
    # Every administrator can do what this right alone stands for.
    if status == "administrator":
        rights |= {"can_manage_chat"}
    return Member(status, is_bot, rights, until)
