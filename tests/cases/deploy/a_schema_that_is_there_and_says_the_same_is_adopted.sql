-- [current]
-- [desired]
create schema RAW comment = 'ours';
-- [by hand]
create schema CASE_DB.RAW comment = 'ours';
-- [shows]
-- draft_actions
-- [plan]
-- take over schema RAW
