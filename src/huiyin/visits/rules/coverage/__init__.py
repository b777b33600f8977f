"""How far a week or a month reached the customers it should speak for (VIS-17, QST-4)."""
