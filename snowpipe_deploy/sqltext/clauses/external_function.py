"""CREATE EXTERNAL FUNCTION: a function whose body is an address."""

from snowpipe_deploy.sqltext.clauses import procedure

CLAUSES = (*procedure.CLAUSES, *procedure.ALSO)
