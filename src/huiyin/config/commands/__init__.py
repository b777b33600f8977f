"""Commands of the product itself: one verb a file, each with its ``COMMAND``."""
