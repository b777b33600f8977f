"""An exchange that is asked for calls by a signed POST of JSON."""

from huiyin.channels.kinds.telephone.exchanges.http.dialling import dial
from huiyin.channels.kinds.telephone.registry import ExchangeKind
from huiyin.kernel.words import gettext_noop as _

EXCHANGE = ExchangeKind(code="http", label=_("Signed HTTP (any exchange)"), dial=dial)
