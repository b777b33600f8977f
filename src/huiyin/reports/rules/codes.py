"""The codes of the promises a report owes."""

SUBMIT = "report.submit"
DECIDE = "report.decide"
