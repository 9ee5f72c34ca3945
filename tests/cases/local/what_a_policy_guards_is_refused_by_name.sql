create masking policy MASK as (V varchar) returns varchar -> case when current_role() = 'BOSS' then V else '***' end comment = 'names';
-- > Masking policy MASK successfully created.
create row access policy RP as (V number) returns boolean -> V > 0;
create table T (ID number, NAME varchar with masking policy MASK);
insert into T values (1, 'a');
-- > 1
-- What is not masked is read as ever, also through a view.
create view V as select ID, NAME from T;
select ID from V;
-- > 1
select count(*) from T;
-- > 1
select NAME from T;
-- ! reading DB.S.T.NAME, which masking policy
select * from V;
-- ! reading DB.S.T.NAME
drop masking policy MASK;
-- ! 001492
alter table T modify column NAME unset masking policy;
select NAME from T;
-- > a
drop masking policy MASK;
-- > MASK successfully dropped.
alter table T add row access policy RP on (ID);
select ID from T;
-- ! reading DB.S.T, whose rows
alter table T drop row access policy RP;
select ID from T;
-- > 1
create tag COST allowed_values 'a';
alter table T set tag COST = 'b';
-- ! Tag value 'b' is not allowed
alter table T set tag COST = 'a';
alter table T set tag NONE = 'a';
-- ! 002003
create materialized view MV as select ID from T;
select ID from MV;
-- > 1
create materialized view MV2 as select A.ID from T as A join T as B on A.ID = B.ID;
-- ! a materialized view reads one table
drop materialized view MV;
-- > MV successfully dropped.
