-- [current]
create schema RAW;
create stage RAW.S;
-- [desired]
create schema RAW;
create stage RAW.S url = 's3://bucket/x/' storage_integration = I;
-- [plan]
-- refused: stage RAW.S: a stage cannot change between internal and external: make a new one under another name
