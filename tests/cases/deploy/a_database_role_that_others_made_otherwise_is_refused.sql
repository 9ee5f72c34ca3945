-- [current]
create schema RAW;
-- [desired]
create schema RAW;
create database role SHARED comment = 'ours';
-- [by hand]
create database role CASE_DB.SHARED comment = 'theirs';
-- [plan]
-- refused: database role SHARED exists, but this project did not deploy it: comment is theirs, the file says ours
