-- [bad] many at once
create dynamic table gold.d target_lag = '1 hour' warehouse = load_wh refresh_mode = incremental as
select a.id,
  (select max(day) from raw.days) as last_day -- !
from raw.a as a
left join raw.b as b
  on a.day < b.day -- !
where a.id in (select id from raw.c) -- !
except -- !
select id, day from raw.d
limit 10; -- !
-- [bad] in no mode
CREATE DYNAMIC TABLE GOLD.D TARGET_LAG = '1 hour' WAREHOUSE = LOAD_WH REFRESH_MODE = FULL AS
SELECT ID, ANY_VALUE(NAME) AS NAME -- !
FROM RAW.A
GROUP BY ID;
-- [almost bad] all of it incremental
CREATE DYNAMIC TABLE GOLD.D TARGET_LAG = '1 hour' WAREHOUSE = LOAD_WH REFRESH_MODE = INCREMENTAL AS
WITH LATEST AS (
  SELECT ID, DAY, EXTRACT(YEAR FROM DAY) AS YEAR FROM RAW.A QUALIFY ROW_NUMBER() OVER (PARTITION BY ID ORDER BY DAY DESC) = 1
)
SELECT DISTINCT L.ID, L.YEAR, F.VALUE AS TAG
FROM LATEST AS L
LEFT JOIN RAW.B AS B ON L.ID = B.ID AND B.KIND IN ('x', 'y')
JOIN (SELECT ID, TAGS FROM RAW.C) AS C ON C.ID = L.ID, LATERAL FLATTEN(C.TAGS) AS F
WHERE L.DAY >= CURRENT_DATE() - 7
UNION ALL
(SELECT ID, 0, TAG FROM RAW.OTHERS);
