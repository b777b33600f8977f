"""What the practice demands of follow-up visits, as pure functions."""
