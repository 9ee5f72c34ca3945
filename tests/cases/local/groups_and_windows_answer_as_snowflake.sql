CREATE TABLE g (k VARCHAR, n NUMBER(10,2), i INT, f FLOAT, b BOOLEAN, d DATE, v VARIANT);
INSERT INTO g SELECT 'x', 10, 1, 1.5, TRUE, '2024-01-01', PARSE_JSON('1');
INSERT INTO g SELECT 'x', 20.25, 2, 2.5, FALSE, '2024-01-02', PARSE_JSON('"a"');
INSERT INTO g SELECT 'x', NULL, 4, NULL, NULL, NULL, NULL;
INSERT INTO g SELECT 'y', 30, 7, 9, TRUE, '2024-01-03', PARSE_JSON('null');
CREATE TABLE none (k VARCHAR, n NUMBER(10,2), b BOOLEAN);
SELECT k, COUNT(*), COUNT(n), COUNT(DISTINCT b), COUNT_IF(b), SUM(n), AVG(n), MIN(d), MAX(d), ANY_VALUE(k) FROM g GROUP BY k ORDER BY k;
-- > x | 3 | 2 | 2 | 1 | 30.25 | 15.12500000 | 2024-01-01 | 2024-01-02 | x
-- > y | 1 | 1 | 1 | 1 | 30.00 | 30.00000000 | 2024-01-03 | 2024-01-03 | y
SELECT COUNT(*), COUNT_IF(b), SUM(n), AVG(n), LISTAGG(k, ','), ARRAY_AGG(n)::VARCHAR, MEDIAN(n), BOOLAND_AGG(b), MAX_BY(k, n), MODE(n) FROM none;
-- > 0 | 0 | NULL | NULL |  | [] | NULL | NULL | NULL | NULL
SELECT k, LISTAGG(i, ',') WITHIN GROUP (ORDER BY i DESC), LISTAGG(DISTINCT k), LISTAGG(n, '|') WITHIN GROUP (ORDER BY n) FROM g GROUP BY k ORDER BY k;
-- > x | 4,2,1 | x | 10.00|20.25
-- > y | 7 | y | 30.00
SELECT LISTAGG(DISTINCT k, '-') WITHIN GROUP (ORDER BY k DESC), LISTAGG(k) WITHIN GROUP (ORDER BY i), LISTAGG(k, '{}') WITHIN GROUP (ORDER BY k DESC, i) FROM g;
-- > y-x | xxxy | y{}x{}x{}x
SELECT LISTAGG(k, i) FROM g;
-- ! 000002 (0A000): not supported by the local account: LISTAGG with a delimiter that is no literal
SELECT k, ARRAY_AGG(i) WITHIN GROUP (ORDER BY i DESC)::VARCHAR, ARRAY_AGG(n) WITHIN GROUP (ORDER BY i)::VARCHAR, ARRAYAGG(DISTINCT k)::VARCHAR, ARRAY_AGG(v) WITHIN GROUP (ORDER BY i)::VARCHAR, ARRAY_AGG(d) WITHIN GROUP (ORDER BY d)::VARCHAR FROM g GROUP BY k ORDER BY k;
-- > x | [4,2,1] | [10,20.25] | ["x"] | [1,"a"] | ["2024-01-01","2024-01-02"]
-- > y | [7] | [30] | ["y"] | [null] | ["2024-01-03"]
SELECT ARRAY_AGG(i) WITHIN GROUP (ORDER BY v) FROM g;
-- ! 000002 (0A000): not supported by the local account: a VARIANT in '"G"."V"' without a cast: write it with ::<type>
SELECT OBJECT_AGG(i::VARCHAR, n)::VARCHAR FROM g;
-- > {"1":10,"2":20.25,"7":30}
SELECT OBJECT_AGG(k, n) FROM g WHERE k = 'x';
-- ! 100091 (22000): Duplicate field key
SELECT k, MEDIAN(n), MEDIAN(i), MEDIAN(f), PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY i), PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY f), PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY i), PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY d) FROM g GROUP BY k ORDER BY k;
-- > x | 15.12500 | 2.000 | 2.0 | 1.500 | 2.0 | 2 | 2024-01-01
-- > y | 30.00000 | 7.000 | 9.0 | 7.000 | 9.0 | 7 | 2024-01-03
SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY k) FROM g;
-- ! 000002 (0A000): not supported by the local account: PERCENTILE_CONT of text
SELECT PERCENTILE_CONT(2) WITHIN GROUP (ORDER BY i) FROM g;
-- ! 000002 (0A000): not supported by the local account: PERCENTILE_CONT of other than a number from 0 to 1
SELECT PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY i DESC) FROM g;
-- ! 000002 (0A000): not supported by the local account: PERCENTILE_DISC in descending order
SELECT MODE(k), MAX_BY(k, i), MIN_BY(i, n), MAX_BY(n, i), MIN_BY(d, i) FROM g;
-- > x | y | 1 | 30.00 | 2024-01-01
SELECT MAX_BY(k, i), MAX_BY(n, i) FROM g WHERE k = 'x';
-- > x | NULL
SELECT MAX_BY(k, i, 2) FROM g;
-- ! 000002 (0A000): not supported by the local account: function MAX_BY with 3 arguments, or with these
SELECT k, BOOLAND_AGG(b), BOOLOR_AGG(b), BOOLXOR_AGG(b), BOOLAND_AGG(i), BOOLOR_AGG(i - 1), BOOLXOR_AGG(i - 2) FROM g GROUP BY k ORDER BY k;
-- > x | False | True | True | True | True | False
-- > y | True | True | True | True | True | True
SELECT k, BITAND_AGG(i), BITOR_AGG(i), BITXOR_AGG(i), BITANDAGG(i), BIT_AND_AGG(i), BIT_ANDAGG(i), BITORAGG(i), BIT_OR_AGG(i), BIT_ORAGG(i), BITXORAGG(i), BIT_XOR_AGG(i), BIT_XORAGG(i) FROM g GROUP BY k ORDER BY k;
-- > x | 0 | 7 | 7 | 0 | 0 | 0 | 7 | 7 | 7 | 7 | 7 | 7
-- > y | 7 | 7 | 7 | 7 | 7 | 7 | 7 | 7 | 7 | 7 | 7 | 7
SELECT k, ROUND(STDDEV(f), 6), ROUND(STDDEV_SAMP(f), 6), STDDEV_POP(f), VARIANCE(f), VAR_SAMP(f), VARIANCE_SAMP(f), VAR_POP(f), VARIANCE_POP(f) FROM g GROUP BY k ORDER BY k;
-- > x | 0.707107 | 0.707107 | 0.5 | 0.5 | 0.5 | 0.5 | 0.25 | 0.25
-- > y | NULL | NULL | 0.0 | NULL | NULL | NULL | 0.0 | 0.0
SELECT CORR(f, i::FLOAT) > 0.9, CORR(f, 1::FLOAT), ROUND(COVAR_POP(f, i::FLOAT), 4), ROUND(COVAR_SAMP(f, i::FLOAT), 4), ROUND(REGR_SLOPE(f, i::FLOAT), 4), ROUND(REGR_INTERCEPT(f, i::FLOAT), 4) FROM g;
-- > True | NULL | 8.7222 | 13.0833 | 1.2661 | 0.1129
SELECT STDDEV(n) FROM g;
-- ! 000002 (0A000): not supported by the local account: function STDDEV of number: write the arguments with ::<type>
SELECT APPROX_COUNT_DISTINCT(k) FROM g;
-- ! 000002 (0A000): not supported by the local account: function APPROX_COUNT_DISTINCT ('APPROX_COUNT_DISTINCT("G"."K")')
SELECT SUM(v) FROM g;
-- ! 000002 (0A000): not supported by the local account: a VARIANT in 'SUM("G"."V")' without a cast: write it with ::<type>
SELECT MAX(v) FROM g;
-- ! 000002 (0A000): not supported by the local account: a VARIANT in 'MAX("G"."V")' without a cast: write it with ::<type>
SELECT i, ROW_NUMBER() OVER (ORDER BY i DESC), RANK() OVER (ORDER BY k), DENSE_RANK() OVER (ORDER BY k), NTILE(2) OVER (ORDER BY i), CUME_DIST() OVER (ORDER BY i), ROUND(PERCENT_RANK() OVER (ORDER BY i), 4) FROM g ORDER BY i;
-- > 1 | 4 | 1 | 1 | 1 | 0.25 | 0.0
-- > 2 | 3 | 1 | 1 | 1 | 0.5 | 0.3333
-- > 4 | 2 | 1 | 1 | 2 | 0.75 | 0.6667
-- > 7 | 1 | 4 | 2 | 2 | 1.0 | 1.0
SELECT i, LAG(n) OVER (ORDER BY i), LAG(n) IGNORE NULLS OVER (ORDER BY i), LEAD(i, 2) OVER (ORDER BY i), LEAD(i, 1, -1) OVER (ORDER BY i), FIRST_VALUE(i) OVER (PARTITION BY k ORDER BY i), LAST_VALUE(i) OVER (PARTITION BY k ORDER BY i), NTH_VALUE(i, 2) OVER (PARTITION BY k ORDER BY i) FROM g ORDER BY i;
-- > 1 | NULL | NULL | 4 | 2 | 1 | 4 | 2
-- > 2 | 10.00 | 10.00 | 7 | 4 | 1 | 4 | 2
-- > 4 | 20.25 | 20.25 | NULL | 7 | 1 | 4 | 2
-- > 7 | NULL | 20.25 | NULL | -1 | 7 | 7 | NULL
SELECT i, RATIO_TO_REPORT(n) OVER (PARTITION BY k), RATIO_TO_REPORT(f) OVER (PARTITION BY k), RATIO_TO_REPORT(i) OVER (ORDER BY i), CONDITIONAL_TRUE_EVENT(i > 1) OVER (ORDER BY i) FROM g ORDER BY i;
-- > 1 | 0.33057851 | 0.375 | 0.071429 | 0
-- > 2 | 0.66942149 | 0.625 | 0.142857 | 1
-- > 4 | NULL | NULL | 0.285714 | 2
-- > 7 | 1.00000000 | 1.0 | 0.500000 | 3
SELECT RATIO_TO_REPORT(i - i) OVER () FROM g WHERE i = 1;
-- > NULL
SELECT i, MEDIAN(i) OVER (PARTITION BY k), LISTAGG(i, ',') WITHIN GROUP (ORDER BY i) OVER (PARTITION BY k), ARRAY_AGG(i) WITHIN GROUP (ORDER BY i) OVER (PARTITION BY k)::VARCHAR, COUNT_IF(b) OVER (PARTITION BY k), AVG(n) OVER (PARTITION BY k), MAX_BY(i, i) OVER (PARTITION BY k) FROM g ORDER BY i;
-- > 1 | 2.000 | 1,2,4 | [1,2,4] | 1 | 15.12500000 | 4
-- > 2 | 2.000 | 1,2,4 | [1,2,4] | 1 | 15.12500000 | 4
-- > 4 | 2.000 | 1,2,4 | [1,2,4] | 1 | 15.12500000 | 4
-- > 7 | 7.000 | 7 | [7] | 1 | 30.00000000 | 7
SELECT SUM(MEDIAN(i)) OVER (), RATIO_TO_REPORT(SUM(i)) OVER (), ROUND(AVG(SUM(i)) OVER (), 1) FROM g GROUP BY k ORDER BY 2;
-- > 9.000 | 0.500000 | 7.0
-- > 9.000 | 0.500000 | 7.0
SELECT k AS n, COUNT_IF(g.n > 10) AS c FROM g GROUP BY k HAVING c > 0 ORDER BY c, n;
-- > x | 1
-- > y | 1
SELECT CONDITIONAL_CHANGE_EVENT(k) OVER (ORDER BY i) FROM g;
-- ! 000002 (0A000): not supported by the local account: function CONDITIONAL_CHANGE_EVENT ('CONDITIONAL_CHANGE_EVENT("G"."K")')
SELECT KURTOSIS(f) FROM g;
-- ! 000002 (0A000): not supported by the local account: function KURTOSIS ('KURTOSIS("G"."F")')
SELECT BOOL_AND(b) FROM g;
-- ! 000002 (0A000): not supported by the local account: function BOOL_AND ('BOOL_AND("G"."B")')
SELECT NTH_VALUE(i, 2) FROM LAST OVER (ORDER BY i) FROM g;
-- ! 000002 (0A000): not supported by the local account: NTH_VALUE FROM LAST
-- distinct numbers in the order of the numbers
CREATE TABLE of_numbers (g INT, e VARIANT);
INSERT INTO of_numbers SELECT 1, PARSE_JSON('{"r":' || n || '}') FROM VALUES ('10'), ('9'), ('5'), ('100'), ('9') AS v(n);
SELECT ARRAY_TO_STRING(ARRAY_AGG(DISTINCT e:r::NUMBER) WITHIN GROUP (ORDER BY e:r::NUMBER), ',') FROM of_numbers;
-- > 5,9,10,100
SELECT ARRAY_TO_STRING(ARRAY_AGG(DISTINCT e:r::NUMBER(10,2)) WITHIN GROUP (ORDER BY e:r::NUMBER(10,2) DESC), ',') FROM of_numbers GROUP BY g;
-- > 100,10,9,5
