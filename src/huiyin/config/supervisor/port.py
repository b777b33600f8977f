"""The port the web server will listen on: free, or a clear word about it."""

from __future__ import annotations

import errno
import socket

from huiyin.config.problems import CannotStart
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


def check_port(host: str, port: int) -> None:
    """Refuses a port that cannot be listened on.

    Raises:
        CannotStart: another program has the port, or we may not take it.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen()
        except OverflowError:
            raise CannotStart(message(_("%(port)s is not a port number."), port=port)) from None
        except OSError as error:
            raise CannotStart(message(_why(error), host=host, port=port)) from None


def _why(error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return _("Port %(port)s is taken by another program. Choose another one, for example PORT=8001.")
    if error.errno == errno.EACCES:
        return _("Port %(port)s is reserved for the system. Choose one above 1023, for example PORT=8000.")
    return _("The address %(host)s:%(port)s cannot be used on this machine.")
