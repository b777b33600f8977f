"""The door of the promises room."""

from huiyin.promises.actions.anew import let_go_many, promise_anew
from huiyin.promises.actions.make import Wanted, make_promise, make_promises, planned
from huiyin.promises.actions.move import hand_over, hand_over_many, move_customer, move_promise
from huiyin.promises.actions.owed import Owed
from huiyin.promises.actions.pause import pause_promises, resume_promises
from huiyin.promises.actions.reckon import Running, reckon_anew, running_on
from huiyin.promises.actions.record import Kept, record_kept
from huiyin.promises.actions.settle import cancel_promise, cancel_promises, keep_promise, keep_promises
from huiyin.promises.events import PromisesHandedOver, PromisesStepped, StepTaken
from huiyin.promises.kinds import PromiseKind, kind_words, promise_kinds
from huiyin.promises.models import Promise, PromiseState
from huiyin.promises.queries.ledger import (
    OwedToCustomer,
    heads_of,
    kept_kinds,
    kept_since,
    kinds_on,
    my_promises,
    promises_on,
    promises_to,
    standstills_on,
    visible_promises,
)
from huiyin.promises.rules.clock_state import ClockState
from huiyin.promises.tasks import sweep_all

__all__ = [
    "ClockState",
    "Kept",
    "Owed",
    "OwedToCustomer",
    "Promise",
    "PromiseKind",
    "PromiseState",
    "PromisesHandedOver",
    "PromisesStepped",
    "Running",
    "StepTaken",
    "Wanted",
    "cancel_promise",
    "cancel_promises",
    "hand_over",
    "hand_over_many",
    "heads_of",
    "keep_promise",
    "keep_promises",
    "kept_kinds",
    "kept_since",
    "kind_words",
    "kinds_on",
    "let_go_many",
    "make_promise",
    "make_promises",
    "move_customer",
    "move_promise",
    "my_promises",
    "pause_promises",
    "planned",
    "promise_anew",
    "promise_kinds",
    "promises_on",
    "promises_to",
    "reckon_anew",
    "record_kept",
    "resume_promises",
    "running_on",
    "standstills_on",
    "sweep_all",
    "visible_promises",
]
