"""Follow-up visits: policies, sampling, plan, workstation."""
