"""CREATE FUNCTION: the same clauses as a procedure."""

from snowpipe_deploy.sqltext.clauses.procedure import CLAUSES as CLAUSES
