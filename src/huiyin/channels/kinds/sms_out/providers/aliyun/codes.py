"""What the error codes of SendSms mean for the message.

https://help.aliyun.com/zh/sms/developer-reference/api-error-codes. A code that is not known leaves the fate unknown,
unless it is one of the service's own refusals (``isv.…``): those come before anything is sent.
"""

from __future__ import annotations

from huiyin.channels.registry import Fate, FateKind, Hold, HoldScope
from huiyin.channels.rules.sms.policy import Length

# the message itself is wrong: another try, or another provider, changes nothing
REFUSED = frozenset(
    {
        "isv.MOBILE_NUMBER_ILLEGAL", "isv.MOBILE_COUNT_OVER_LIMIT", "isv.BLACK_KEY_CONTROL_LIMIT",
        "isv.SMS_CONTENT_ILLEGAL", "isv.PARAM_LENGTH_LIMIT", "isv.PARAM_NOT_SUPPORT_URL", "isv.INVALID_JSON_PARAM",
        "isv.TEMPLATE_MISSING_PARAMETERS", "isv.TEMPLATE_PARAMS_ILLEGAL", "isv.DOMESTIC_NUMBER_NOT_SUPPORTED",
        "isv.UNSUPPORTED_CONTENT", "VALID.MOBILE_NUMBER_ILLEGAL",
    }
)  # fmt: skip
# this template or signature cannot be used at this account
KIND = frozenset(
    {
        "isv.SMS_TEMPLATE_ILLEGAL", "isv.SMS_SIGNATURE_ILLEGAL", "isv.SMS_SIGN_ILLEGAL", "isv.SIGN_STATE_ILLEGAL",
        "isv.SMS_SIGNATURE_SCENE_ILLEGAL", "isv.EXTEND_CODE_ERROR", "isv.INVALID_PARAMETERS",
        "isv.SMS_TEST_SIGN_TEMPLATE_LIMIT", "isv.SIGN_NAME_ILLEGAL", "isv.PRODUCT_UNSUBSCRIBE_TEMPLATE",
    }
)  # fmt: skip
# refusals of the gateway, before the service sees the request
GATEWAY = ("Throttling", "InvalidAccessKeyId", "SignatureDoesNotMatch", "IncompleteSignature", "Forbidden",
           "InvalidTimeStamp", "InvalidVersion", "MissingParameter", "InvalidAction", "SignatureNonceUsed",
           "InvalidSecurityToken", "NoPermission")  # fmt: skip
DAILY = frozenset({"isv.DAY_LIMIT_CONTROL", "isv.MONTH_LIMIT_CONTROL"})
THROTTLED = "isv.BUSINESS_LIMIT_CONTROL"
UNKNOWN = frozenset({"isp.SYSTEM_ERROR", "isv.SYSTEM_ERROR", "isp.GATEWAY_ERROR", "isv.UNKNOWN"})
# Chinese data: the words by which the provider says which limit was hit
_LENGTHS = (("天", Length.DAY), ("小时", Length.HOUR), ("day", Length.DAY), ("hour", Length.HOUR))


def fate_of(code: str, words: str) -> Fate:
    """The fate of a message whose request was answered with an error."""
    reason = f"{code} {words}".strip()[:200]
    if code in REFUSED:
        return Fate(FateKind.REFUSED, reason)
    hold = _hold(code, words)
    return Fate(FateKind.LATER, reason, hold=hold) if hold else Fate(FateKind.UNKNOWN, reason)


def _hold(code: str, words: str) -> Hold | None:
    """What has to rest; None when it is unknown whether the message was sent."""
    if code == THROTTLED:
        return Hold(HoldScope.NUMBER, _length(words))
    if code in DAILY:
        return Hold(HoldScope.ACCOUNT, Length.DAY)
    if code in KIND:
        return Hold(HoldScope.KIND, Length.HOUR)
    if code.startswith("Throttling"):
        return Hold(HoldScope.ACCOUNT, Length.MINUTE)
    refused = code.startswith(GATEWAY) or (code.startswith(("isv.", "isp.RAM")) and code not in UNKNOWN)
    return Hold(HoldScope.ACCOUNT, Length.DOWN) if refused else None


def _length(words: str) -> Length:
    """``触发小时级流控Permits:5`` is an hour's limit; minutes when nothing is said."""
    return next((length for word, length in _LENGTHS if word in words.lower()), Length.MINUTE)
