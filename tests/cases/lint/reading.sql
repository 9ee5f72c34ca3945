create schema RAW;
create stage RAW.S comentt = 'x'; -- SD007: unknown property COMENTT
create share RAW.X; -- SD006: share RAW.X cannot be deployed yet
grant select on all tables in schema RAW to role R; -- SD006: is about what is there when it runs
create table RAW.T (ID nomber); -- SD001: unknown data type
use database OTHER; -- SD705: names database OTHER
wobble; -- SD001: not understood
create table THIS.LIES.ELSEWHERE (ID number); -- SD705: names database THIS
