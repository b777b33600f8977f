"""Rules of SMS: numbers, price, wordings, quiet hours, opt-outs, receipts, error codes."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.channels.kinds.sms_out.providers.aliyun import codes as aliyun
from huiyin.channels.kinds.sms_out.providers.tencent import codes as tencent
from huiyin.channels.registry import Fate, FateKind, Hold, HoldScope
from huiyin.channels.rules.addresses import mask_address
from huiyin.channels.rules.sms.mobile import mobile_number, wrong_number
from huiyin.channels.rules.sms.opt_out import asks_to_stop
from huiyin.channels.rules.sms.policy import OPT_OUT_WORDS, SHIPPED_SMS, Length
from huiyin.channels.rules.sms.quiet import quiet_end
from huiyin.channels.rules.sms.receipts import after_receipt
from huiyin.channels.rules.sms.segments import segments
from huiyin.channels.rules.sms.wording import fills, placeholders, rendered, wrong_wording

SHANGHAI = ZoneInfo("Asia/Shanghai")
DOLLAR, BRACE = re.compile(r"\$\{(\w+)\}"), re.compile(r"\{(\d{1,2})\}")


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("13812345678", "13812345678"),
        ("+86 138-1234-5678", "13812345678"),
        ("0086 138 1234 5678", "13812345678"),
        ("8613812345678", "13812345678"),
        ("１３８１２３４５６７８", "13812345678"),
        ("(138) 1234.5678", "13812345678"),
        ("12812345678", ""),
        ("1381234567", ""),
        ("138123456789", ""),
        ("0571-88001234", ""),
        ("+852 9123 4567", ""),
        ("", ""),
        ("张三", ""),
    ],
)
def test_a_mobile_number_is_known_however_it_is_written(written: str, number: str) -> None:
    assert mobile_number(written) == number
    assert (wrong_number(written) is None) == bool(number)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("", "There is no mobile number."),
        ("0571-8800 1234", "This is a landline number; an SMS reaches mobile numbers only."),
        ("400-820-8820", "This is a landline number; an SMS reaches mobile numbers only."),
        ("138123", "This is not a mobile number: it has 11 digits and begins with 13 to 19."),
    ],
)
def test_a_wrong_number_is_told_what_is_wrong(written: str, words: str) -> None:
    assert str(wrong_number(written)) == words


def test_phone_numbers_are_masked_like_addresses() -> None:
    assert [mask_address(text) for text in ("13812345678", "10086", "z@x.cn", "")] == [
        "138****5678",
        "****86",
        "z***@x.cn",
        "",
    ]


@pytest.mark.parametrize(
    ("length", "cost"), [(0, 0), (1, 1), (70, 1), (71, 2), (134, 2), (135, 3), (160, 3), (201, 3), (202, 4), (500, 8)]
)
def test_up_to_70_characters_are_one_message_then_67_each(length: int, cost: int) -> None:
    assert segments("字" * length) == cost


def test_emoji_take_two_places() -> None:
    assert (segments("😀" * 35), segments("😀" * 36)) == (1, 2)


@given(st.text(max_size=400), st.text(max_size=400))
def test_a_longer_text_never_costs_less(one: str, other: str) -> None:
    one, other = (text.encode("utf-16", "ignore").decode("utf-16", "ignore") for text in (one, other))
    assert segments(one + other) >= max(segments(one), segments(other))


def test_wordings_fill_by_the_order_of_their_placeholders() -> None:
    values = {"number": "CS1", "time": "10:30"}
    aliyun_text, tencent_text = "${no}已受理，${at}前回复，请记住${no}", "{2}前回复工单{1}"
    assert placeholders(aliyun_text, DOLLAR) == ["no", "at"]
    filled = fills(aliyun_text, DOLLAR, ["number", "time"], values)
    assert filled == (("no", "CS1"), ("at", "10:30"))
    assert rendered(aliyun_text, DOLLAR, filled, "回音") == "【回音】CS1已受理，10:30前回复，请记住CS1"
    filled = fills(tencent_text, BRACE, ["time", "number"], values)
    assert filled == (("2", "10:30"), ("1", "CS1"))
    assert rendered(tencent_text, BRACE, filled, "回音") == "【回音】10:30前回复工单CS1"


def test_a_line_break_in_a_value_becomes_a_blank() -> None:
    assert fills("${a}", DOLLAR, ["a"], {"a": "张\n三\x00 "}) == (("a", "张 三"),)


@pytest.mark.parametrize(
    ("text", "chosen", "words"),
    [
        ("${a}${b}", ["number"], "The text has 2 placeholders, but 1 variables are named."),
        ("${a}", ["phone"], "There is no variable “phone” for this text."),
        ("【回音】${a}", ["number"], "Write the text without 【回音】; the signature is put before it."),
        ("${a}", ["number"], None),
    ],
)
def test_a_wording_that_does_not_fit_is_refused(text: str, chosen: list[str], words: str | None) -> None:
    wrong = wrong_wording(text, DOLLAR, chosen, ["number", "time"], "回音")
    assert (str(wrong) if wrong else None) == words


@pytest.mark.parametrize(
    ("at", "end"),
    [
        ("2026-09-28 20:59", None),
        ("2026-09-28 21:00", "2026-09-29 08:00"),
        ("2026-09-28 23:59", "2026-09-29 08:00"),
        ("2026-09-29 00:00", "2026-09-29 08:00"),
        ("2026-09-29 07:59", "2026-09-29 08:00"),
        ("2026-09-29 08:00", None),
    ],
)
def test_quiet_hours_run_over_midnight(at: str, end: str | None) -> None:
    def moment(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)

    found = quiet_end(moment(at).astimezone(UTC), begins=time(21), ends=time(8), zone=SHANGHAI)
    assert found == (moment(end) if end else None)


@given(
    st.integers(0, 366 * 24 * 60).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)),
    st.times(),
    st.times(),
)
def test_what_waits_for_morning_may_go_in_the_morning(at: datetime, begins: time, ends: time) -> None:
    end = quiet_end(at, begins=begins, ends=ends, zone=SHANGHAI)
    if end is not None:
        assert at < end <= at + timedelta(days=1)
        assert quiet_end(end, begins=begins, ends=ends, zone=SHANGHAI) is None
    if begins == ends:
        assert end is None


@pytest.mark.parametrize(
    "text", ["TD", "td", "T", "t.", "N", "Ｎ", "R", "【TD】", "退订", "请退订！", "退订谢谢", "拒收", "别再发了"]
)
def test_an_answer_that_asks_to_stop_is_understood(text: str) -> None:
    assert asks_to_stop(text, OPT_OUT_WORDS)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "谢谢",
        "TV坏了",
        "NO",
        "好的T",
        "我不退订",
        "没有退订啊",
        "你们的退订功能怎么一直不能用，请给我回电",
        "3",
        "满意",
    ],
)
def test_other_answers_are_not_taken_for_it(text: str) -> None:
    assert not asks_to_stop(text, OPT_OUT_WORDS)


@pytest.mark.parametrize(
    ("state", "delivered", "after"),
    [
        ("sending", True, "delivered"),
        ("sent", True, "delivered"),
        ("uncertain", True, "delivered"),
        ("undelivered", True, "delivered"),
        ("queued", True, "delivered"),
        ("delivered", True, None),
        ("delivered", False, None),
        ("sent", False, "undelivered"),
        ("uncertain", False, "undelivered"),
        ("undelivered", False, None),
        ("queued", False, None),
    ],
)
def test_delivered_is_final_whatever_comes_later(state: str, delivered: bool, after: str | None) -> None:
    assert after_receipt(state, delivered=delivered) == after


@given(st.lists(st.booleans(), min_size=1))
def test_the_order_of_receipts_does_not_matter(receipts: list[bool]) -> None:
    def end(order: list[bool]) -> str:
        state = "sent"
        for delivered in order:
            state = after_receipt(state, delivered=delivered) or state
        return state

    assert end(receipts) == end(receipts[::-1]) == ("delivered" if any(receipts) else "undelivered")


def later(scope: HoldScope, length: Length) -> tuple[FateKind, Hold | None]:
    return FateKind.LATER, Hold(scope, length)


def outcome(fate: Fate) -> tuple[FateKind, Hold | None]:
    return fate.kind, fate.hold


@pytest.mark.parametrize(
    ("code", "words", "expected"),
    [
        ("isv.MOBILE_NUMBER_ILLEGAL", "", (FateKind.REFUSED, None)),
        ("isv.BUSINESS_LIMIT_CONTROL", "触发分钟级流控Permits:1", later(HoldScope.NUMBER, Length.MINUTE)),
        ("isv.BUSINESS_LIMIT_CONTROL", "触发小时级流控Permits:5", later(HoldScope.NUMBER, Length.HOUR)),
        ("isv.BUSINESS_LIMIT_CONTROL", "触发天级流控Permits:10", later(HoldScope.NUMBER, Length.DAY)),
        ("isv.DAY_LIMIT_CONTROL", "触发日发送限额", later(HoldScope.ACCOUNT, Length.DAY)),
        ("isv.SMS_TEMPLATE_ILLEGAL", "", later(HoldScope.KIND, Length.HOUR)),
        ("isv.AMOUNT_NOT_ENOUGH", "", later(HoldScope.ACCOUNT, Length.DOWN)),
        ("isp.RAM_PERMISSION_DENY", "", later(HoldScope.ACCOUNT, Length.DOWN)),
        ("Throttling.User", "", later(HoldScope.ACCOUNT, Length.MINUTE)),
        ("SignatureDoesNotMatch", "", later(HoldScope.ACCOUNT, Length.DOWN)),
        ("isv.SOMETHING_NEW", "", later(HoldScope.ACCOUNT, Length.DOWN)),
        ("isp.SYSTEM_ERROR", "", (FateKind.UNKNOWN, None)),
        ("InternalError", "", (FateKind.UNKNOWN, None)),
        ("ServiceUnavailable", "", (FateKind.UNKNOWN, None)),
        ("", "", (FateKind.UNKNOWN, None)),
    ],
)
def test_aliyuns_codes_say_what_to_do(code: str, words: str, expected: tuple[FateKind, Hold | None]) -> None:
    assert outcome(aliyun.fate_of(code, words)) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("InvalidParameterValue.IncorrectPhoneNumber", (FateKind.REFUSED, None)),
        ("FailedOperation.PhoneNumberInBlacklist", (FateKind.REFUSED, None)),
        ("LimitExceeded.PhoneNumberThirtySecondLimit", later(HoldScope.NUMBER, Length.MINUTE)),
        ("LimitExceeded.PhoneNumberOneHourLimit", later(HoldScope.NUMBER, Length.HOUR)),
        ("LimitExceeded.PhoneNumberDailyLimit", later(HoldScope.NUMBER, Length.DAY)),
        ("LimitExceeded.AppDailyLimit", later(HoldScope.ACCOUNT, Length.DAY)),
        ("RequestLimitExceeded", later(HoldScope.ACCOUNT, Length.MINUTE)),
        ("FailedOperation.TemplateIncorrectOrUnapproved", later(HoldScope.KIND, Length.HOUR)),
        ("FailedOperation.InsufficientBalanceInSmsPackage", later(HoldScope.ACCOUNT, Length.DOWN)),
        ("AuthFailure.SignatureFailure", later(HoldScope.ACCOUNT, Length.DOWN)),
        ("InternalError.RequestTimeException", later(HoldScope.ACCOUNT, Length.DOWN)),
        ("InternalError.Timeout", (FateKind.UNKNOWN, None)),
        ("InternalError.SendAndRecvFail", (FateKind.UNKNOWN, None)),
        ("FailedOperation", (FateKind.UNKNOWN, None)),
        ("FailedOperation.OtherError", (FateKind.UNKNOWN, None)),
    ],
)
def test_tencents_codes_say_what_to_do(code: str, expected: tuple[FateKind, Hold | None]) -> None:
    assert outcome(tencent.fate_of(code, "")) == expected


def test_absence_proves_nothing_before_a_signed_request_is_stale() -> None:
    tried = datetime(2026, 9, 28, 1, tzinfo=UTC)
    assert SHIPPED_SMS.proof > 15
    assert not SHIPPED_SMS.proven(tried, tried + timedelta(minutes=29, seconds=59))
    assert SHIPPED_SMS.proven(tried, tried + timedelta(minutes=30))
