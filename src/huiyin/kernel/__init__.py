"""Plain Python words every storey speaks; imports no framework."""
