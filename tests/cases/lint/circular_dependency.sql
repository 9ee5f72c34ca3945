create schema RAW;
create task RAW.A warehouse = W after RAW.B as select 1; -- SD103: tasks need each other: RAW.A -> RAW.B -> RAW.A
create task RAW.B warehouse = W after RAW.A as select 1;
