-- [current]
create schema RAW;
create stage RAW.FILES;
create table RAW.T (ID number);
create pipe RAW.P auto_ingest = false as copy into RAW.T from @RAW.FILES/in/;
-- [desired]
create schema RAW;
create stage RAW.FILES;
create table RAW.T (ID number);
create pipe RAW.P as
  COPY INTO raw.t  -- the landing table
  FROM @raw.files/in/;
-- [plan]
