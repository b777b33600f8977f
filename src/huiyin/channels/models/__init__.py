"""Tables of the channels room."""

from huiyin.channels.models.incoming import IncomingAttachment, IncomingMessage, IncomingState
from huiyin.channels.models.mailbox import Mailbox, MailboxProgress, MailPolicy, Security
from huiyin.channels.models.notice import StaffNotice
from huiyin.channels.models.outgoing import OutgoingMessage, OutgoingState
from huiyin.channels.models.outside import CallbackPulse, OutsideIdentity
from huiyin.channels.models.sms import OptOut, SmsAccount, SmsHold, SmsPolicy, SmsReceipt, SmsTemplate
from huiyin.channels.models.staff import NoticeWish, StaffAccount, StaffAddress, StaffRules
from huiyin.channels.models.telephone import EventState, Exchange, Extension, PhoneCall, PhoneEvent

__all__ = [
    "CallbackPulse",
    "EventState",
    "Exchange",
    "Extension",
    "IncomingAttachment",
    "IncomingMessage",
    "IncomingState",
    "MailPolicy",
    "Mailbox",
    "MailboxProgress",
    "NoticeWish",
    "OptOut",
    "OutgoingMessage",
    "OutgoingState",
    "OutsideIdentity",
    "PhoneCall",
    "PhoneEvent",
    "Security",
    "SmsAccount",
    "SmsHold",
    "SmsPolicy",
    "SmsReceipt",
    "SmsTemplate",
    "StaffAccount",
    "StaffAddress",
    "StaffNotice",
    "StaffRules",
]
