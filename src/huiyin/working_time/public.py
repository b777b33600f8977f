"""The door of the working time room."""

from huiyin.working_time.events import CalendarChanged
from huiyin.working_time.queries.calendars import calendar_arrays, calendar_of, compiled
from huiyin.working_time.queries.saying import calendar_choices, length_in_words, say_steps
from huiyin.working_time.rules.arithmetic import (
    add_working_days,
    add_working_time,
    deadline,
    deadline_with_pauses,
    subtract_working_days,
    subtract_working_time,
    working_days_between,
    working_time_between,
)
from huiyin.working_time.rules.arrays import CalendarArrays
from huiyin.working_time.rules.bulk import CompiledCalendar, from_ticks, ticks
from huiyin.working_time.rules.calendar import WorkingCalendar
from huiyin.working_time.rules.explain import Deadline, Step
from huiyin.working_time.rules.pauses import Pause, standstills
from huiyin.working_time.rules.span import Span, Unit
from huiyin.working_time.rules.windows import is_open, next_open

__all__ = [
    "CalendarArrays",
    "CalendarChanged",
    "CompiledCalendar",
    "Deadline",
    "Pause",
    "Span",
    "Step",
    "Unit",
    "WorkingCalendar",
    "add_working_days",
    "add_working_time",
    "calendar_arrays",
    "calendar_choices",
    "calendar_of",
    "compiled",
    "deadline",
    "deadline_with_pauses",
    "from_ticks",
    "is_open",
    "length_in_words",
    "next_open",
    "say_steps",
    "standstills",
    "subtract_working_days",
    "subtract_working_time",
    "ticks",
    "working_days_between",
    "working_time_between",
]
