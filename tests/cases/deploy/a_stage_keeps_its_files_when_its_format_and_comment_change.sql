-- [current]
create schema RAW;
create stage RAW.S;
-- [desired]
create schema RAW;
create stage RAW.S file_format = (type = csv skip_header = 1) comment = 'as they come';
-- [plan]
-- alter stage RAW.S
