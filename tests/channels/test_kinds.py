"""Every channel keeps to the same contract, so that a new one is one new folder."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils.translation import override
from lucide.templatetags.lucide import lucide

import huiyin.channels.kinds
from huiyin.channels.registry import ChannelKind, Direction, channel_kinds
from huiyin.foundation.forms import say
from huiyin.kernel.words import message

KINDS = [pytest.param(kind, id=kind.code) for kind in channel_kinds()]
WORK_OF = {Direction.OUT: "send", Direction.IN: "fetch", Direction.STAFF: "tell", Direction.CALL: "dial"}


def test_each_folder_is_one_channel() -> None:
    folders = [path.parent.name for path in Path(huiyin.channels.kinds.__path__[0]).glob("*/__init__.py")]
    assert len(folders) == len(channel_kinds()) == 8


@pytest.mark.parametrize("kind", KINDS)
def test_a_channel_does_the_work_of_its_direction(kind: ChannelKind) -> None:
    able = [work for work in ("send", "fetch", "tell", "dial") if getattr(kind, work) is not None]
    assert able == [WORK_OF[kind.direction]]


@pytest.mark.parametrize("kind", KINDS)
def test_a_channel_that_sends_checks_addresses(kind: ChannelKind) -> None:
    if kind.direction is Direction.OUT:
        assert kind.check is not None
        assert kind.check("") is not None
        assert kind.waits is not None


@pytest.mark.parametrize("kind", KINDS)
def test_a_channel_has_a_name_in_both_languages_and_an_icon(kind: ChannelKind) -> None:
    with override("zh-hans"):
        assert say(message(kind.label)) != kind.label
    assert "<svg" in lucide(kind.icon)
