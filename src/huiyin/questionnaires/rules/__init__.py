"""Pure rules of questionnaires: reading answers, probing, scores."""
