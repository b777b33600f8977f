"""The door of the demand forms room."""

from huiyin.demand_forms.actions.confirm import Decision, confirm_form
from huiyin.demand_forms.actions.decline import decline_form
from huiyin.demand_forms.actions.open_months import open_months
from huiyin.demand_forms.actions.ship import ship
from huiyin.demand_forms.actions.sign_up import sign_up
from huiyin.demand_forms.models import DemandForm, UnitMonth, Wish
from huiyin.demand_forms.rules.checking import Group, Wanted

__all__ = [
    "Decision",
    "DemandForm",
    "Group",
    "UnitMonth",
    "Wanted",
    "Wish",
    "confirm_form",
    "decline_form",
    "open_months",
    "ship",
    "sign_up",
]
