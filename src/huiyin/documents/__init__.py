"""Papers: a plain description of a sheet or report, and the PDF, the Word file and the print page drawn from it."""
