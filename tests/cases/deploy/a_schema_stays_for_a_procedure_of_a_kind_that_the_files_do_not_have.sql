-- [current]
create schema RAW;
create schema OLD;
create table OLD.T (ID number);
-- [desired]
create schema RAW;
-- [by hand]
create procedure CASE_DB.OLD.THEIRS() returns varchar language sql as $$ begin return 'x'; end $$;
-- [shows]
-- keep_foreign_objects
-- [plan]
-- note: schema OLD stays: it holds procedure OLD.THEIRS, not dropped by this plan
-- drop table OLD.T ! deletes-data:OLD.T
-- no way back: the schema stays
