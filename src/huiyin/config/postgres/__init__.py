"""Django's engine for PostgreSQL, with another look at pooled connections before they are used."""
