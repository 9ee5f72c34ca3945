-- [current]
create schema RAW;
create sequence RAW.S;
-- [desired]
create schema RAW;
create sequence RAW.S start = 100;
-- [shows]
-- draft_actions
-- [plan]
-- replace sequence RAW.S ! loses-grants ! resets-sequence
