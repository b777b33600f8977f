"""The problem tracking table 《问题跟踪表》 as a table and as files (CAS-14)."""
