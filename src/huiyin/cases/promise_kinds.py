"""The promises a case owes."""

from __future__ import annotations

from dataclasses import replace

from huiyin.cases.queries.goals import goal_of_kind
from huiyin.cases.queries.sla_words import why_policy
from huiyin.kernel.words import gettext_noop as _
from huiyin.promises.public import PromiseKind

_KINDS = [
    PromiseKind(
        code="case.stage",
        label=_("Reach a stage of our own"),
        icon="milestone",
        page="case",
        act=_("Work on it"),
        named=goal_of_kind,
    ),
    PromiseKind(
        code="case.first_response", label=_("First response"), icon="message-circle-reply", page="case", act=_("Reply")
    ),
    PromiseKind(
        code="case.verify",
        label=_("Check the record with the customer"),
        icon="clipboard-check",
        page="case",
        act=_("Verify"),
    ),
    PromiseKind(
        code="case.plan", label=_("Make a plan"), icon="list-checks", page="case", act=_("Make a plan"), told=True
    ),
    PromiseKind(
        code="case.agree", label=_("Get the customer's answer to the plan"), icon="handshake", page="case", act=_("Ask")
    ),
    PromiseKind(
        code="case.follow_up", label=_("Ask again while waiting"), icon="circle-pause", page="case", act=_("Ask again")
    ),
    PromiseKind(
        code="case.answer",
        label=_("Answer the customer's question"),
        icon="message-circle-reply",
        page="case",
        act=_("Reply"),
    ),
    PromiseKind(
        code="case.progress",
        label=_("Tell the customer how it goes"),
        icon="megaphone",
        page="case",
        act=_("Tell"),
    ),
    PromiseKind(
        code="case.task",
        label=_("A task of a case"),
        icon="list-checks",
        page="case-task",
        act=_("Do it"),
    ),
    PromiseKind(code="case.solve", label=_("Solve or answer"), icon="wrench", page="case", act=_("Solve"), told=True),
    PromiseKind(
        code="case.tell_result", label=_("Tell the result"), icon="megaphone", page="case", act=_("Tell"), told=True
    ),
    PromiseKind(code="case.verdict", label=_("Get the customer's verdict"), icon="star", page="case", act=_("Ask")),
    PromiseKind(
        code="case.revisit", label=_("Revisit after settlement"), icon="phone-call", page="case", act=_("Revisit")
    ),
    PromiseKind(
        code="case.taken",
        label=_("The department names who takes it"),
        icon="user-check",
        page="case",
        act=_("Take it"),
    ),
    PromiseKind(
        code="case.department_step",
        label=_("First step of the department"),
        icon="footprints",
        page="case",
    ),
]
_OF_A_PERSON = "case.task"  # owed by whom the task names, not by the case's owner
KINDS = [replace(kind, because=why_policy, handed_over_by_room=kind.code != _OF_A_PERSON) for kind in _KINDS]
