"""Everything that is kept: the event log, documents, accounts, join links, sessions and the audit trail.

The only importer of SQLAlchemy. SQLite for one machine, PostgreSQL for several nodes.
"""
