"""A lifelike company of our own making, and volumes of it for measuring."""
