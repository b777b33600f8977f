"""Django plumbing without business: actions, journal, pages, discovery."""
