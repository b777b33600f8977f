"""Pure rules of reports: when they are due, and the way they go."""
