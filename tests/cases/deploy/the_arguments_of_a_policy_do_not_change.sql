-- [current]
create schema RAW;
create masking policy RAW.MASK as (V varchar) returns varchar -> case when current_role() = 'BOSS' then V else '***' end;
-- [desired]
create schema RAW;
create masking policy RAW.MASK as (V number) returns number -> 0;
-- [plan]
-- refused: masking policy RAW.MASK: the arguments of a policy cannot be changed: make a new one, and set it where this one is set
