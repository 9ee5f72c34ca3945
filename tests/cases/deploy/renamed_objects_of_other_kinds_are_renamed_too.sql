-- [current]
create schema RAW;
create sequence RAW.S1;
create stage RAW.STAGE1;
create file format RAW.F1 type = csv;
create view RAW.V1 as select 1 as ID;
create procedure RAW.P1(A varchar) returns varchar language sql as $$ begin return a; end $$;
-- [desired]
create schema RAW;
-- snowdeploy: was S1
create sequence RAW.S2 comment = 'same numbers';
-- snowdeploy: was RAW.STAGE1
create stage RAW.STAGE2;
-- snowdeploy: was F1
create file format RAW.F2 type = csv;
-- snowdeploy: was V1
create view RAW.V2 as select 2 as ID;
-- snowdeploy: was P1
create procedure RAW.P2(A varchar) returns varchar language sql as $$ begin return a; end $$;
-- [plan]
-- alter file format RAW.F2
-- alter sequence RAW.S2
-- alter stage RAW.STAGE2
-- alter view RAW.V2
-- alter procedure RAW.P2(VARCHAR)
-- no way back: the old files do not declare the way back
