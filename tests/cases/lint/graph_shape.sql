create schema RAW;
create schema OTHER;
create task RAW.R warehouse = W schedule = '1 minute' as select 1;
create task RAW.C warehouse = W schedule = '1 minute' after RAW.R as select 1; -- SD104: has a predecessor and a SCHEDULE
create task RAW.F warehouse = W finalize = RAW.C as select 1; -- SD104: finalizes RAW.C, which is not a root task
create task RAW.R2 warehouse = W schedule = '1 minute' as select 1;
create task RAW.BOTH warehouse = W after RAW.R, RAW.R2 as select 1; -- SD104: more than one root task
create task OTHER.X warehouse = W after RAW.R as select 1; -- SD104: all tasks of a graph are in one schema
