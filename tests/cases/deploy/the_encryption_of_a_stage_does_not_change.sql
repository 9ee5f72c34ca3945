-- [current]
create schema RAW;
create stage RAW.S;
-- [desired]
create schema RAW;
create stage RAW.S encryption = (type = 'SNOWFLAKE_SSE');
-- [plan]
-- refused: stage RAW.S: ENCRYPTION cannot be altered
