"""Every step of a case by its verb, as the API offers it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from huiyin.cases.actions.agree_follow_up import agree_follow_up
from huiyin.cases.actions.answer_plan import confirm_plan, decline_plan
from huiyin.cases.actions.ask_revisit import ask_revisit
from huiyin.cases.actions.assign import assign_case
from huiyin.cases.actions.cancel import cancel_case
from huiyin.cases.actions.close import close_case
from huiyin.cases.actions.diagnose import diagnose_case
from huiyin.cases.actions.finish import finish_work
from huiyin.cases.actions.join_identity import join_writer, part_writer
from huiyin.cases.actions.merge import merge_case, unmerge_case
from huiyin.cases.actions.move_deadline import move_deadline
from huiyin.cases.actions.note import add_note, answer_customer, log_contact
from huiyin.cases.actions.parts import need_part
from huiyin.cases.actions.plan import plan_case
from huiyin.cases.actions.put_in_stage import put_in_stage
from huiyin.cases.actions.recognise import recognise_customer
from huiyin.cases.actions.record_revisit import record_revisit
from huiyin.cases.actions.reopen import reopen_case
from huiyin.cases.actions.resume import resume_case
from huiyin.cases.actions.route import route_case
from huiyin.cases.actions.send_plan import send_plan
from huiyin.cases.actions.sort import sort_case
from huiyin.cases.actions.split import split_case
from huiyin.cases.actions.start import start_work
from huiyin.cases.actions.take import take_case
from huiyin.cases.actions.tasks import add_task, finish_task
from huiyin.cases.actions.tell import tell_result
from huiyin.cases.actions.tie import link_cases, unlink_cases
from huiyin.cases.actions.triage import triage_case
from huiyin.cases.actions.verdict import record_verdict
from huiyin.cases.actions.verify import verify_case
from huiyin.cases.actions.wait import wait_for
from huiyin.cases.actions.watch import unwatch_case, watch_case

STEPS: dict[str, Callable[..., Any]] = {
    "verify": verify_case,
    "plan": plan_case,
    "send_plan": send_plan,
    "confirm": confirm_plan,
    "decline": decline_plan,
    "start": start_work,
    "wait": wait_for,
    "resume": resume_case,
    "finish": finish_work,
    "tell": tell_result,
    "verdict": record_verdict,
    "ask_revisit": ask_revisit,
    "record_revisit": record_revisit,
    "close": close_case,
    "reopen": reopen_case,
    "cancel": cancel_case,
    "sort": sort_case,
    "diagnose": diagnose_case,
    "split": split_case,
    "own_stage": put_in_stage,
    "agree_follow_up": agree_follow_up,
    "merge": merge_case,
    "unmerge": unmerge_case,
    "link": link_cases,
    "unlink": unlink_cases,
    "take": take_case,
    "triage": triage_case,
    "assign": assign_case,
    "route": route_case,
    "recognise": recognise_customer,
    "join_identity": join_writer,
    "part_identity": part_writer,
    "note": add_note,
    "contact": log_contact,
    "answer": answer_customer,
    "add_task": add_task,
    "move_deadline": move_deadline,
    "finish_task": finish_task,
    "need_part": need_part,
    "watch": watch_case,
    "unwatch": unwatch_case,
}
