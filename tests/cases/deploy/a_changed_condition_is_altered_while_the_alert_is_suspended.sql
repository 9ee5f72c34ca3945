-- [current]
create schema RAW;
create alert RAW.A warehouse = W schedule = '60 minutes' if (exists (select 1)) then select 1;
-- [desired]
create schema RAW;
create alert RAW.A warehouse = W schedule = '30 minutes' comment = 'twice an hour' if (exists (select 2)) then select 3;
-- [shows]
-- open_windows
-- [plan]
-- suspend alert RAW.A
-- alter alert RAW.A
-- resume alert RAW.A
