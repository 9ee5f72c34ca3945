SELECT 1 = 1, 1 <> 2, 1 != 1, 1 < 2, 1 <= 1, 2 > 1, 2 >= 3, NULL = NULL, NULL <> 1, 1 <= NULL;
-- > True | True | False | True | True | True | False | NULL | NULL | NULL
SELECT 'a' = 'a', 'a' < 'b', 'B' < 'a', 'a' <= 'a', '' = ' ', 'a' >= 'b', 'a' = 'A';
-- > True | True | True | True | False | False | False
SELECT '2024-01-01'::DATE = '2024-01-01', '2024-01-01'::DATE < '2024-01-01 00:00:01'::TIMESTAMP, '10:00:00'::TIME < '11:00:00'::TIME, TRUE = FALSE, TRUE > FALSE, 1.50 = 1.5, 1 = 1.0::FLOAT;
-- > True | True | True | False | True | True | True
SELECT TRUE AND NULL, FALSE AND NULL, TRUE OR NULL, FALSE OR NULL, NOT NULL, NOT TRUE, NULL AND NULL;
-- > NULL | False | True | NULL | NULL | False | NULL
SELECT NULL IS NULL, 1 IS NOT NULL, NULL IS DISTINCT FROM 1, NULL IS NOT DISTINCT FROM NULL, EQUAL_NULL(1, NULL), EQUAL_NULL('a', 'a'), TRUE IS TRUE, NULL IS NOT TRUE;
-- > True | True | True | True | False | True | True | True
SELECT 2 BETWEEN 1 AND 3, 'b' BETWEEN 'a' AND 'c', 2 NOT BETWEEN 3 AND 4, NULL BETWEEN 1 AND 2, 1 IN (1, 2), 1 NOT IN (2, NULL), 'a' IN ('b');
-- > True | True | True | NULL | True | NULL | False
SELECT 1 + 2 * 3, (1 + 2) * 3, 7 % 4, -(-2), 5 - 7, 1.5 + 1, 10 / 4, NULL + 1, 2 * -3;
-- > 7 | 9 | 3 | 2 | -2 | 2.5 | 2.500000 | NULL | -6
SELECT 'a' || 'b' || 1, 'a' || NULL, 'a' LIKE 'A', 'a' ILIKE 'A', 'a%' LIKE 'a!%' ESCAPE '!', 'a' NOT LIKE 'b', 'a' RLIKE '[ab]', 'ab' NOT RLIKE 'a';
-- > ab1 | NULL | False | True | True | True | True | True
SELECT TRUE XOR FALSE;
-- ! 001003 (42000): SQL compilation error: syntax error: Invalid expression / Unexpected token. Line 1, Col: 15
SELECT 5 & 3;
-- !
SELECT 'a' ~ 'b';
-- !
SELECT 'a' = 1;
-- ! not supported
SELECT 1 + TRUE;
-- ! not supported
SELECT MOD(1, 2, 3);
-- ! 000939 (22023): SQL compilation error: too many arguments for function [MOD(1, 2, 3)] expected 2, got 3
SELECT NVL(1);
-- ! 000938 (22023): SQL compilation error: not enough arguments for function [NVL(1)], expected 2, got 1
SELECT IFF(TRUE, 1);
-- ! 000938
SELECT ROW_NUMBER(1) OVER (ORDER BY 1);
-- ! 000939
SELECT COUNT();
-- ! not supported by the local account: function COUNT
SELECT MAX(1, 2);
-- ! not supported by the local account: function MAX
SELECT CURRENT_DATE(1);
-- ! 000939
