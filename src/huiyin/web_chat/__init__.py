"""Web chat: visitors of a site talk with the people of the company, and nothing said is lost."""
