"""The result sheet of a gift list as a paper, and its files."""
