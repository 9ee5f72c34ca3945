-- PIVOT and UNPIVOT, after the examples of Snowflake's reference
CREATE TABLE quarterly_sales (empid INT, amount INT, quarter TEXT);
INSERT INTO quarterly_sales VALUES (1, 10000, '2023_Q1'), (1, 400, '2023_Q1'), (2, 4500, '2023_Q1'), (2, 35000, '2023_Q1'), (1, 5000, '2023_Q2'), (1, 3000, '2023_Q2'), (2, 200, '2023_Q2'), (2, 90500, '2023_Q2'), (3, 2500, NULL);
SELECT * FROM quarterly_sales PIVOT (SUM(amount) FOR quarter IN ('2023_Q1', '2023_Q2', '2023_Q3')) ORDER BY empid;
-- > 1 | 10400 | 8000 | NULL
-- > 2 | 39500 | 90700 | NULL
-- > 3 | NULL | NULL | NULL
SELECT "'2023_Q1'" FROM quarterly_sales PIVOT (SUM(amount) FOR quarter IN ('2023_Q1', '2023_Q2')) ORDER BY empid;
-- > 10400
-- > 39500
-- > NULL
SELECT * FROM quarterly_sales PIVOT (SUM(amount) FOR quarter IN (ANY ORDER BY quarter)) ORDER BY empid;
-- > 1 | 10400 | 8000
-- > 2 | 39500 | 90700
-- > 3 | NULL | NULL
SELECT * FROM quarterly_sales PIVOT (SUM(amount) FOR quarter IN (ANY ORDER BY quarter DESC)) ORDER BY empid;
-- > 1 | 8000 | 10400
-- > 2 | 90700 | 39500
-- > 3 | NULL | NULL
SELECT * FROM quarterly_sales PIVOT (SUM(amount) FOR quarter IN (SELECT DISTINCT quarter FROM quarterly_sales WHERE amount > 90000)) ORDER BY empid;
-- > 1 | 8000
-- > 2 | 90700
-- > 3 | NULL
SELECT * FROM quarterly_sales PIVOT (SUM(amount) FOR quarter IN ('2023_Q1', '2023_Q3') DEFAULT ON NULL (0)) AS p (emp, q1, q3) ORDER BY emp;
-- > 1 | 10400 | 0
-- > 2 | 39500 | 0
-- > 3 | 0 | 0
SELECT emp, q2 FROM quarterly_sales PIVOT (MAX(amount) FOR quarter IN ('2023_Q1' AS q1, '2023_Q2' AS q2)) AS p (emp, q1, q2) ORDER BY emp;
-- > 1 | 5000
-- > 2 | 90500
-- > 3 | NULL
SELECT empid, q2 FROM quarterly_sales PIVOT (MIN(amount) FOR quarter IN ('2023_Q2' AS q2)) WHERE q2 IS NOT NULL ORDER BY empid;
-- > 1 | 3000
-- > 2 | 200
SELECT p.q1 FROM (SELECT amount, quarter FROM quarterly_sales) PIVOT (AVG(amount) FOR quarter IN ('2023_Q1' AS q1)) p;
-- > 12475.000000
SELECT * FROM (SELECT quarter, 1 AS one FROM quarterly_sales) PIVOT (COUNT(one) FOR quarter IN ('2023_Q1', 'none'));
-- > 4 | 0
WITH s AS (SELECT empid, quarter, amount FROM quarterly_sales WHERE empid < 3) SELECT * FROM s PIVOT (SUM(amount) FOR quarter IN (ANY)) ORDER BY empid;
-- > 1 | 10400 | 8000
-- > 2 | 39500 | 90700
SELECT "1", "2" FROM (SELECT empid, amount FROM quarterly_sales) PIVOT (SUM(amount) FOR empid IN (1, 2));
-- > 18400 | 130200
SELECT * FROM quarterly_sales PIVOT (SUM(amount), MAX(amount) FOR quarter IN ('2023_Q1'));
-- ! 000002 (0A000): not supported by the local account: PIVOT with several aggregates or columns
SELECT * FROM quarterly_sales PIVOT (SUM(amount * 2) FOR quarter IN ('2023_Q1'));
-- ! 000002 (0A000): not supported by the local account: PIVOT of an expression: 'SUM(amount * 2)'
SELECT * FROM quarterly_sales PIVOT (SUM(nope) FOR quarter IN ('2023_Q1'));
-- ! 000904 (42000): SQL compilation error: invalid identifier 'NOPE'
SELECT * FROM quarterly_sales PIVOT (SUM(amount) FOR quarter IN (1));
-- ! 000002 (0A000): not supported by the local account: number and text together in '"QUARTERLY_SALES"."QUARTER" = 1': write it with ::<type>
CREATE TABLE monthly_sales (empid INT, dept TEXT, jan INT, feb INT, mar INT);
INSERT INTO monthly_sales VALUES (1, 'electronics', 100, 200, 300), (2, 'clothes', 100, NULL, 150);
SELECT * FROM monthly_sales UNPIVOT (sales FOR month IN (jan, feb, mar)) ORDER BY empid, sales;
-- > 1 | electronics | JAN | 100
-- > 1 | electronics | FEB | 200
-- > 1 | electronics | MAR | 300
-- > 2 | clothes | JAN | 100
-- > 2 | clothes | MAR | 150
SELECT * FROM monthly_sales UNPIVOT INCLUDE NULLS (sales FOR month IN (jan, feb, mar)) ORDER BY empid, month;
-- > 1 | electronics | FEB | 200
-- > 1 | electronics | JAN | 100
-- > 1 | electronics | MAR | 300
-- > 2 | clothes | FEB | NULL
-- > 2 | clothes | JAN | 100
-- > 2 | clothes | MAR | 150
SELECT * FROM monthly_sales UNPIVOT EXCLUDE NULLS (sales FOR month IN (jan AS january, feb AS "February")) ORDER BY empid, month;
-- > 1 | electronics | 300 | February | 200
-- > 1 | electronics | 300 | JANUARY | 100
-- > 2 | clothes | 150 | JANUARY | 100
SELECT dept, month, sales FROM monthly_sales UNPIVOT (sales FOR month IN (jan, feb)) u WHERE u.sales > 100;
-- > electronics | FEB | 200
SELECT month, SUM(sales) FROM (SELECT * FROM monthly_sales) UNPIVOT (sales FOR month IN (jan, feb)) GROUP BY month ORDER BY month;
-- > FEB | 200
-- > JAN | 200
SELECT * FROM monthly_sales UNPIVOT (sales FOR month IN (jan, dept));
-- ! 000002 (0A000): not supported by the local account: number and text in one column of a set operation: write it with ::<type>
SELECT * FROM monthly_sales UNPIVOT (sales FOR month IN (jan, nope));
-- ! 000904 (42000): SQL compilation error: invalid identifier 'NOPE'
