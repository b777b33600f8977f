"""Writing in the channels room, one verb a file."""
