"""Django's templates carried out in fewer steps: the same language, the same words on the page (ADR 0098)."""
