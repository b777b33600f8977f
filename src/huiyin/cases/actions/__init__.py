"""Writing cases, one verb a file; ``moving``, ``clocks`` and ``telling`` are what the verbs share."""
