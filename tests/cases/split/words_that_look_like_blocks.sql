-- case: columns named begin and end
select begin, end from t;
-- |
select "begin", t.end, t.begin from t order by end;
-- |
-- case: a column named begin in a CREATE TABLE
create table t (begin date, end date, "case" int);
-- |
select 1;
-- |
-- case: columns named begin and end in a block
begin insert into t (begin, end) select begin, end from s; end;
-- |
select 1;
-- |
-- case: tables named task, loop and if
select * from task;
-- |
select * from loop;
-- |
-- case: an alias named end_
select 1 as begin_, 2 as end_;
-- |
select 1;
-- |
-- case: a CASE expression around an aliased END
select case when a then 1 end as "end", case when b then 2 end end_date from t;
-- |
select 1;
-- |
-- case: declare as a column
select declare from t;
-- |
select 1;
-- |
