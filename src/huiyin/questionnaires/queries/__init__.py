"""Reading questionnaires and answers."""
