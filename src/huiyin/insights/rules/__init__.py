"""Pure rules of insights: periods."""
