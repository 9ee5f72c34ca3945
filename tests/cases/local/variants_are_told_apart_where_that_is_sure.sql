-- An object has its keys in any order, 1.0 is 1: the engine would tell their texts apart.
CREATE TABLE j (i INT, v VARIANT);
INSERT INTO j SELECT 1, PARSE_JSON('{"a":1,"b":"x"}') UNION ALL SELECT 2, PARSE_JSON('{ "b" : "x", "a" : 1 }')
  UNION ALL SELECT 3, PARSE_JSON('1') UNION ALL SELECT 4, PARSE_JSON('1.0');
SELECT COUNT(*) FROM (SELECT DISTINCT v FROM j);
-- ! not supported by the local account: telling VARIANTs apart
SELECT v, COUNT(*) FROM j GROUP BY v;
-- ! telling VARIANTs apart
SELECT v FROM j WHERE i = 1 UNION SELECT v FROM j WHERE i = 2;
-- ! telling VARIANTs apart
SELECT v FROM j INTERSECT SELECT v FROM j;
-- ! telling VARIANTs apart
SELECT COUNT(DISTINCT v) FROM j WHERE i > 2;
-- ! telling VARIANTs apart
SELECT ROW_NUMBER() OVER (PARTITION BY v ORDER BY i) FROM j;
-- ! telling VARIANTs apart
SELECT COUNT(DISTINCT PARSE_JSON('"\\u0078"'));
-- ! telling VARIANTs apart
SELECT i FROM j WHERE (i, v) IN (SELECT i, v FROM j);
-- ! a VARIANT in a row that is looked for
SELECT v:a, v:b, COUNT(*) FROM j GROUP BY v:a, v:b HAVING v:a IS NOT NULL;
-- > 1 | "x" | 2
SELECT DISTINCT v:b FROM j WHERE i < 3;
-- > "x"
SELECT v:a AS a FROM j WHERE i < 3 UNION SELECT v:a FROM j WHERE i < 3;
-- > 1
SELECT i, ROW_NUMBER() OVER (PARTITION BY v:a ORDER BY i) FROM j WHERE i < 3 ORDER BY i;
-- > 1 | 1
-- > 2 | 2
SELECT COUNT(*) FROM (SELECT v FROM j UNION ALL SELECT v FROM j);
-- > 8
