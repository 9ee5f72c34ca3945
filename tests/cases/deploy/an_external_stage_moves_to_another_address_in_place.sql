-- [current]
create schema RAW;
create stage RAW.S url = 's3://bucket/x/' storage_integration = I;
-- [desired]
create schema RAW;
create stage RAW.S url = 's3://bucket/y/' storage_integration = I;
-- [plan]
-- alter stage RAW.S
