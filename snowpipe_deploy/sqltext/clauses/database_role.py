"""CREATE DATABASE ROLE: as a role of the account."""

from snowpipe_deploy.sqltext.clauses import role

CLAUSES = role.CLAUSES
