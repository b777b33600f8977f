"""The embedded PostgreSQL: its binaries come from a wheel, its life is ours.

Why so: docs/adr/0003-embedded-postgresql.md.
"""
