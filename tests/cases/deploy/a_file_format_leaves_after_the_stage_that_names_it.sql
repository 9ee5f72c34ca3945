-- [current]
create schema RAW;
create schema OLD;
create file format OLD.F type = csv;
create stage OLD.S file_format = (format_name = 'OLD.F');
-- [desired]
create schema RAW;
-- [shows]
-- order_drops
-- [plan]
-- drop stage OLD.S ! deletes-data:OLD.S
-- drop file format OLD.F ! deletes-object
-- drop schema OLD ! deletes-data:OLD
