"""Forms, answers and scores."""
