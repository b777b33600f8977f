"""Writes the invented company into the tables, table by table, as streams."""
