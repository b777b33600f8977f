"""Jobs of the demand forms room."""

from __future__ import annotations

from procrastinate.contrib.django import app

from huiyin.demand_forms.actions.open_months import open_months
from huiyin.demand_forms.actions.tend import tend_wishes
from huiyin.foundation.calls import system_call


@app.periodic(cron="12 * * * *")
@app.task(queueing_lock="tend_demand_forms", pass_context=False)
def tend_demand_forms(timestamp: int) -> int:
    """Every hour: what units owe in the running month, and wishes whose visit will not come. Takes all that is due."""
    return open_months(system_call()) + tend_wishes(system_call())
