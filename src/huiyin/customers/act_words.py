"""What the room's verbs are called on the timeline."""

from huiyin.kernel.words import gettext_noop as _

ACT_WORDS = {
    "customers.register": _("File opened"),
    "customers.change": _("File changed"),
    "customers.add_contact": _("Contact added"),
    "customers.remove_contact": _("Contact removed"),
    "customers.add_address": _("Address added"),
    "customers.remove_address": _("Address removed"),
    "customers.reveal": _("Looked at the %(field)s in full"),
    "customers.take_out": _("Personal data taken out in full"),
    "customers.merge": _("File %(gone)s merged into this one"),
    "customers.undo_merge": _("File %(back)s taken out again"),
}
