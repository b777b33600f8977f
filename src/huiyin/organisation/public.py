"""The door of the organisation room."""

from huiyin.organisation.actions.create_token import create_token
from huiyin.organisation.actions.leave import add_leave
from huiyin.organisation.actions.set_preferences import set_preferences
from huiyin.organisation.events import PersonAway, PersonLeaving
from huiyin.organisation.models import ApiToken, Department, Leave, Staff, Store, StoreSize
from huiyin.organisation.queries.choices import department_choices, department_names, store_choices
from huiyin.organisation.queries.colleagues import Colleague, colleagues_called, find_colleagues
from huiyin.organisation.queries.duty import duties_of
from huiyin.organisation.queries.people import (
    actor_of,
    escalation_ladder,
    manager_of,
    staff_number,
    with_role,
    working_staff,
)
from huiyin.organisation.queries.tokens import actor_of_token
from huiyin.organisation.rules.roles import EVERYONE, MANAGERS, ROLE_LABELS, Role
from huiyin.organisation.rules.shifts import Duty
from huiyin.organisation.sessions import figure_of

__all__ = [
    "EVERYONE",
    "MANAGERS",
    "ROLE_LABELS",
    "ApiToken",
    "Colleague",
    "Department",
    "Duty",
    "Leave",
    "PersonAway",
    "PersonLeaving",
    "Role",
    "Staff",
    "Store",
    "StoreSize",
    "actor_of",
    "actor_of_token",
    "add_leave",
    "colleagues_called",
    "create_token",
    "department_choices",
    "department_names",
    "duties_of",
    "escalation_ladder",
    "figure_of",
    "find_colleagues",
    "manager_of",
    "set_preferences",
    "staff_number",
    "store_choices",
    "with_role",
    "working_staff",
]
