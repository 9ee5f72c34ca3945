-- [current]
-- [desired]
create schema RAW comment = 'ours';
-- [by hand]
create schema CASE_DB.RAW comment = 'theirs';
-- [plan]
-- refused: schema RAW exists, but this project did not deploy it: comment is theirs, the file says ours
