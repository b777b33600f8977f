"""Tables of the demand forms room."""

from huiyin.demand_forms.models.form import DemandForm, Wish
from huiyin.demand_forms.models.month import DemandMonth, UnitMonth
from huiyin.demand_forms.models.numbers import DemandNumbers, UnitNumbers

__all__ = ["DemandForm", "DemandMonth", "DemandNumbers", "UnitMonth", "UnitNumbers", "Wish"]
