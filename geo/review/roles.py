"""Who may do what. Each role may do what the roles before it may."""

from typing import Literal, get_args

Role = Literal["viewer", "editor", "reviewer", "owner"]
ROLES: tuple[Role, ...] = get_args(Role)
"""Viewers read; editors propose, defer, assign and update the map; reviewers decide; owners say who may do what."""
Act = Literal["read", "propose", "defer", "assign", "decide", "undo", "update", "manage"]
_LEAST: dict[Act, Role] = {
    "read": "viewer",
    "propose": "editor",
    "defer": "editor",
    "assign": "editor",
    "update": "editor",
    "decide": "reviewer",
    "undo": "reviewer",
    "manage": "owner",
}


def may(role: str, act: Act) -> bool:
    """Whether somebody with this role may do it; a role that is not known may do nothing."""
    return role in ROLES and ROLES.index(role) >= ROLES.index(_LEAST[act])


def least_role(act: Act) -> Role:
    """The lowest role that may do it."""
    return _LEAST[act]
