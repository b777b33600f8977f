"""What the invented company is made of; pure and seeded."""
