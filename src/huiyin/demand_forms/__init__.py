"""Demand forms: departments and stores sign up whom customer service is to visit, and what to ask (VIS-9)."""
