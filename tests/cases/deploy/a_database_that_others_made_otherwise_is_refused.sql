-- [current]
create schema RAW;
-- [desired]
create database CASE_DB comment = 'ours';
create schema RAW;
-- [plan]
-- refused: database CASE_DB exists, but this project did not deploy it: comment is empty, the file says ours
