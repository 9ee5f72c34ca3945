-- [current]
create schema RAW;
create table RAW.T (ID number);
-- [desired]
create schema RAW;
create table RAW.T (ID number);
create procedure RAW.P() returns varchar language sql as $$ begin return 'x'; end $$;
merge into RAW.T using (select 1 as ID) as N on T.ID = N.ID when not matched then insert (ID) values (N.ID);
call RAW.P();
-- [shows]
-- run_scripts
-- [plan]
-- create procedure RAW.P()
-- run script <any>
-- run script <any>
-- no way back: rows stay
