"""Calls that no person makes: tasks and commands act as the system."""

from huiyin.foundation import clock
from huiyin.kernel.actor import SYSTEM
from huiyin.kernel.call import Call


def system_call(once: str | None = None) -> Call:
    """A call of the system itself at the present moment."""
    return Call(actor=SYSTEM, now=clock.now(), once=once)
