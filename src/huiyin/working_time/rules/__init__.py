"""Working time as pure functions: calendars, spans, exact arithmetic and its explanation."""
