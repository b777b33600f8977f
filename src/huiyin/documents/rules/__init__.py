"""What a paper is, and how its columns and its type are measured; no framework, no library."""
