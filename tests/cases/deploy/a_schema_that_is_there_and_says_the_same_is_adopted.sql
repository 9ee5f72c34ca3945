-- [current]
-- [desired]
create schema RAW comment = 'ours';
-- [by hand]
create schema CASE_DB.RAW comment = 'ours';
-- [plan]
-- take over schema RAW
