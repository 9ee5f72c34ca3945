-- case: table with constraints
-- makes: TABLE SHOP.RAW.ITEMS
-- reads: SHOP.RAW.ORDERS
create table shop.raw.items (
  id number(38,0) not null autoincrement start 1 increment 1, order_id int not null comment 'of the order',
  amount number(12,2) default 0, loaded timestamp_ntz default current_timestamp(), payload variant, tags array, "Name" varchar(20) collate 'en-ci',
  constraint pk primary key (id), constraint fk foreign key (order_id) references shop.raw.orders (id)
) cluster by (order_id) data_retention_time_in_days = 1 change_tracking = true comment = 'items';
-- case: table as a query
-- makes: TABLE SHOP.MART.T
-- reads: SHOP.RAW.A, SHOP.RAW.B
create or replace table shop.mart.t cluster by (id) as select a.id from shop.raw.a a join shop.raw.b b using (id);
-- case: table as a query in parentheses
-- makes: TABLE SHOP.MART.T
-- reads: SHOP.RAW.A
create table shop.mart.t as (select value:c1::date as d from shop.raw.a);
-- case: table like another
-- makes: TABLE SHOP.RAW.T2
-- reads: SHOP.RAW.T
create table shop.raw.t2 like shop.raw.t;
-- case: table as a clone in the past
-- makes: TABLE SHOP.RAW.T2
-- reads: SHOP.RAW.T
create or replace table shop.raw.t2 clone shop.raw.t before (statement => '8e5d0ca9-005e-44e6-b858-a8f5b37c5726');
-- case: table from a schema of files
-- makes: TABLE SHOP.RAW.T
-- reads: SHOP.RAW.S, SHOP.RAW.F
create table shop.raw.t using template (
  select array_agg(object_construct(*)) from table(infer_schema(location => '@shop.raw.s/a/', file_format => 'shop.raw.f')));
-- case: temporary table in the schema in use
-- makes: TABLE SHOP.RAW.T
-- reads: SHOP.RAW.A
use schema shop.raw;
create temporary table t as select * from a;
-- case: view with columns and comments
-- makes: VIEW SHOP.MART.V
-- reads: SHOP.RAW.A
create or replace secure view shop.mart.v (id comment 'of the shop', name) copy grants comment = 'one row a shop' as select id, name from shop.raw.a;
-- case: view of common tables
-- makes: VIEW SHOP.MART.V
-- reads: SHOP.MART.X, SHOP.RAW.A
use schema shop.mart;
create view v as with x2 as (select * from x), y as (select * from x2) select * from y left join shop.raw.a on a.id = y.id;
-- case: recursive view
-- makes: VIEW SHOP.MART.V
-- reads: SHOP.MART.STAFF
create view shop.mart.v as with recursive m as (
  select id, boss from staff where boss is null union all select s.id, s.boss from staff s join m on s.boss = m.id) select * from m;
-- case: materialized view
-- makes: MATERIALIZED VIEW SHOP.MART.M
-- reads: SHOP.RAW.A
create or replace materialized view shop.mart.m cluster by (id) as select id, count(*) n from shop.raw.a group by id;
-- case: lateral flatten is no relation
-- makes: VIEW SHOP.MART.V
-- reads: SHOP.RAW.A
create view shop.mart.v as select f.value:id::int id from shop.raw.a, lateral flatten(input => a.payload:items) f;
-- case: view over files of a stage
-- makes: VIEW SHOP.MART.V
-- reads: SHOP.RAW.S, SHOP.RAW.F
create view shop.mart.v as select $1:id::int id, metadata$filename f from @shop.raw.s/a/b.json (file_format => shop.raw.f, pattern => '.*json');
-- case: view over a directory table
-- makes: VIEW SHOP.MART.V
-- reads: SHOP.RAW.S
create view shop.mart.v as select relative_path from directory(@shop.raw.s);
-- case: dynamic table
-- makes: DYNAMIC TABLE SHOP.MART.D
-- reads: SHOP.RAW.A
create or replace dynamic table shop.mart.d target_lag = '5 minutes' warehouse = w refresh_mode = incremental initialize = on_create as
select id from shop.raw.a;
-- case: external table with its columns
-- makes: EXTERNAL TABLE SHOP.RAW.E
-- reads: SHOP.RAW.S, SHOP.RAW.F
create or replace external table shop.raw.e (d date as to_date(split_part(metadata$filename, '/', 2)), id int as (value:c1::int))
  partition by (d) location = @shop.raw.s/e/ auto_refresh = true pattern = '.*csv' file_format = (format_name = 'shop.raw.f');
