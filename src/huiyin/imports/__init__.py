"""Files that come in: mapping, dry run, progress, row errors."""
