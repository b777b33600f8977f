"""Ways in and out: mail, web forms, messages to staff and customers."""
