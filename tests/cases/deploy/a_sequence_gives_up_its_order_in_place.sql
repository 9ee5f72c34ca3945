-- [current]
create schema RAW;
create sequence RAW.S order;
-- [desired]
create schema RAW;
create sequence RAW.S noorder;
-- [plan]
-- alter sequence RAW.S
-- no way back: a sequence gets its order by being made again
