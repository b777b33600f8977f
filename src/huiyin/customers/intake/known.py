"""Who of many newcomers is known: five queries for a whole batch, then the rule for each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Q

from huiyin.customers.intake.drafts import CustomerDraft
from huiyin.customers.models import Address, Contact, Customer, ExternalNumber
from huiyin.customers.rules.matching import Candidate, Match, match
from huiyin.customers.rules.names import plain_name

NameAddress = tuple[str, str]


class Known:
    """An index of known customers as far as the drafts seen so far ask for them.

    Keep one over several batches of a trial run: it remembers those who would have been made.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self.numbers: dict[str, int] = {}
        self.external: dict[str, int] = {}
        self.phones: dict[str, list[Candidate]] = defaultdict(list)
        self.places: dict[NameAddress, list[Candidate]] = defaultdict(list)
        self._next_imagined = -1

    def load(self, drafts: Iterable[CustomerDraft]) -> None:
        """Looks up everybody the drafts could be."""
        drafts = list(drafts)
        self._load_numbers({draft.number for draft in drafts if draft.number})
        self._load_external({number for draft in drafts for number in draft.external})
        doubtful = [draft for draft in drafts if not self._numbered(draft)]
        self._load_phones({phone for draft in doubtful for phone in draft.phones})
        self._load_places(doubtful)

    def find(self, draft: CustomerDraft) -> Match:
        """Who it is."""
        return match(
            draft.newcomer,
            by_number=self._numbered(draft),
            by_phone=[known for phone in draft.phones for known in self.phones.get(phone, ())],
            by_name_address=[known for place in draft.places for known in self.places.get(place, ())],
        )

    def learn(self, draft: CustomerDraft, customer_id: int) -> None:
        """From now on the draft is known as this customer."""
        if draft.number:
            self.numbers[draft.number] = customer_id
        for number in draft.external:
            self.external.setdefault(number, customer_id)
        candidate = Candidate(customer_id, draft.newcomer.plain_name, draft.newcomer.numbered)
        for phone in draft.phones:
            self.phones[phone].append(candidate)
        for place in draft.places:
            self.places[place].append(candidate)

    def imagined_id(self) -> int:
        """A key for somebody a trial run would make."""
        self._next_imagined -= 1
        return self._next_imagined

    def _numbered(self, draft: CustomerDraft) -> list[int]:
        own = [self.numbers[draft.number]] if draft.number in self.numbers else []
        return own + [self.external[number] for number in draft.external if number in self.external]

    def _load_numbers(self, numbers: set[str]) -> None:
        rows = Customer.objects.filter(number__any_of=numbers).values_list("number", "id", "merged_into_id")
        self.numbers |= {number: merged or pk for number, pk, merged in (rows if numbers else ())}

    def _load_external(self, numbers: set[str]) -> None:
        if numbers:
            rows = ExternalNumber.objects.filter(source=self.source, number__any_of=numbers)
            self.external |= dict(rows.values_list("number", "customer_id"))

    def _load_phones(self, phones: set[str]) -> None:
        phones -= self.phones.keys()
        if not phones:
            return
        rows = Contact.objects.filter(~Q(phone=""), phone__any_of=phones, customer__merged_into=None).order_by("id")
        found = list(rows.values_list("phone", "customer_id", "customer__name"))
        numbered = self._numbered_ones([customer for _phone, customer, _name in found])
        for phone, customer, name in found:
            self.phones[phone].append(Candidate(customer, plain_name(name), customer in numbered))

    def _load_places(self, drafts: Sequence[CustomerDraft]) -> None:
        wanted = {place for draft in drafts for place in draft.places}
        wanted -= self.places.keys()
        if not wanted:
            return
        names = {draft.name for draft in drafts}
        rows = Address.objects.filter(customer__name__any_of=names, customer__merged_into=None).exclude(plain="")
        found = [
            (customer, (plain_name(name), plain))
            for customer, name, plain in rows.values_list("customer_id", "customer__name", "plain")
            if (plain_name(name), plain) in wanted
        ]
        numbered = self._numbered_ones([customer for customer, _place in found])
        for customer, place in found:
            self.places[place].append(Candidate(customer, place[0], customer in numbered))

    def _numbered_ones(self, customers: Sequence[int]) -> set[int]:
        rows = ExternalNumber.objects.filter(source=self.source, customer__id__any_of=customers)
        return set(rows.values_list("customer_id", flat=True)) if customers else set()
