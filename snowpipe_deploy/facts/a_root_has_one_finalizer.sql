-- source: A.5
-- confirmed: yes
-- leans: planner/order_drops.py makes room first
CREATE TASK ROOT WAREHOUSE = {warehouse} SCHEDULE = '11520 MINUTES' AS SELECT 1;
CREATE TASK LAST_ONE WAREHOUSE = {warehouse} FINALIZE = ROOT AS SELECT 2;
CREATE TASK ANOTHER WAREHOUSE = {warehouse} FINALIZE = ROOT AS SELECT 3;
-- ! finalizer
