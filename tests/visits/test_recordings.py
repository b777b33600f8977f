"""Recordings are kept with the customer's yes alone, heard on record, and gone after a year (VIS-25)."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connections, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from procrastinate.contrib.django.models import ProcrastinateJob

from huiyin.contact_ledger.public import Consent, answer_consent, withdraw_consent
from huiyin.foundation import files
from huiyin.foundation.calls import system_call
from huiyin.foundation.models import ActEntry
from huiyin.kernel.refusal import Conflict, Forbidden, Invalid, NotFound
from huiyin.visits.actions.hear_recording import hear_recording
from huiyin.visits.actions.keep_recording import keep_recording
from huiyin.visits.actions.log_attempt import log_attempt
from huiyin.visits.actions.remove_recordings import mark_recording, remove_marked, remove_old
from huiyin.visits.actions.save_recording_numbers import save_recording_numbers
from huiyin.visits.models import Attempt, Recording, RecordingRules, Visit
from huiyin.visits.rules.recordings import RecordingNumbers, audio_of
from tests.conftest import Company, MovableClock
from tests.visits.sounds import MP3, OGG, TAGGED_MP3, wav


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def say(company: Company, visit: Visit, *, given: bool = True, who: str = "agent") -> Consent:
    about = ("visits.visit", visit.pk)
    told = {"purpose": "recording", "about": about, "given": given, "wording": "every_talk v1"}
    return answer_consent(company.call(who), visit.customer_id, **told)


@pytest.fixture
def recorded(visiting: Company, visit_for: Callable) -> Recording:
    visit = visit_for()
    say(visiting, visit)
    return keep_recording(visiting.call("agent"), visit.pk, content=wav())


def reread(recording: Recording) -> Recording:
    return Recording.objects.get(pk=recording.pk)


def stored() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


# What a recording is


@pytest.mark.parametrize(("content", "kind"), [(wav(), "wav"), (MP3, "mp3"), (TAGGED_MP3, "mp3"), (OGG, "ogg")])
def test_a_recording_is_known_by_its_bytes(content: bytes, kind: str) -> None:
    assert audio_of(content) == kind


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"RIFF\0\0\0\0AVI LIST",
        b"ID3",
        b"ID3\x04\0\0\0\0\0\x0aMZ",
        b"OggS\0theora",
        b"<html>",
        b"\xff\xfe\0\0",
        b"MZ\x90",
    ],
)
def test_anything_else_is_none_whatever_its_name(content: bytes) -> None:
    assert audio_of(content) == ""


@given(st.binary(max_size=200))
def test_no_bytes_break_the_look(content: bytes) -> None:
    assert audio_of(content) in ("", "wav", "mp3", "ogg")


# Consent


def test_the_answer_is_kept_with_wording_moment_and_who_asked(visiting: Company, visit_for: Callable) -> None:
    visit = visit_for()
    told = say(visiting, visit)
    assert (told.given, told.holds, told.wording, told.by) == (True, True, "every_talk v1", visiting.staff["agent"])
    assert (told.since, told.subject_id) == (system_call().now, visit.pk)
    assert say(visiting, visit).pk == told.pk, "the same answer again changes nothing"


def test_a_no_is_kept_too_and_holds_nothing(visiting: Company, visit_for: Callable) -> None:
    visit = visit_for()
    told = say(visiting, visit, given=False)
    assert (told.given, told.holds) == (False, False)
    with pytest.raises(Conflict, match="did not agree to be recorded; nothing was kept"):
        keep_recording(visiting.call("agent"), visit.pk, content=wav())
    assert (Recording.objects.count(), stored()) == (0, [])


def test_without_being_asked_nothing_is_kept(visiting: Company, visit_for: Callable) -> None:
    with pytest.raises(Conflict):
        keep_recording(visiting.call("agent"), visit_for().pk, content=wav())
    assert stored() == []


def test_consent_to_one_call_is_not_consent_to_another(visiting: Company, visit_for: Callable) -> None:
    first, second = visit_for(), visit_for()
    Visit.objects.filter(pk=second.pk).update(customer=first.customer)
    say(visiting, first)
    with pytest.raises(Conflict):
        keep_recording(visiting.call("agent"), second.pk, content=wav())


# Keeping and hearing


def test_a_recording_belongs_to_the_call_it_was_made_of(
    visiting: Company, visit_for: Callable, clock: MovableClock
) -> None:
    visit = visit_for()
    say(visiting, visit)
    early = keep_recording(visiting.call("agent"), visit.pk, content=wav())
    assert early.attempt is None
    log_attempt(visiting.call("agent"), visit.pk, line="connected", business="partly")
    assert reread(early).attempt == Attempt.objects.get()
    clock.advance(hours=2)
    late = keep_recording(visiting.call("agent"), visit.pk, content=wav(tone=300))
    assert (late.attempt, late.recorded_at) == (Attempt.objects.get(), Attempt.objects.get().at)


def test_the_same_file_twice_is_one_recording(visiting: Company, recorded: Recording) -> None:
    again = keep_recording(visiting.call("agent"), recorded.visit_id, content=wav())
    assert (again.pk, len(stored())) == (recorded.pk, 1)


def test_what_is_no_sound_or_too_large_is_not_kept(visiting: Company, visit_for: Callable) -> None:
    visit = visit_for()
    say(visiting, visit)
    with pytest.raises(Invalid, match="no WAV, MP3 or OGG"):
        keep_recording(visiting.call("agent"), visit.pk, content=b"MZ" + wav())
    save_recording_numbers(visiting.call("service_manager"), most_mb=1, keep_days=365)
    with pytest.raises(Invalid, match="larger than recordings may be"):
        keep_recording(visiting.call("agent"), visit.pk, content=wav() + b"\0" * 1024 * 1024)
    assert stored() == []


def test_each_listening_is_on_record_and_needs_the_right(visiting: Company, recorded: Recording) -> None:
    with pytest.raises(Forbidden):
        hear_recording(visiting.call("agent"), recorded.pk)
    for who in ("quality", "quality", "service_manager"):
        assert hear_recording(visiting.call(who), recorded.pk).content == wav()
    told = ActEntry.objects.filter(verb="visits.hear_recording", subject_id=recorded.pk)
    assert [each.actor_name for each in told.order_by("at", "pk")] == ["quality", "quality", "service_manager"]
    assert {each.customer_id for each in told} == {recorded.customer_id}


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("quality", 200),
        ("service_manager", 200),
        ("director", 200),
        ("agent", 403),
        ("engineer", 403),
        ("auditor", 403),
    ],
)
def test_who_hears_it_on_the_page(
    visiting: Company, recorded: Recording, sign_in: Callable, who: str, status: int
) -> None:
    answer = sign_in(who).get(reverse("recording", args=[recorded.pk]))
    assert answer.status_code == status
    if status == 200:
        assert (answer["Content-Type"], answer["Cache-Control"]) == ("audio/wav", "no-store")


# Going


def test_a_consent_taken_back_takes_the_recording_along(visiting: Company, recorded: Recording) -> None:
    say(visiting, recorded.visit, given=False)
    assert reread(recorded).state == "removing"
    with pytest.raises(NotFound):
        hear_recording(visiting.call("quality"), recorded.pk)
    assert ProcrastinateJob.objects.filter(task_name="visits.clear_recordings").count() == 1
    assert remove_marked(system_call) == 1
    gone = reread(recorded)
    assert (gone.state, gone.because, gone.path, stored()) == ("removed", "withdrawn", "", [])


def test_a_consent_taken_back_for_good_takes_all_of_the_customers_recordings(
    visiting: Company, recorded: Recording, visit_for: Callable
) -> None:
    other = visit_for()
    say(visiting, other)
    stays = keep_recording(visiting.call("agent"), other.pk, content=wav(tone=200))
    withdraw_consent(visiting.call("agent"), recorded.customer_id, purpose="recording")
    remove_marked(system_call)
    assert (reread(recorded).state, reread(stays).state) == ("removed", "kept")


def test_a_recording_goes_after_a_year_and_the_log_says_so_without_its_content(
    visiting: Company, recorded: Recording, clock: MovableClock
) -> None:
    clock.advance(days=364, hours=23)
    assert remove_old(system_call) == 0
    clock.advance(hours=1)
    assert remove_old(system_call) == 1
    gone = reread(recorded)
    assert (gone.state, gone.because, gone.removed_at, stored()) == ("removed", "old", clock.now, [])
    told = ActEntry.objects.get(verb="visits.recording_is_gone")
    assert (told.reason, told.data["size"], told.data["visit"]) == ("old", len(wav()), recorded.visit_id)
    assert remove_old(system_call) == 0, "the second night does nothing"
    assert ActEntry.objects.filter(verb="visits.recording_is_gone").count() == 1


def test_fewer_days_count_for_what_is_kept_already(visiting: Company, recorded: Recording, clock: MovableClock) -> None:
    save_recording_numbers(visiting.call("service_manager"), most_mb=30, keep_days=30)
    clock.advance(days=30)
    assert remove_old(system_call) == 1


def test_recordings_are_never_kept_longer_than_a_year(visiting: Company) -> None:
    with pytest.raises(Invalid) as refusal:
        save_recording_numbers(visiting.call("director"), most_mb=30, keep_days=366)
    assert refusal.value.fields["keep_days"].params == {"most": 365}
    now = system_call().now
    assert RecordingNumbers(keep_days=5000).ends(now) == now + timedelta(days=365)
    with pytest.raises(IntegrityError), transaction.atomic():
        RecordingRules.objects.create(version=9, keep_days=400)


def test_a_worker_killed_before_or_after_the_file_goes_is_made_good(visiting: Company, recorded: Recording) -> None:
    mark_recording(system_call(), recorded.pk, because="old")  # killed here: marked, file still there
    assert remove_old(system_call) == 1
    assert (reread(recorded).state, stored()) == ("removed", [])
    other = keep_recording(visiting.call("agent"), recorded.visit_id, content=wav(tone=100))
    mark_recording(system_call(), other.pk, because="old")
    files.discard(other.path)  # killed here: the file is gone, the row does not say so yet
    assert remove_old(system_call) == 1
    assert reread(other).state == "removed"


def test_a_file_whose_row_was_never_written_is_cleared_away(visiting: Company, recorded: Recording) -> None:
    stray = files.keep_apart("recordings", wav(tone=50))
    young = files.keep_apart("recordings", wav(tone=60))
    old = system_call().now.timestamp() - 2 * 86400
    for path in (stray, recorded.path):
        os.utime(Path(settings.MEDIA_ROOT) / path, (old, old))
    os.utime(Path(settings.MEDIA_ROOT) / young, (old + 2 * 86400, old + 2 * 86400))
    remove_old(system_call)
    assert {str(path.relative_to(settings.MEDIA_ROOT)) for path in stored()} == {recorded.path, young}


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_remove_it_once(visiting: Company, recorded: Recording, clock: MovableClock) -> None:
    clock.advance(days=366)

    def night(_n: int) -> int:
        try:
            return remove_old(system_call)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(night, range(4))) == 1
    assert ActEntry.objects.filter(verb="visits.recording_is_gone").count() == 1


# On the page


def press(client: Client, visit: Visit, **data: object):
    return client.post(
        reverse("visit-recording", args=[visit.pk]), {"once": str(data), **data}, headers={"HX-Request": "true"}
    )


def test_one_key_notes_the_answer_with_the_words_that_were_shown(
    visiting: Company, visit_for: Callable, sign_in: Callable
) -> None:
    visit, client = visit_for(), sign_in("agent")
    before = client.get(reverse("visit", args=[visit.pk])).content.decode()
    assert "本次通话可以录音吗" in before
    assert "未询问" in before
    after = press(client, visit, answer="yes").content.decode()
    assert ("已同意" in after, "every_talk v1" in after) == (True, True)
    assert Consent.objects.get().by == visiting.staff["agent"]


def test_a_file_is_added_on_the_page_and_a_wrong_one_is_refused_in_words(
    visiting: Company, visit_for: Callable, sign_in: Callable
) -> None:
    visit, client = visit_for(), sign_in("agent")
    press(client, visit, answer="yes")
    wrong = press(client, visit, file=SimpleUploadedFile("talk.mp3", b"MZ not a sound")).content.decode()
    assert "内容不是 WAV、MP3 或 OGG。" in wrong
    none = press(client, visit).content.decode()
    assert "请先选择文件。" in none
    right = press(client, visit, file=SimpleUploadedFile("talk.exe", wav())).content.decode()
    assert "WAV" in right
    assert "<audio" not in right, "an agent does not hear it"
    heard = sign_in("quality").get(reverse("visit", args=[visit.pk])).content.decode()
    assert "<audio controls" in heard


def test_only_who_may_see_the_visit_adds_to_it(visiting: Company, visit_for: Callable, sign_in: Callable) -> None:
    visit = visit_for()
    assert press(sign_in("engineer"), visit, answer="yes").status_code == 403
    assert press(sign_in("auditor"), visit, answer="yes").status_code == 403
    assert not Consent.objects.exists()
    for who, status in (("agent", 403), ("quality", 403), ("service_manager", 200)):
        assert sign_in(who).get(reverse("recording-numbers")).status_code == status
