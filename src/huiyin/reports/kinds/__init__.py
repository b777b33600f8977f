"""Kinds of reports, each in one folder: ``KIND``, its columns as data, and how its tables are filled."""
