"""The rules of cases as pure functions and tables: lifecycle, guards, triage, routing, clocks."""
