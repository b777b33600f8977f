"""Tests of the web chat room."""
