"""Which object needs which, where the local account could not show it: it runs no functions of a project's own."""

from snowpipe_deploy.graph import needs
from tests.test_deploy_cases import project

FILES = """
create schema RAW;
create table RAW.T (ID number);
create function RAW.Z(N number) returns number language sql as $$ N + 1 $$;
use schema RAW;
create view A as select round(z(ID)), 'raw.y(' as X from T where ID in (1);
create view RAW.B as with Q (ID) as (select ID from RAW.T) select CASE_DB.RAW.Z (ID) as X from Q;
create procedure RAW.P() returns number language sql as $$ begin return (select z(1)); end $$;
"""


def test_a_view_needs_the_functions_it_calls_and_a_procedure_none() -> None:
    found = {str(key): sorted(map(str, before)) for key, before in needs(project(FILES).objects).items()}
    assert found["view RAW.A"] == found["view RAW.B"] == ["function RAW.Z(NUMBER)", "schema RAW", "table RAW.T"]
    assert found["procedure RAW.P()"] == ["schema RAW"]
