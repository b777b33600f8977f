"""The work itself: rows out of the file into the spool, records out of the spool into the rooms, batch by batch."""
