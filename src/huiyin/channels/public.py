"""The door of the channels room."""

from huiyin.channels.actions.handle import mark_handled
from huiyin.channels.actions.join_identity import join_identity, part_identity
from huiyin.channels.actions.notify_staff import notify_staff
from huiyin.channels.actions.open_call import give_up_call, open_call
from huiyin.channels.actions.save_mailbox import save_mailbox
from huiyin.channels.actions.send_message import send_message
from huiyin.channels.events import MessageNotDelivered, MessageReceived, OptedOut, PhoneCallMoved, RecordingOffered
from huiyin.channels.keeping import keep, kept
from huiyin.channels.kinds.telephone.fetching import NotFetched, fetch_sound
from huiyin.channels.models import IncomingMessage, Mailbox, OutgoingMessage, OutsideIdentity, PhoneCall
from huiyin.channels.queries.answered import Written, written
from huiyin.channels.queries.files import ReceivedFile, files_of
from huiyin.channels.queries.messages import messages_about
from huiyin.channels.queries.notices import unread_count
from huiyin.channels.queries.sending import can_reach, is_set_up
from huiyin.channels.queries.sms import has_opted_out
from huiyin.channels.queries.telephone import extension_of, last_call_about
from huiyin.channels.ringing import ring
from huiyin.channels.rules.addresses import mask_address
from huiyin.channels.rules.callbacks.masking import mask_outside
from huiyin.channels.rules.sms.quiet import Purpose
from huiyin.channels.secrets import HINTS, Keyring, check_reference, secret_of
from huiyin.channels.texting import SmsText, SmsVariable

__all__ = [
    "HINTS",
    "IncomingMessage",
    "Keyring",
    "Mailbox",
    "MessageNotDelivered",
    "MessageReceived",
    "NotFetched",
    "OptedOut",
    "OutgoingMessage",
    "OutsideIdentity",
    "PhoneCall",
    "PhoneCallMoved",
    "Purpose",
    "ReceivedFile",
    "RecordingOffered",
    "SmsText",
    "SmsVariable",
    "Written",
    "can_reach",
    "check_reference",
    "extension_of",
    "fetch_sound",
    "files_of",
    "give_up_call",
    "has_opted_out",
    "is_set_up",
    "join_identity",
    "keep",
    "kept",
    "last_call_about",
    "mark_handled",
    "mask_address",
    "mask_outside",
    "messages_about",
    "notify_staff",
    "open_call",
    "part_identity",
    "ring",
    "save_mailbox",
    "secret_of",
    "send_message",
    "unread_count",
    "written",
]
