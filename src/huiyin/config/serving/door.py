"""The door of a web process: pages are made in turn, and a connection that has to wait here may try elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from huiyin.config.serving.tally import Tally
    from huiyin.config.serving.turns import Turns

WITHOUT_BODY = frozenset({"GET", "HEAD"})  # what comes with one may be slow for reasons that are not ours


class Door:
    """The application behind turns and tally."""

    def __init__(self, application: WSGIApplication, turns: Turns, tally: Tally) -> None:
        self.application, self.turns, self.tally = application, turns, tally

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answers a request."""
        self.tally.come()
        took = environ["REQUEST_METHOD"] in WITHOUT_BODY and self.turns.take()
        try:
            return self.application(environ, self._spread(environ, start_response))
        finally:
            if took:
                self.turns.give()
            self.tally.go()

    def _spread(self, environ: WSGIEnvironment, start_response: StartResponse) -> StartResponse:
        """Ends the connection where another process has less to do: the system puts the browser's next one anywhere."""

        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Callable[[bytes], object]:
            if environ["SERVER_PROTOCOL"] == "HTTP/1.1" and self.tally.another_is_freer():
                headers = [*headers, ("Connection", "close")]
            return start_response(status, headers, *more)

        return start
