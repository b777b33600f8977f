"""What insights writes."""
