-- numbers of several scales meet: the widest counts
SELECT IFF(TRUE, 1.5, 2::NUMBER), COALESCE(NULL::NUMBER, 1.5), CASE WHEN FALSE THEN 1::NUMBER ELSE 1.5 END, GREATEST(1::NUMBER, 1.5), LEAST(2::NUMBER, 1.5), NVL2(1, 1.5, 1::NUMBER), NVL(NULL::NUMBER, 1.5), IFNULL(2::NUMBER, 1.5), DECODE(1, 1, 1.5, 2::NUMBER);
-- > 1.5 | 1.5 | 1.5 | 1.5 | 1.5 | 1.5 | 1.5 | 2.0 | 1.5
SELECT NULLIF(1.5, 2::NUMBER), NULLIF(2::NUMBER, 2.0), CASE 2::NUMBER WHEN 1.5 THEN 'a' WHEN 2.0 THEN 'b' END, CASE WHEN TRUE THEN 1 ELSE 1.5::FLOAT END;
-- > 1.5 | NULL | b | 1.0
SELECT 1::NUMBER < 1.5, 2::NUMBER = 1.5, 2::NUMBER IN (1.5), 1.5 IN (2::NUMBER, 3), 1::NUMBER BETWEEN 1.4 AND 1.6, EQUAL_NULL(2::NUMBER, 1.5), 9007199254740993::NUMBER = 9007199254740992.0;
-- > True | False | False | False | False | False | False
SELECT x, x / 3, ROUND(x, 1) FROM (SELECT 1::NUMBER AS x UNION ALL SELECT 1.5 UNION ALL SELECT NULL) ORDER BY x;
-- > 1.0 | 0.3333333 | 1.0
-- > 1.5 | 0.5000000 | 1.5
-- > NULL | NULL | NULL
SELECT x, x / 3, ROUND(x, 1) FROM (VALUES (1::NUMBER), (1.25), (NULL)) t(x) ORDER BY x;
-- > 1.00 | 0.33333333 | 1.0
-- > 1.25 | 0.41666667 | 1.3
-- > NULL | NULL | NULL
SELECT x, x + 1 FROM (VALUES (1), (1.5::FLOAT)) t(x) ORDER BY x;
-- > 1.0 | 2.0
-- > 1.5 | 2.5
SELECT LENGTH(x) FROM (VALUES (NULL), ('abc')) t(x) ORDER BY 1;
-- > 3
-- > NULL
SELECT LAG(x, 1, 1.5) OVER (ORDER BY x), LEAD(x, 1, 0.25) OVER (ORDER BY x) FROM (VALUES (1), (2)) t(x) ORDER BY x;
-- > 1.5 | 2.00
-- > 1.0 | 0.25
SELECT 1.1234567 * 1.1234567, 1.12::NUMBER(38,10) * 1.12::NUMBER(38,10), 1.5 * 2, 1.5 * 2::FLOAT, 0.1 * 0.1;
-- > 1.262154956775 | 1.254400000000 | 3.0 | 3.0 | 0.01
SELECT MOD(5::NUMBER, 1.5), MOD(-5.5, 2), MOD(5, -3), 5.25 % 1::NUMBER, MOD(NULL, 2), MOD(5.5::FLOAT, 2);
-- > 0.5 | -1.5 | 2 | 0.25 | NULL | 1.5
SELECT ROUND(135.135), ROUND(135.135, 2), ROUND(135.135, -2), ROUND(-2.5), ROUND(2.5), ROUND(-2.555, 2), ROUND(5, 2), ROUND(1.5::FLOAT), ROUND(-1.25::FLOAT, 1), ROUND(NULL), ROUND(150, -2), ROUND(2.5, 0, 'HALF_AWAY_FROM_ZERO');
-- > 135 | 135.14 | 100 | -3 | 3 | -2.56 | 5 | 2.0 | -1.3 | NULL | 200 | 3
SELECT ROUND(2.5, 0, 'HALF_TO_EVEN');
-- ! 000002 (0A000): not supported by the local account: ROUND with the mode HALF_TO_EVEN
SELECT ROUND(1.55, x) FROM (VALUES (1)) t(x);
-- ! 000002 (0A000): not supported by the local account: function ROUND with 2 arguments, or with these
SELECT CEIL(135.135, 1), CEIL(-135.135, 2), CEIL(135.135, -2), CEIL(1.2), CEILING(-1.2), CEIL(5), CEIL(1.2::FLOAT), CEIL(NULL), CEIL(5, 3);
-- > 135.2 | -135.13 | 200 | 2 | -1 | 5 | 2.0 | NULL | 5
SELECT FLOOR(135.135, 1), FLOOR(-135.135, 2), FLOOR(135.135, -2), FLOOR(1.2), FLOOR(-1.2), FLOOR(-1.2::FLOAT), FLOOR(NULL);
-- > 135.1 | -135.14 | 100 | 1 | -2 | -2.0 | NULL
SELECT TRUNC(123.456, 2), TRUNC(-123.456, 2), TRUNC(123.456, -2), TRUNC(-1.9), TRUNCATE(1.99, 1), TRUNC(1.9::FLOAT), TRUNC(NULL);
-- > 123.45 | -123.45 | 100 | -1 | 1.9 | 1.0 | NULL
SELECT TRUNC(x), CEIL(x, 1), FLOOR(x, 1), ROUND(x, 1), ABS(x), SIGN(x) FROM (VALUES (-12.345::NUMBER(10,3)), (0.05), (NULL)) t(x) ORDER BY x;
-- > -12 | -12.3 | -12.4 | -12.3 | 12.345 | -1
-- > 0 | 0.1 | 0.0 | 0.1 | 0.050 | 1
-- > NULL | NULL | NULL | NULL | NULL | NULL
SELECT ABS(-1.50), ABS(-1.5::FLOAT), ABS(-3), ABS(NULL), SIGN(-2.5), SIGN(0), SIGN(NULL);
-- > 1.50 | 1.5 | 3 | NULL | -1 | 0 | NULL
SELECT GREATEST_IGNORE_NULLS(1, NULL, 2.5), GREATEST_IGNORE_NULLS(1::NUMBER, NULL, 2.5), LEAST_IGNORE_NULLS('b', NULL, 'a'), GREATEST_IGNORE_NULLS(NULL, NULL), LEAST_IGNORE_NULLS('2024-01-02'::DATE, '2024-01-01'::DATE), LEAST_IGNORE_NULLS(1.5::FLOAT, 2), GREATEST(1, NULL), LEAST('a', NULL);
-- > 2.5 | 2.5 | a | NULL | 2024-01-01 | 1.5 | NULL | NULL
SELECT GREATEST_IGNORE_NULLS(1, 'a');
-- ! 000002 (0A000): not supported by the local account: function GREATEST_IGNORE_NULLS of number, text: write the arguments with ::<type>
SELECT DIV0(7, 2), DIV0(7, 0), DIV0(7.5, 2), DIV0(1::FLOAT, 0), DIV0(NULL, 0), DIV0(1, NULL), DIV0NULL(7, NULL), DIV0NULL(7, 0), DIV0NULL(7, 2), DIV0NULL(NULL, NULL);
-- > 3.500000 | 0.000000 | 3.7500000 | 0.0 | NULL | NULL | 0.000000 | 0.000000 | 3.500000 | NULL
SELECT DIV0(SUM(x), COUNT(x)) FROM (VALUES (1), (2)) t(x);
-- > 1.500000
SELECT ZEROIFNULL(NULL), ZEROIFNULL(1.5), ZEROIFNULL(1::FLOAT), NULLIFZERO(0.00), NULLIFZERO(2.5), NULLIFZERO(0::FLOAT);
-- > 0 | 1.5 | 1.0 | NULL | 2.5 | NULL
SELECT SQRT(2.25), SQRT(0), SQRT(NULL), CBRT(27), CBRT(-8), EXP(0), LN(1), LOG(2, 8), LOG(10, 1000), LOG(3, 9), SQUARE(1.5), POWER(2, 10), POW(-8, 2), POWER(2, -1), POWER(NULL, 2);
-- > 1.5 | 0.0 | NULL | 3.0 | -2.0 | 1.0 | 0.0 | 3.0 | 3.0 | 2.0 | 2.25 | 1024.0 | 64.0 | 0.5 | NULL
SELECT SQRT(-1);
-- ! 100132 (22003): Invalid floating point operation: sqrt(-1.0)
SELECT LN(0);
-- ! 100132 (22003): Invalid floating point operation: ln(0.0)
SELECT LOG(1, 2);
-- ! 100132 (22003): Invalid floating point operation: log(1.0, 2.0)
SELECT POWER(-8, 0.5);
-- ! 100132 (22003): Invalid floating point operation: pow(-8.0, 0.5)
SELECT PI(), SIN(0), COS(0), TAN(0), ASIN(1), ACOS(1), ATAN(1), ATAN2(1, 1), SINH(0), COSH(0), TANH(0), ASINH(0), ACOSH(1), ATANH(0), DEGREES(PI()), RADIANS(180), ROUND(COT(1), 6);
-- > 3.141592653589793 | 0.0 | 1.0 | 0.0 | 1.5707963267948966 | 0.0 | 0.7853981633974483 | 0.7853981633974483 | 0.0 | 1.0 | 0.0 | 0.0 | 0.0 | 0.0 | 180.0 | 3.141592653589793 | 0.642093
SELECT ACOS(2);
-- ! 100132 (22003): Invalid floating point operation: acos(2.0)
SELECT SIN('a');
-- ! 000002 (0A000): not supported by the local account: function SIN of text: write the arguments with ::<type>
SELECT FACTORIAL(0), FACTORIAL(5), FACTORIAL(33), FACTORIAL(NULL);
-- > 1 | 120 | 8683317618811886495518194401280000000 | NULL
SELECT WIDTH_BUCKET(0.3, 0, 1, 10), WIDTH_BUCKET(-1, 0, 10, 5), WIDTH_BUCKET(10, 0, 10, 5), WIDTH_BUCKET(9.99, 0, 10, 5), WIDTH_BUCKET(NULL, 0, 10, 5);
-- > 4 | 0 | 6 | 5 | NULL
SELECT WIDTH_BUCKET(5, 10, 0, 5);
-- ! 000002 (0A000): not supported by the local account: WIDTH_BUCKET without buckets
SELECT BITAND(5, 3), BITOR(5, 3), BITXOR(5, 3), BITNOT(5), BITNOT(-1), BITSHIFTLEFT(1, 3), BITSHIFTRIGHT(8, 1), GETBIT(5, 2), GETBIT(5, 1), BITAND(NULL, 1), BITAND(-1, 255);
-- > 1 | 7 | 6 | -6 | 0 | 8 | 4 | 1 | 0 | NULL | 255
SELECT BIT_AND(5, 3), BIT_OR(5, 3), BIT_XOR(5, 3), BIT_NOT(5), BIT_SHIFTLEFT(1, 3), BIT_SHIFTRIGHT(8, 1);
-- > 1 | 7 | 6 | -6 | 8 | 4
SELECT BITSHIFTLEFT(-1, 3);
-- ! 000002 (0A000): not supported by the local account: a shift of a negative number, or by more than 62 bits
SELECT UNIFORM(1, 10, 7) BETWEEN 1 AND 10, UNIFORM(3, 3, RANDOM()), UNIFORM(-5, 5, RANDOM()) BETWEEN -5 AND 5, RANDOM() IS NOT NULL;
-- > True | 3 | True | True
SELECT UNIFORM(1.5, 2.5, RANDOM());
-- ! 000002 (0A000): not supported by the local account: UNIFORM between other than whole numbers
SELECT RANDOM(1);
-- ! 000002 (0A000): not supported by the local account: RANDOM with a seed
SELECT BOOLAND(1, 0), BOOLAND(0, NULL), BOOLAND(1, NULL), BOOLOR(0, 2), BOOLOR(0, NULL), BOOLXOR(1, 1), BOOLXOR(1, 0), BOOLNOT(0), BOOLNOT(0.4), BOOLNOT(0.6), BOOLAND(TRUE, 1);
-- > False | False | NULL | True | NULL | False | True | True | True | False | True
SELECT DECODE(2, 1, 'a', 2, 'b', 'c'), DECODE(3, 1, 'a', 2, 'b', 'c'), DECODE(3, 1, 'a'), DECODE(NULL, NULL, 'n', 'x'), DECODE('a', 'a', 1, 'b', 2.5);
-- > b | c | NULL | n | 1.0
SELECT DECODE(1, 'a', 2);
-- ! 000002 (0A000): not supported by the local account: DECODE of values of several kinds: write them with ::<type>
SELECT DECODE(1, 1, 'a', 2, 3);
-- ! 000002 (0A000): not supported by the local account: DECODE of values of several kinds: write them with ::<type>
-- a quotient is rounded as such, not as the float next to it
SELECT 1/2000000, 3/2000000, 4000001/2000000, -3/2000000, 12345678901234567 / 10, 99999999999 / 7, 1.5::NUMBER(38,10) / 3, 10 / 4 / 2 / 3;
-- > 0.000001 | 0.000002 | 2.000001 | -0.000002 | 1234567890123456.700000 | 14285714285.571429 | 0.500000000000 | 0.416666666667
SELECT SUM(CASE WHEN a <> b THEN 1 ELSE 0 END) FROM (SELECT (2 * n + 1) / 2000000 AS a, (n + 1)::NUMBER(38,6) * 0.000001 AS b FROM (SELECT ROW_NUMBER() OVER (ORDER BY 1) - 1 AS n FROM TABLE(GENERATOR(ROWCOUNT => 20000))));
-- > 0
SELECT AVG(x), AVG(DISTINCT x), SUM(x) / COUNT(x) FROM (VALUES (9999999999), (1), (1), (NULL)) t(x);
-- > 3333333333.666667 | 5000000000.000000 | 3333333333.666667
SELECT AVG(x) OVER (PARTITION BY x), AVG(x) OVER (ORDER BY x) FROM (VALUES (1), (2), (4)) t(x) ORDER BY x;
-- > 1.000000 | 1.000000
-- > 2.000000 | 1.500000
-- > 4.000000 | 2.333333
SELECT 0/0;
-- ! 100051
SELECT 99999999999999999999999999999999999999 / 3;
-- ! not supported
SELECT 2147483647 + 1, 3000000000 * 3000000000 * 10, 1 + 1, 2 * 3, 5 - 7;
-- > 2147483648 | 90000000000000000000 | 2 | 6 | -2
SELECT COUNT(t.*) FROM (VALUES (1)) t(x);
-- ! not supported
-- rows and subqueries are compared with all digits
SELECT 2::NUMBER IN (SELECT 1.5), 2::NUMBER = (SELECT 1.5), 1.5 IN (SELECT 2::NUMBER), 2::NUMBER NOT IN (SELECT 1.5), 2::NUMBER = ANY (SELECT 1.5), 2::NUMBER >= ALL (SELECT 1.5), 2::NUMBER IN (SELECT 1.5 UNION SELECT 2);
-- > False | False | False | True | False | True | True
SELECT (2::NUMBER, 1) = (1.5, 1), (2::NUMBER, 'a') IN ((1.5, 'a'), (2.0, 'a')), 1 IN (SELECT 1::FLOAT), NULL IN (SELECT 1.5);
-- > False | True | True | NULL
SELECT 1 WHERE (2::NUMBER, 'a') IN (SELECT 1.5, 'a');
-- > (no rows)
SELECT 1 WHERE (2::NUMBER, 'a') IN (SELECT 2.0, 'a');
-- > 1
CREATE TABLE n (a NUMBER(38,0), b NUMBER(10,4), f FLOAT);
INSERT INTO n VALUES (2, 1.5, 1.5);
SELECT a FROM n WHERE a IN (SELECT b FROM n);
-- > (no rows)
SELECT n1.a FROM n n1 JOIN n n2 ON n1.a = n2.b;
-- > (no rows)
SELECT NVL(a, b), IFF(a > b, a, b), a + b, a * b, a / b, b / a, a - b, MOD(a, b), GREATEST(a, b), a % 2 FROM n;
-- > 2.0000 | 2.0000 | 3.5000 | 3.0000 | 1.333333 | 0.7500000000 | 0.5000 | 0.5000 | 2.0000 | 0
SELECT a FROM n INTERSECT SELECT b FROM n;
-- > (no rows)
SELECT a FROM n EXCEPT SELECT b FROM n;
-- > 2.0000
