-- [current]
create schema RAW;
create stage RAW.FILES;
create table RAW.T (ID number);
create pipe RAW.P as copy into RAW.T from @RAW.FILES;
-- [desired]
create schema RAW;
create stage RAW.FILES;
create table RAW.T (ID number);
create pipe RAW.P comment = 'told by the client' as copy into RAW.T from @RAW.FILES;
-- [plan]
-- alter pipe RAW.P
