-- [current]
create schema RAW;
-- [desired]
create transient schema RAW;
-- [plan]
-- refused: schema RAW: TRANSIENT cannot be altered
