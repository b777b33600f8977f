"""Work at the customer's: appointments, arrival, checks, and the report signed on a phone (CAS-9, CAS-10)."""
