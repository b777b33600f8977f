"""kill -9 of real processes in the middle of real work: nothing is lost, nothing is done twice."""
