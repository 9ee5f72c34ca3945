"""Procedures: CREATE OR ALTER keeps grants; another signature is another procedure."""

from snowpipe_deploy.kind import Kind, or_alter
from snowpipe_deploy.kinds._routine import compared, detail, facts, key_of, look, read, references

KIND = Kind(
    "PROCEDURE",
    show="SHOW PROCEDURES IN DATABASE {database}",
    facts=facts,
    key=key_of("PROCEDURE"),
    detail=detail,
    read=read,
    references=references,
    alter=or_alter,
    compared=compared,
    look=look("PROCEDURE"),
    unknowable=("the body: SHOW does not have it",),
    skip=lambda row: row.get("is_builtin") == "Y",
)
