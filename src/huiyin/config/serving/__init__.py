"""How a web process takes requests: pages in turn, connections spread over the processes (ADR 0099)."""
