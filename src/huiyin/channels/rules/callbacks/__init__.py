"""What platforms push to us: signatures, encryption, and what the pushed words mean."""
