"""Company, departments, stores, staff, roles and who sees what."""
