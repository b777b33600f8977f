"""Pure rules of insights: periods and changes."""
