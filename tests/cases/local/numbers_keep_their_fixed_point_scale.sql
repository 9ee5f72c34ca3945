SELECT 7/2;
-- > 3.500000
SELECT 1/3;
-- > 0.333333
SELECT 10.5/2;
-- > 5.2500000
SELECT 1.00/3;
-- > 0.33333333
SELECT 2/3.0;
-- > 0.666667
SELECT 0/1;
-- > 0.000000
SELECT 1/0;
-- ! 100051 (22012): Division by zero
SELECT 1::FLOAT/2;
-- > 0.5
SELECT 1::FLOAT/0;
-- ! 100051
SELECT NULL/0;
-- > NULL
SELECT 1/NULL;
-- > NULL
SELECT 10::NUMBER(10,2)/4;
-- > 2.50000000
SELECT 5 % 3;
-- > 2
SELECT -5 % 3;
-- > -2
SELECT MOD(5.5, 2);
-- > 1.5
SELECT MOD(5, 0);
-- ! 100051
SELECT MOD(-7, 3);
-- > -1
SELECT ABS(-1.5);
-- > 1.5
SELECT CEIL(1.2);
-- > 2
SELECT FLOOR(-1.2);
-- > -2
SELECT CEIL(1.25, 1);
-- > 1.3
SELECT FLOOR(1.25, 1);
-- > 1.2
SELECT SIGN(-3);
-- > -1
SELECT SIGN(0);
-- > 0
SELECT ROUND(2.5);
-- > 3
SELECT ROUND(-2.5);
-- > -3
SELECT ROUND(1.25, 1);
-- > 1.3
SELECT ROUND(1234.5, -2);
-- > 1200
SELECT ROUND(2.5::FLOAT);
-- > 3.0
SELECT ROUND(-2.5::FLOAT);
-- > -3.0
SELECT ROUND(NULL, 1);
-- > NULL
SELECT 1.10 + 1;
-- > 2.10
SELECT 1.5 * 1.5;
-- > 2.25
SELECT 2.50;
-- > 2.50
SELECT 9007199254740993 + 0;
-- > 9007199254740993
SELECT 99999999999999999999999999999999999999;
-- > 99999999999999999999999999999999999999
SELECT 1e2;
-- > 100.0
SELECT -5;
-- > -5
SELECT +5;
-- > 5
SELECT 1.0 = 1;
-- > True
SELECT GREATEST(1, NULL);
-- > NULL
SELECT LEAST(1, NULL);
-- > NULL
SELECT GREATEST(1, 2);
-- > 2
SELECT LEAST(2, 1, 3);
-- > 1
SELECT SUM(x) FROM (VALUES (9007199254740993), (1)) AS t(x);
-- > 9007199254740994
SELECT SUM(x) FROM (VALUES (1.25), (1)) AS t(x);
-- > 2.25
SELECT AVG(x) FROM (VALUES (1), (2)) AS t(x);
-- > 1.500000
SELECT AVG(x) FROM (VALUES (1.5), (2)) AS t(x);
-- > 1.7500000
SELECT AVG(x) FROM (VALUES (1), (NULL)) AS t(x);
-- > 1.000000
SELECT AVG(x::FLOAT) FROM (VALUES (1), (2)) AS t(x);
-- > 1.5
SELECT AVG(x) OVER () FROM (VALUES (1), (2)) AS t(x);
-- > 1.500000
-- > 1.500000
SELECT SUM(x) OVER (ORDER BY x) FROM (VALUES (1), (2)) AS t(x) ORDER BY x;
-- > 1
-- > 3
SELECT SUM(x::FLOAT) FROM (VALUES (1), (2)) AS t(x);
-- > 3.0
SELECT SUM(x) FROM (SELECT 1 AS x WHERE FALSE);
-- > NULL
SELECT x/y FROM (SELECT 7::NUMBER(10,2) AS x, 2::NUMBER(5,3) AS y);
-- > 3.50000000
SELECT SUM(x)/COUNT(*) FROM (VALUES (1), (2)) AS t(x);
-- > 1.500000
SELECT 100 * COUNT(*) / 3 FROM (VALUES (1), (2)) AS t(x);
-- > 66.666667
SELECT ROUND(100.0 * SUM(x) / 3, 2) FROM (VALUES (1), (1)) AS t(x);
-- > 66.67
SELECT ROUND(AVG(x), 2) FROM (VALUES (1), (2), (2)) AS t(x);
-- > 1.67
SELECT MAX(x) / MIN(x) FROM (VALUES (3), (2)) AS t(x);
-- > 1.500000
SELECT 1 + '2';
-- ! 000002 (0A000): not supported by the local account: arithmetic with text or boolean in "1 + '2'": write it with ::<type>
SELECT '3' * '2';
-- ! 000002 (0A000): not supported by the local account: arithmetic with text or boolean in "'3' * '2'": write it with ::<type>
SELECT 'a' + 1;
-- ! 000002 (0A000): not supported by the local account: arithmetic with text or boolean in "'a' + 1": write it with ::<type>
SELECT TRUNC(1.59, 1);
-- > 1.5
SELECT SQRT(4);
-- > 2.0
SELECT POWER(2, 3);
-- > 8.0
SELECT EXP(0);
-- > 1.0
SELECT LN(1);
-- > 0.0
SELECT LOG(10, 100);
-- > 2.0
SELECT BITAND(5, 3);
-- > 1
SELECT SQUARE(3);
-- > 9.0
SELECT DIV0(1, 0);
-- > 0.000000
SELECT DIV0(1, 2);
-- > 0.500000
SELECT DIV0(NULL, 2);
-- > NULL
SELECT DIV0(1, NULL);
-- > NULL
SELECT DIV0NULL(1, NULL);
-- > 0.000000
SELECT DIV0(1.5, 0);
-- > 0.0000000
SELECT ZEROIFNULL(NULL);
-- > 0
SELECT ZEROIFNULL(5);
-- > 5
SELECT NULLIFZERO(0);
-- > NULL
SELECT NULLIFZERO(3);
-- > 3
SELECT WIDTH_BUCKET(5, 0, 10, 5);
-- > 3
SELECT 1 BETWEEN 0 AND 2;
-- > True
SELECT 3 NOT IN (1, NULL);
-- > NULL
SELECT 3 IN (3, NULL);
-- > True
SELECT 1 / 3 * 3;
-- > 0.999999
SELECT 10 / 4 / 2;
-- > 1.250000000000
SELECT 99999999999 / 7;
-- ! 000002 (0A000): not supported by the local account: a quotient of more than 15 digits
