"""The server's settings: sized for a laptop, safe by default; tests trade safety for speed."""

from __future__ import annotations

import sys
from collections.abc import Mapping

LAPTOP: Mapping[str, str] = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "80",
    "shared_buffers": "256MB",
    "effective_cache_size": "1GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "wal_compression": "on",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
    # A failing statement carries names and phone numbers: the log keeps the error and leaves out the rest.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    # Containers give /dev/shm 64 MB, which a parallel join outgrows.
    **({"dynamic_shared_memory_type": "sysv"} if sys.platform == "linux" else {}),
}
TESTS: Mapping[str, str] = {
    **LAPTOP,
    "shared_buffers": "128MB",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
}


def as_words(options: Mapping[str, str]) -> list[str]:
    """The settings as words of the command line."""
    return [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
