"""Reading of site visits."""
