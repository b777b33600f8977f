"""What the error codes of SendSms mean for the message.

https://cloud.tencent.com/document/api/382/52075. ``InternalError`` leaves the fate unknown, except where it names a
check that comes before sending.
"""

from __future__ import annotations

from huiyin.channels.registry import Fate, FateKind, Hold, HoldScope
from huiyin.channels.rules.sms.policy import Length

# the message itself is wrong: another try, or another provider, changes nothing
REFUSED = frozenset(
    {
        "InvalidParameterValue.IncorrectPhoneNumber", "InvalidParameterValue.ContentLengthLimit",
        "InvalidParameterValue.ProhibitedUseUrlInTemplateParameter",
        "InvalidParameterValue.TemplateParameterFormatError", "InvalidParameterValue.TemplateParameterLengthLimit",
        "FailedOperation.ContainSensitiveWord", "InvalidParameter.DirtyWordFound",
        "FailedOperation.PhoneNumberInBlacklist", "FailedOperation.PhoneNumberOnBlacklist",
        "UnsupportedOperation.UnsuportedRegion", "MissingParameter.EmptyPhoneNumberSet",
    }
)  # fmt: skip
# this template or signature cannot be used at this account
KIND = frozenset(
    {
        "FailedOperation.TemplateIncorrectOrUnapproved", "FailedOperation.SignatureIncorrectOrUnapproved",
        "FailedOperation.MissingTemplateList", "FailedOperation.MissingSignatureList",
        "FailedOperation.TemplateParamSetNotMatchApprovedTemplate", "FailedOperation.TemplateUnapprovedOrNotExist",
        "FailedOperation.MarketingSendTimeConstraint", "FailedOperation.MissingSignature",
        "UnauthorizedOperation.IndividualUserMarketingSmsPermissionDeny",
    }
)  # fmt: skip
NUMBER = {
    "LimitExceeded.PhoneNumberThirtySecondLimit": Length.MINUTE,
    "LimitExceeded.DeliveryFrequencyLimit": Length.MINUTE,
    "LimitExceeded.PhoneNumberOneHourLimit": Length.HOUR,
    "LimitExceeded.PhoneNumberDailyLimit": Length.DAY,
    "LimitExceeded.PhoneNumberSameContentDailyLimit": Length.DAY,
}
DAILY = frozenset({"LimitExceeded.AppDailyLimit", "LimitExceeded.DailyLimit"})
BEFORE_SENDING = frozenset(
    {
        "InternalError.RequestTimeException", "InternalError.SigFieldMissing", "InternalError.SigVerificationFail",
        "InternalError.RestApiInterfaceNotExist", "InternalError.JsonParseFail",
    }
)  # fmt: skip
UNKNOWN = frozenset({"FailedOperation.OtherError", "FailedOperation.ParametersOtherError"})
REFUSALS = (
    "AuthFailure", "UnauthorizedOperation", "FailedOperation.", "InvalidParameter", "LimitExceeded", "MissingParameter",
    "UnsupportedOperation", "IpInBlacklist", "IpNotInWhitelist", "NoSuch", "InvalidAction", "InvalidRequest",
    "RequestSizeLimitExceeded", "UnknownParameter", "UnsupportedRegion", "UnsupportedProtocol", "ActionOffline",
)  # fmt: skip


def fate_of(code: str, words: str) -> Fate:
    """The fate of a message whose request was answered with an error."""
    reason = f"{code} {words}".strip()[:200]
    if code in REFUSED:
        return Fate(FateKind.REFUSED, reason)
    hold = _hold(code)
    return Fate(FateKind.LATER, reason, hold=hold) if hold else Fate(FateKind.UNKNOWN, reason)


def _hold(code: str) -> Hold | None:
    """What has to rest; None when it is unknown whether the message was sent."""
    if code in NUMBER:
        return Hold(HoldScope.NUMBER, NUMBER[code])
    if code in DAILY:
        return Hold(HoldScope.ACCOUNT, Length.DAY)
    if code in KIND:
        return Hold(HoldScope.KIND, Length.HOUR)
    if code.startswith("RequestLimitExceeded"):
        return Hold(HoldScope.ACCOUNT, Length.MINUTE)
    refused = code in BEFORE_SENDING or (code.startswith(REFUSALS) and code not in UNKNOWN)
    return Hold(HoldScope.ACCOUNT, Length.DOWN) if refused else None
