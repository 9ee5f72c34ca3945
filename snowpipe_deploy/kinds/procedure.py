"""Procedures: CREATE OR ALTER keeps grants; another signature is another procedure."""

from snowpipe_deploy.kind import Kind, or_alter
from snowpipe_deploy.kinds._routine import detail, facts, key_of, read, references

KIND = Kind(
    "PROCEDURE",
    show="SHOW PROCEDURES IN DATABASE {database}",
    facts=facts,
    key=key_of("PROCEDURE"),
    detail=detail,
    read=read,
    references=references,
    alter=or_alter,
    unknowable=("the body: SHOW does not have it",),
    skip=lambda row: row.get("is_builtin") == "Y",
)
