-- [bad] in a view
create view raw.failures as
select name, error_message
from table(shop.information_schema.task_history()) -- !
where state = 'FAILED';
-- [almost bad] the newest runs of all, and the view of the account
SELECT NAME, STATE FROM TABLE(INFORMATION_SCHEMA.TASK_HISTORY()) ORDER BY SCHEDULED_TIME DESC;
SELECT NAME, STATE FROM SNOWFLAKE.ACCOUNT_USAGE.TASK_HISTORY WHERE NAME = 'LOAD';
