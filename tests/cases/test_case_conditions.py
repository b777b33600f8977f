"""A condition chooses the same cases in PostgreSQL and in plain Python."""

from __future__ import annotations

from datetime import timedelta
from itertools import cycle

import pytest
from hypothesis import given, settings

from huiyin.cases.models import Case, OwnStage, ProblemType
from huiyin.cases.queries.case_facts import case_facts, case_fields, path_of_type
from huiyin.cases.queries.customers import tier_of
from huiyin.cases.queries.own_stages import columns_for
from huiyin.cases.rules.case_fields import CASE_FIELDS, NO_CLOCK
from huiyin.cases.rules.kinds import CHANNELS, EMOTIONS, KINDS, LEVEL_RANK, LEVELS, TOPICS
from huiyin.cases.rules.states import STATE_LABELS, WAITING_LABELS
from huiyin.customers.public import Customer, Product
from huiyin.foundation.conditions import holds, matching, read_condition, with_choices
from huiyin.kernel.refusal import Invalid
from tests.conftest import Company
from tests.drawn_conditions import conditions

HOURS = (-400, -200, -30, -9, -1, 0, 1, 4, 14, 15, 40, 24 * 7, 24 * 40)


def many_cases(company: Company, customer: Customer) -> list[Case]:
    """Forty cases in which every value comes up, and every emptiness."""

    def turns(*values):
        return cycle(values)

    people = turns(None, *(company.staff[key].pk for key in ("agent", "agent2", "engineer")))
    departments = turns(None, *(each.pk for each in company.departments.values()))
    stores = turns(None, company.stores["S01"].pk, company.stores["S02"].pk)
    types = turns(None, *ProblemType.objects.order_by("code").values_list("pk", flat=True)[:7])
    product = Product.objects.create(model="K1", name="Éa停b")
    customers = turns(
        None,
        customer.pk,
        Customer.objects.create(
            number="C2", name="周", sort_key="zhou", tier="regular", registered_at="2026-09-01T00:00:00Z"
        ).pk,
    )
    words = turns("", "aB", "停机a", "é%", "Ж_\\", "1 '")
    stages = turns(
        None,
        *(
            OwnStage.objects.create(code=code, name=code, state="executing", in_use=code != "shed").pk
            for code in ("lab", "shed", "site")
        ),
    )
    hours, levels, states = turns(*HOURS), turns(*LEVELS), turns(*STATE_LABELS)
    kinds, topics, channels = turns(*KINDS), turns(*TOPICS), turns(*CHANNELS)
    emotions, waits = turns("", *EMOTIONS), turns("", *WAITING_LABELS, "", "")
    rows = []
    for n in range(40):
        level = next(levels)
        due = next(hours)
        rows.append(
            Case(
                number=f"C{n}",
                kind=next(kinds),
                topic=next(topics),
                channel=next(channels),
                level=level,
                level_rank=LEVEL_RANK[level],
                suggested_level=level,
                state=next(states),
                state_since=company.call("agent").now,
                waiting_for=next(waits),
                emotion=next(emotions),
                problem_type_id=next(types),
                own_stage_id=next(stages),
                owner_id=next(people),
                department_id=next(departments),
                store_id=next(stores),
                customer_id=next(customers),
                title=next(words),
                description=next(words),
                wish=next(words),
                serial=next(words),
                product_name=next(words),
                product=product if n % 4 == 0 else None,
                repeated=n % 3 == 0,
                needs_senior=n % 5 == 0,
                reopened_times=n % 4,
                policy="standard",
                policy_version=1,
                received_at=company.call("agent").now - timedelta(hours=HOURS[n % len(HOURS)]),
                due_at=NO_CLOCK if n % 6 == 0 else company.call("agent").now + timedelta(hours=due),
            )
        )
    return list(Case.objects.bulk_create(rows))


def test_postgresql_and_python_choose_the_same_cases(company, customer, clock):
    many_cases(company, customer)
    rows = Case.objects.select_related("customer", "product")
    facts = {row.pk: case_facts(row, tier=tier_of(row.customer)) for row in rows}
    keys = (company.staff["agent"].pk, company.departments["rnd"].pk, company.stores["S02"].pk)
    codes = ("product", "product.defect", "service", "attitude.rude", "gone")
    viewer = company.actor("agent")
    asked = with_choices(CASE_FIELDS, {"own_stage": dict.fromkeys(("lab", "shed", "site", "gone"), "")})

    @settings(max_examples=200)
    @given(conditions(asked, keys, codes))
    def agree(condition):
        wanted = {pk for pk, fact in facts.items() if holds(condition, fact, now=clock.now, viewer=viewer)}
        found = Case.objects.filter(matching(condition, columns_for(condition), now=clock.now, viewer=viewer))
        assert set(found.values_list("pk", flat=True)) == wanted

    agree()


def test_a_problem_type_brings_what_is_below_it(company, customer, cases, clock):
    defect = ProblemType.objects.get(code="product.defect")
    crack = ProblemType.objects.create(code="crack", name="开裂", parent=defect)
    case = cases.open(problem_type_id=crack.pk)
    cases.open()
    assert path_of_type(crack.pk) == ("crack", "product.defect", "product")
    for code in ("product", "product.defect", "crack"):
        condition = read_condition({"all": [{"field": "problem_type", "is": "in", "value": [code]}]}, CASE_FIELDS)
        assert list(Case.objects.filter(matching(condition, CASE_FIELDS, now=clock.now))) == [case]


def test_a_condition_that_names_who_has_left_says_so(company):
    gone = company.staff["agent2"]
    condition = {"all": [{"field": "owner", "is": "in", "value": [gone.pk]}]}
    read_condition(condition, case_fields())
    gone.is_active = False
    gone.save()
    with pytest.raises(Invalid) as refusal:
        read_condition(condition, case_fields())
    assert str(refusal.value.fields["owner"]) == f"“Owner” no longer has {gone.pk}."
    assert read_condition(condition, CASE_FIELDS), "it still chooses cases"
