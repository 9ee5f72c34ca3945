-- v:a and v['a'] are VARIANTs wherever they go: a cast takes the value out of its JSON
CREATE TABLE j (id INT, v VARIANT);
INSERT INTO j SELECT 1, PARSE_JSON('{"a": "x", "b": "y", "n": 10, "s": "5", "z": null, "items": [{"sku": "s1"}]}') UNION ALL SELECT 2, PARSE_JSON('{"n": 9}') UNION ALL SELECT 3, PARSE_JSON('{"n": 2.4}');
WITH c AS (SELECT v:a AS x, v['b'] AS y FROM j) SELECT x::VARCHAR, y::VARCHAR FROM c WHERE x::VARCHAR = 'x';
-- > x | y
WITH items AS (SELECT f.value:sku AS sku FROM j, LATERAL FLATTEN(INPUT => v:items) f) SELECT sku::VARCHAR, sku || '!' FROM items;
-- > s1 | s1!
SELECT x::VARCHAR FROM (SELECT v:a AS x FROM j UNION SELECT v:b FROM j) ORDER BY 1;
-- > x
-- > y
-- > NULL
SELECT COALESCE(v:c, v:b)::VARCHAR, IFF(TRUE, v:a, v:b)::VARCHAR, CASE WHEN TRUE THEN v:a END::VARCHAR, DECODE(1, 1, v:a)::VARCHAR, NVL(v:a, v:b)::VARCHAR, COALESCE(v:z, v:b)::VARCHAR FROM j WHERE id = 1;
-- > y | x | x | x | x | NULL
SELECT ANY_VALUE(v:a)::VARCHAR, MIN_BY(v:a, id)::VARCHAR, (SELECT v:a FROM j WHERE id = 1)::VARCHAR FROM j;
-- > x | x | x
SELECT LAG(v:a) OVER (ORDER BY id)::VARCHAR FROM j ORDER BY id;
-- > NULL
-- > x
-- > NULL
WITH c AS (SELECT id, v:n AS x, v:s AS s FROM j) SELECT id, x > 2, x = 2, s = '5', s IN ('5', '7') FROM c ORDER BY id;
-- > 1 | True | False | True | True
-- > 2 | True | False | NULL | NULL
-- > 3 | True | False | NULL | NULL
WITH c AS (SELECT id, v:n AS x FROM j) SELECT id FROM c ORDER BY x;
-- ! a VARIANT in '"C"."X"' without a cast
WITH c AS (SELECT v:n AS x FROM j) SELECT MAX(x) FROM c;
-- ! a VARIANT in 'MAX("C"."X")' without a cast
SELECT COALESCE(v:a, v:b) = 'x' FROM j WHERE id = 1;
-- > True
CREATE STREAM st ON TABLE j;
INSERT INTO j SELECT 4, PARSE_JSON('{"a": "new"}');
WITH c AS (SELECT v:a AS x FROM st) SELECT x::VARCHAR FROM c;
-- > new
CREATE TABLE made AS SELECT v:a AS x, COALESCE(v:b, v:a) AS y FROM j WHERE id = 1;
SELECT x::VARCHAR, y::VARCHAR FROM made;
-- > x | y
MERGE INTO made USING (SELECT v:a AS a FROM j WHERE id = 1) s ON made.x::VARCHAR = s.a::VARCHAR WHEN MATCHED THEN UPDATE SET y = s.a;
-- > 1
SELECT y::VARCHAR FROM made;
-- > x

-- the columns of a lateral subquery have its types, and NVL2 that of its results
CREATE TABLE typed (id INT, v VARIANT, ts TIMESTAMP, b BINARY, n NUMBER(10, 2), tz TIMESTAMP_TZ);
INSERT INTO typed SELECT 1, PARSE_JSON('{"a": "x"}'), '2024-01-05 10:00:00'::TIMESTAMP, TO_BINARY('6162'), 2.5, '2024-01-05 10:00:00 +02:00'::TIMESTAMP_TZ;
SELECT l.ts::VARCHAR, l.b::VARCHAR, l.a::VARCHAR, l.v:a::VARCHAR, l.n / 2, ROUND(l.n), l.tz::VARCHAR
FROM typed, LATERAL (SELECT i.ts, i.b, i.v:a AS a, i.v, i.n, i.tz FROM typed i WHERE i.id = typed.id) l;
-- > 2024-01-05 10:00:00.000 | 6162 | x | x | 1.25000000 | 3 | 2024-01-05 10:00:00.000 +0200
SELECT NVL2(ts, ts, NULL)::VARCHAR, NVL2(b, b, b)::VARCHAR, NVL2(v:a, v:a, NULL)::VARCHAR, NVL2(NULL, 1, 2.5) FROM typed;
-- > 2024-01-05 10:00:00.000 | 6162 | x | 2.5

-- a star is a key like others; the engine takes it for all of them
SELECT TYPEOF(v['*']) FROM typed;
-- ! the key '*': a star is every key to the engine
SELECT TYPEOF(v:"*") FROM typed;
-- ! a star is every key to the engine
