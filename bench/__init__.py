"""Measures the running product on this machine's loopback: see docs/performance.md. Run it with ``make bench``."""
