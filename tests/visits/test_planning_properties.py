"""On random companies no hard rule is ever broken, and nobody is forgotten."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.kernel.windows import OpenWindow, minutes_inside
from huiyin.visits.rules.planning import Agent, Assignment, Candidate, Plan, PlanPolicy, PlanWeek
from huiyin.visits.rules.planning.draw_plan import draw_plan
from huiyin.visits.rules.planning.reasons import what_relaxed, why_chosen, why_passed
from tests.visits.planning_worlds import MANY, Company, companies, company_of, planned_before

COMPANIES = 8 * MANY  # two thousand, unless HUIYIN_COMPANIES says otherwise


def plan_of(company: Company, seed: int = 1) -> Plan:
    policy, week, people, crew = company
    return draw_plan(policy, week, people, crew, seed=seed, small_stores={3: 0, 4: 13})


@settings(max_examples=MANY, deadline=None)
@given(companies())
def test_no_hard_rule_is_ever_broken(company: Company) -> None:
    check_all(company, plan_of(company))


def test_no_hard_rule_is_broken_in_thousands_of_companies_that_follow_one_another() -> None:
    """Beside what hypothesis looks for: two thousand companies, of one candidate up to a hundred, all counted."""
    checked = Counter(_checked(company_of(seed, 1 + seed % 100)) for seed in range(COMPANIES))
    assert checked.total() == COMPANIES
    assert checked["planned"] > COMPANIES / 2, checked


def _checked(company: Company) -> str:
    plan = plan_of(company)
    check_all(company, plan)
    return "planned" if plan.assignments else "nobody could be planned"


def check_all(company: Company, plan: Plan) -> None:
    policy, week, people, crew = company
    by_id, staff = {each.id: each for each in people}, {each.id: each for each in crew}
    for chosen in plan.assignments:
        check_one(policy, week, by_id[chosen.candidate], staff[chosen.agent], chosen)
    check_capacity(policy, plan, staff)
    customers = Counter(each.customer for each in plan.assignments)
    assert not customers or max(customers.values()) == 1


def check_one(policy: PlanPolicy, week: PlanWeek, who: Candidate, agent: Agent, chosen: Assignment) -> None:
    window = chosen.window
    assert window in week.windows
    assert window.day in week.working_days
    assert not who.blocked
    assert window.day not in agent.days_off
    assert window.end not in agent.off_shift
    assert minutes_inside(window, who.liked) >= policy.minutes_per_visit
    assert not who.skill or who.skill in agent.skills
    assert not who.language or who.language in agent.languages
    assert agent.id != who.not_agent
    assert who.due_from <= window.start
    assert window.end <= who.due_by or chosen.because[0][0] == "obligatory_late"


def check_capacity(policy: PlanPolicy, plan: Plan, staff: dict[int, Agent]) -> None:
    in_window = Counter((each.agent, each.window) for each in plan.assignments)
    assert all(count * policy.minutes_per_visit <= window.minutes for (_, window), count in in_window.items())
    in_day = Counter((each.agent, each.window.day) for each in plan.assignments)
    assert all(count <= staff[agent].a_day for (agent, _), count in in_day.items())


@settings(max_examples=MANY, deadline=None)
@given(companies())
def test_the_sample_never_exceeds_quota_or_a_days_share_with_slack(company: Company) -> None:
    policy, week, _, _ = company
    plan = plan_of(company)
    sampled = [each for each in plan.assignments if not each.obligatory]
    assert len(sampled) <= plan.target <= policy.quota_of(week.monday).most
    days = {window.day for window in week.windows}
    share = -(-plan.target // len(days)) if days else 0
    for count in Counter(each.window.day for each in sampled).values():
        assert count <= share + share * policy.day_slack // 100


@settings(max_examples=MANY, deadline=None)
@given(companies())
def test_everybody_is_chosen_or_told_why_not_and_every_reason_has_words(company: Company) -> None:
    people = company[2]
    plan = plan_of(company)
    chosen = {each.candidate for each in plan.assignments}
    passed = [each.candidate for each in plan.not_chosen]
    assert sorted([*chosen, *passed]) == [each.id for each in people]
    for each in plan.not_chosen:
        assert str(why_passed(each.code, each.place))
    for chosen_one in plan.assignments:
        assert all(str(why_chosen(code, params)) for code, params in chosen_one.because)
    assert all(str(what_relaxed(each.code, each.params)) for each in plan.relaxations)


@settings(max_examples=MANY, deadline=None)
@given(companies())
def test_a_plan_is_the_same_again_in_any_order(company: Company) -> None:
    policy, week, people, crew = company
    turned = (policy, week, people[::-1], crew[::-1])
    assert plan_of(company) == plan_of(turned)


@settings(max_examples=MANY, deadline=None)
@given(companies())
def test_as_many_owed_visits_are_planned_as_any_arrangement_could(company: Company) -> None:
    policy, week, people, crew = company
    owed = list({each.customer: each for each in people if each.obligatory}.values())
    plan = draw_plan(policy, week, owed, crew, seed=1)
    assert len(plan.assignments) == most_that_fit(policy, week, owed, crew)


def most_that_fit(policy: PlanPolicy, week: PlanWeek, owed: list[Candidate], crew: list[Agent]) -> int:
    """The maximum flow from visits over agents' windows and agents' days, reckoned on its own."""
    room: dict[tuple[object, object], int] = {}
    late = {who.id for who in owed if not any(fits_time(who, window) for window in week.windows)}
    for agent in crew:
        for window in week.windows:
            if window.day in agent.days_off or window.end in agent.off_shift:
                continue
            room[(agent.id, window), (agent.id, window.day)] = window.minutes // policy.minutes_per_visit
            room[(agent.id, window.day), "end"] = agent.a_day
            for who in owed:
                if fits(policy, who, agent, window, late=who.id in late):
                    room["start", who.id] = room[who.id, (agent.id, window)] = 1
    return max_flow(room)


def fits_time(who: Candidate, window: OpenWindow) -> bool:
    return who.due_from <= window.start and window.end <= who.due_by


def fits(policy: PlanPolicy, who: Candidate, agent: Agent, window: OpenWindow, *, late: bool) -> bool:
    if who.blocked or agent.id == who.not_agent or minutes_inside(window, who.liked) < policy.minutes_per_visit:
        return False
    able = (not who.skill or who.skill in agent.skills) and (not who.language or who.language in agent.languages)
    return able and (fits_time(who, window) or (late and who.due_from <= window.start))


def max_flow(room: dict[tuple[object, object], int]) -> int:
    flow = 0
    while True:
        came: dict[object, object] = {"start": None}
        frontier = ["start"]
        while frontier and "end" not in came:
            node = frontier.pop(0)
            for (source, target), left in list(room.items()):
                if source == node and left > 0 and target not in came:
                    came[target] = node
                    frontier.append(target)
        if "end" not in came:
            return flow
        step: object = "end"
        while step != "start":
            before = came[step]
            room[before, step] -= 1
            room[step, before] = room.get((step, before), 0) + 1
            step = before
        flow += 1


@settings(max_examples=MANY, deadline=None)
@given(companies())
def test_planning_the_same_week_again_moves_nobody(company: Company) -> None:
    before = plan_of(company)
    again = plan_of(planned_before(company, before))
    assert (again.moved, places(before).items() <= places(again).items()) == (0, True)


@settings(max_examples=MANY, deadline=None)
@given(companies(), st.integers(1, 4))
def test_replanning_around_somebody_who_is_ill_breaks_no_hard_rule_and_moves_as_few_as_possible(
    company: Company, ill: int
) -> None:
    before = plan_of(company)
    policy, week, people, crew = planned_before(company, before)
    away = frozenset(window.day for window in week.windows)
    crew = [replace(each, days_off=away) if each.id == ill else each for each in crew]
    after = plan_of((policy, week, people, crew))
    check_all((policy, week, people, crew), after)
    elsewhere = [who for who, place in places(after).items() if who in places(before) and places(before)[who] != place]
    assert len(elsewhere) == after.moved
    assert all(step.gap == 0 for step in after.steps if step.name == "places")


def places(plan: Plan) -> dict[int, tuple[int, OpenWindow]]:
    return {each.candidate: (each.agent, each.window) for each in plan.assignments}
