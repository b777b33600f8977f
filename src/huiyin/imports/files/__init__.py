"""Reading files that people bring: CSV in any encoding, packed or not, and Excel workbooks. No Django."""

from huiyin.imports.files.limits import Limits, Unreadable
from huiyin.imports.files.look import Looked, look
from huiyin.imports.files.reading import rows_of
from huiyin.imports.files.shape import Layout

__all__ = ["Layout", "Limits", "Looked", "Unreadable", "look", "rows_of"]
