-- case: line comments with semicolons
-- a; comment
select 1; -- another; one
-- |
// a third; kind
select 2;
-- |
-- case: block comments with semicolons and quotes
/* it's; one */ select 1 /* two; */ + 1;
-- |
select 2;
-- |
-- case: empty statements
;;
select 1;;
-- |
;
-- case: nothing but comments
-- one
/* two */
-- case: a stage path with slashes is no comment
list @s/a//b;
-- |
copy into t from @db.sch.s/path/x=1/ pattern = '.*;.*';
-- |
-- case: a file address is no comment
put file:///tmp/a.csv @s auto_compress = true;
-- |
select 1;
-- |
-- case: quotes of all kinds
select 'a;''b', 'c\';d', "e;""f", $$g;'h$$;
-- |
select 1;
-- |
-- case: a single dollar is no quote
select $1, t.$2 from @s t;
-- |
set v = 1;
-- |
-- case: the flow operator
show tables ->> select "name" from $1;
-- |
select 1;
-- |
-- case: no semicolon at the end
select 1;
-- |
select 2
-- |
-- case: windows line ends
select 1;
-- |
select 2;
-- |
-- case: a byte that is no word
select 1 § 2;
-- |
select 'ünïcödé;', 日本 from t;
-- |