-- case: external table without columns
-- makes: EXTERNAL TABLE SHOP.RAW.E
-- reads: SHOP.RAW.S, SHOP.RAW.F
create external table shop.raw.e with location = @shop.raw.s file_format = shop.raw.f;
-- case: sequence
-- makes: SEQUENCE SHOP.RAW.SEQ
create sequence if not exists shop.raw.seq start = 1 increment = 1 noorder comment = 'ids';
-- case: sequence as default
-- makes: TABLE SHOP.RAW.T
-- reads: SHOP.RAW.SEQ
create table shop.raw.t (id int default shop.raw.seq.nextval);
-- case: tag
-- makes: TAG SHOP.RAW.COST
create tag if not exists shop.raw.cost allowed_values 'a', 'b' comment = 'who pays';
-- case: masking policy
-- makes: MASKING POLICY SHOP.RAW.MASK
create or replace masking policy shop.raw.mask as (val string) returns string ->
  case when current_role() in ('ANALYST') then val else '***' end;
-- case: row access policy with a table of its own
-- makes: ROW ACCESS POLICY SHOP.RAW.SOME_ROWS
-- reads: SHOP.RAW.REGIONS
create row access policy shop.raw.some_rows as (region varchar) returns boolean ->
  exists (select 1 from shop.raw.regions where role = current_role() and name = region);
-- case: a policy is set
-- writes: SHOP.RAW.T
alter table shop.raw.t modify column mail set masking policy shop.raw.mask;
-- case: a row access policy is added
-- writes: SHOP.RAW.T
alter table shop.raw.t add row access policy shop.raw.some_rows on (region);
-- case: a column is added
-- writes: SHOP.RAW.T
alter table if exists shop.raw.t add column if not exists note varchar(10) default 'x';
-- case: two tables swap
-- writes: SHOP.RAW.T, SHOP.RAW.T_NEW
alter table shop.raw.t swap with shop.raw.t_new;
-- case: a table by its name in a literal
-- makes: TABLE SHOP.RAW.T
create table identifier('shop.raw.t') (id int);
-- case: a query of a table by its name in a literal
-- reads: SHOP.RAW.T
select * from identifier('shop.raw.t');
-- case: a query of a table function with a table in a literal
-- reads: SHOP.RAW.T
select * from table('shop.raw.t');
-- case: a query of a function of the project
-- calls: SHOP.RAW.SPLIT_UP
select * from table(shop.raw.split_up('a,b'));
-- case: a query of a table in the past
-- reads: SHOP.RAW.T
select * from shop.raw.t at (timestamp => '2024-01-01'::timestamp) t where id = 1;
-- case: changes of a table
-- reads: SHOP.RAW.T
select * from shop.raw.t changes (information => default) at (offset => -60);
-- case: pivot
-- reads: SHOP.RAW.T
select * from shop.raw.t pivot (sum(amount) for month in ('JAN', 'FEB')) as p order by id;
-- case: match recognize
-- reads: SHOP.RAW.T
select * from shop.raw.t match_recognize (partition by id order by d measures match_number() as n pattern (a b+) define a as true, b as x > 1);
-- case: as of join
-- reads: SHOP.RAW.A, SHOP.RAW.B
select * from shop.raw.a asof join shop.raw.b match_condition (a.t >= b.t) on a.id = b.id;
-- case: set operations by name
-- reads: SHOP.RAW.A, SHOP.RAW.B
select * from shop.raw.a
union all by name
select * from shop.raw.b;
-- case: a query of a query in a flow
-- reads: SHOP.RAW.T
show tables ->> select "name" from $1 join shop.raw.t on true;
-- case: values and generators
select column1 from values (1), (2);
select seq4() from table(generator(rowcount => 10));
-- case: insert with a common table
-- reads: SHOP.RAW.A
-- writes: SHOP.MART.T
insert into shop.mart.t (id) with x as (select id from shop.raw.a) select id from x;
-- case: insert into several tables
-- reads: SHOP.RAW.A
-- writes: SHOP.MART.B, SHOP.MART.C
insert all when n > 1 then into shop.mart.b (id) values (id) else into shop.mart.c (id) values (id) select id, n from shop.raw.a;
-- case: insert overwrite
-- reads: SHOP.RAW.A
-- writes: SHOP.MART.T
insert overwrite into shop.mart.t select * from shop.raw.a;
-- case: update from another table
-- reads: SHOP.RAW.A
-- writes: SHOP.MART.T
update shop.mart.t t set name = a.name from shop.raw.a a where a.id = t.id;
-- case: delete using another table
-- reads: SHOP.RAW.A
-- writes: SHOP.MART.T
delete from shop.mart.t using shop.raw.a a where a.id = t.id;
-- case: merge
-- reads: SHOP.RAW.A, SHOP.RAW.B
-- writes: SHOP.MART.T
merge into shop.mart.t t using (select * from shop.raw.a qualify row_number() over (partition by id order by d desc) = 1) s on t.id = s.id
when matched then update set name = (select max(name) from shop.raw.b) when not matched then insert (id) values (s.id);
-- case: truncate
-- writes: SHOP.MART.T
truncate table if exists shop.mart.t;
-- case: describe
-- reads: SHOP.MART.T
desc table shop.mart.t;
-- case: show with a pattern
show terse tables like '%x%' in schema shop.raw starts with 'A' limit 10;
-- case: definition of a table and of a view
-- makes: VIEW SHOP.MART.V
-- reads: SHOP.MART.T
define view shop.mart.v as select * from shop.mart.t;
