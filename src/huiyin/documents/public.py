"""The door of the documents room; the libraries behind it are loaded when a file is drawn."""

from __future__ import annotations

from huiyin.documents.pdf import PDF_MIME, pdf_of, type_size
from huiyin.documents.rules.paper import Block, Column, Fact, Facts, Heading, Paper, Signatures, Table, Words

WORD_MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def word_of(paper: Paper) -> bytes:
    """The paper as a Word file."""
    from huiyin.documents.word.file import write_word  # noqa: PLC0415 - lxml and python-docx only when needed

    return write_word(paper)


__all__ = [
    "PDF_MIME",
    "WORD_MIME",
    "Block",
    "Column",
    "Fact",
    "Facts",
    "Heading",
    "Paper",
    "Signatures",
    "Table",
    "Words",
    "pdf_of",
    "type_size",
    "word_of",
]
