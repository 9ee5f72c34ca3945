SELECT PARSE_JSON('{"a":1}'):a::INT;
-- > 1
SELECT PARSE_JSON('{"a":"x"}'):a::STRING;
-- > x
SELECT PARSE_JSON('{"a":"x"}'):a;
-- > "x"
SELECT PARSE_JSON('{"a":null}'):a;
-- > null
SELECT PARSE_JSON('{"a":null}'):a::STRING;
-- > NULL
SELECT PARSE_JSON('{"a":null}'):a IS NULL;
-- > False
SELECT PARSE_JSON('{"a":1}'):b;
-- > NULL
SELECT PARSE_JSON('{"a":1}'):b IS NULL;
-- > True
SELECT PARSE_JSON('{"a":1}'):A;
-- > NULL
SELECT PARSE_JSON('{"a":{"b":[1,2]}}'):a.b[1]::INT;
-- > 2
SELECT PARSE_JSON('{"a b":1}'):"a b"::INT;
-- > 1
SELECT PARSE_JSON('{"a":{"b":2}}')['a']['b']::INT;
-- > 2
SELECT PARSE_JSON('[1,2,3]')[0]::INT;
-- > 1
SELECT PARSE_JSON('[1,2,3]')[9];
-- > NULL
SELECT PARSE_JSON('[1,2,3]')[-1];
-- ! 000002 (0A000): not supported by the local account: an element by a computed key
SELECT PARSE_JSON('{"a":"12.6"}'):a::NUMBER;
-- > 13
SELECT PARSE_JSON('{"a":12.6}'):a::NUMBER;
-- > 13
SELECT PARSE_JSON('{"a":12.6}'):a::NUMBER(10,2);
-- > 12.60
SELECT PARSE_JSON('{"a":true}'):a::BOOLEAN;
-- > True
SELECT PARSE_JSON('{"a":true}'):a::STRING;
-- > true
SELECT PARSE_JSON('{"a":"2024-01-02"}'):a::DATE;
-- > 2024-01-02
SELECT PARSE_JSON('{"a":"2024-01-02T03:04:05Z"}'):a::TIMESTAMP_NTZ;
-- > 2024-01-02 03:04:05
SELECT PARSE_JSON('{"a":{"b":1}}'):a::STRING;
-- > {"b":1}
SELECT PARSE_JSON('{"a":[1,2]}'):a::STRING;
-- > [1,2]
SELECT PARSE_JSON('{"a":"abc"}'):a::NUMBER;
-- ! 100038
SELECT PARSE_JSON('x');
-- ! 100069
SELECT TRY_PARSE_JSON('x');
-- > NULL
SELECT PARSE_JSON(NULL);
-- > NULL
SELECT PARSE_JSON('');
-- > NULL
SELECT PARSE_JSON('null');
-- > null
SELECT PARSE_JSON('{"a":1,"a":2}');
-- ! 100069
SELECT PARSE_JSON('{"a":1,"a":2}', 'd');
-- ! not supported
SELECT TRY_PARSE_JSON('[{"a":{"b":1,"b":1}}]');
-- > NULL
SELECT PARSE_JSON('[{"a":1,"b":{"a":1}},{"a":1,"a.b":2}]')::STRING;
-- > [{"a":1,"b":{"a":1}},{"a":1,"a.b":2}]
SELECT PARSE_JSON('{"b":1,"a":2}')::STRING;
-- > {"b":1,"a":2}
-- snowflake differs: the keys of an object come in alphabetical order
SELECT PARSE_JSON('{"a":"x"}'):a = 'x';
-- ! not supported
SELECT PARSE_JSON('{"a":1}'):a + 1;
-- ! not supported
SELECT PARSE_JSON('{"a":1}'):a IN (1);
-- ! not supported
SELECT PARSE_JSON('{"a":1}'):a || 'x';
-- > 1x
SELECT LENGTH(PARSE_JSON('{"a":1}'):a);
-- ! not supported
SELECT UPPER(PARSE_JSON('{"a":"x"}'):a);
-- ! not supported
SELECT COALESCE(PARSE_JSON('{"a":"x"}'):a, 'y');
-- ! not supported
SELECT NVL(PARSE_JSON('{"a":"x"}'):a::STRING, 'y');
-- > x
SELECT CASE PARSE_JSON('{"a":"x"}'):a WHEN 'x' THEN 1 END;
-- ! not supported
SELECT IFF(PARSE_JSON('{"a":true}'):a, 1, 2);
-- ! not supported
SELECT CASE WHEN PARSE_JSON('{"a":true}'):a THEN 1 END;
-- ! not supported
SELECT SPLIT_PART(PARSE_JSON('{"a":"x.y"}'):a, '.', 1);
-- ! not supported
SELECT CONCAT(PARSE_JSON('{"a":"x"}'):a, 'y');
-- > xy
SELECT REPLACE(PARSE_JSON('{"a":"x"}'):a, 'x', 'y');
-- ! not supported
SELECT TO_DATE(PARSE_JSON('{"a":"2024-01-02"}'):a);
-- > 2024-01-02
SELECT REGEXP_LIKE(PARSE_JSON('{"a":"x"}'):a, 'x');
-- ! not supported
SELECT ABS(PARSE_JSON('{"a":1}'):a);
-- ! not supported
SELECT ROUND(PARSE_JSON('{"a":1.5}'):a);
-- ! not supported
SELECT GREATEST(PARSE_JSON('{"a":1}'):a, 2);
-- ! not supported
SELECT -PARSE_JSON('{"a":1}'):a;
-- ! not supported
SELECT DATEADD(DAY, 1, PARSE_JSON('{"a":"2024-01-02"}'):a);
-- ! not supported
SELECT NULLIF(PARSE_JSON('{"a":1}'):a, 1);
-- ! not supported
SELECT NOT PARSE_JSON('{"a":true}'):a;
-- ! not supported
SELECT PARSE_JSON('{"a":true}'):a AND TRUE;
-- ! not supported
SELECT EQUAL_NULL(PARSE_JSON('{"a":1}'):a, 1);
-- ! not supported
SELECT PARSE_JSON('{"a":1}'):a IS NOT DISTINCT FROM 1;
-- ! not supported
SELECT v:a FROM (SELECT PARSE_JSON('{"a":1}') AS v) ORDER BY v:a;
-- ! not supported
SELECT v:a, COUNT(*) FROM (SELECT PARSE_JSON('{"a":1}') AS v) GROUP BY v:a;
-- > 1 | 1
SELECT SUM(v:a) FROM (SELECT PARSE_JSON('{"a":1}') AS v);
-- ! not supported
SELECT MAX(v:a) FROM (SELECT PARSE_JSON('{"a":1}') AS v);
-- ! not supported
SELECT 1 FROM (SELECT PARSE_JSON('{"a":true}') AS v) WHERE v:a;
-- ! not supported
SELECT 1 FROM (SELECT PARSE_JSON('{"a":1}') AS v) JOIN (SELECT 1 AS x) ON v:a = x;
-- ! not supported
SELECT DISTINCT v:a FROM (SELECT PARSE_JSON('{"a":1}') AS v);
-- > 1
SELECT LISTAGG(v:a, ',') FROM (SELECT PARSE_JSON('{"a":"x"}') AS v);
-- ! not supported
SELECT ARRAY_SIZE(PARSE_JSON('[1,2]'));
-- > 2
SELECT ARRAY_SIZE(PARSE_JSON('{"a":1}'));
-- > NULL
SELECT ARRAY_SIZE(NULL);
-- > NULL
SELECT ARRAY_SIZE(ARRAY_CONSTRUCT());
-- > 0
SELECT ARRAY_CONSTRUCT(1, 'a')::STRING;
-- > [1,"a"]
SELECT ARRAY_CONSTRUCT(1, NULL)::STRING;
-- ! NULL as an element
SELECT [1, 2]::STRING;
-- > [1,2]
SELECT OBJECT_CONSTRUCT('b', 1, 'a', 'x')::STRING;
-- > {"a":"x","b":1}
SELECT OBJECT_CONSTRUCT('a', NULL)::STRING;
-- > {}
SELECT OBJECT_CONSTRUCT()::STRING;
-- > {}
SELECT OBJECT_CONSTRUCT('a', PARSE_JSON('null'))::STRING;
-- > {"a":null}
SELECT OBJECT_CONSTRUCT('a', DATE '2024-01-02')::STRING;
-- > {"a":"2024-01-02"}
SELECT OBJECT_CONSTRUCT('a', 1.50)::STRING;
-- > {"a":1.5}
SELECT OBJECT_CONSTRUCT('a', TRUE)::STRING;
-- > {"a":true}
SELECT OBJECT_CONSTRUCT('t', '2024-01-02 03:04:05'::TIMESTAMP)::STRING;
-- > {"t":"2024-01-02 03:04:05.000"}
SELECT OBJECT_CONSTRUCT_KEEP_NULL('a', NULL)::STRING;
-- ! 000002 (0A000): not supported by the local account: function JSONOBJECT ("OBJECT_CONSTRUCT_KEEP_NULL('a', NULL)")
SELECT OBJECT_CONSTRUCT(*) FROM (SELECT 1 AS a);
-- ! not supported
SELECT {'a': 1}::STRING;
-- ! 000002 (0A000): not supported by the local account: OBJECT_CONSTRUCT with a computed key, or an object written {…}
SELECT GET(PARSE_JSON('[5,6]'), 1)::INT;
-- > 6
SELECT GET(PARSE_JSON('{"a":5}'), 'a')::INT;
-- > 5
SELECT GET_PATH(PARSE_JSON('{"a":{"b":5}}'), 'a.b')::INT;
-- > 5
SELECT SPLIT('a,b', ',')::STRING;
-- > ["a","b"]
SELECT SPLIT('a,b', ',')[1]::STRING;
-- > b
SELECT SPLIT(NULL, ',');
-- > NULL
SELECT SPLIT('ab', '')[0]::STRING;
-- > ab
SELECT TYPEOF(PARSE_JSON('1'));
-- > INTEGER
SELECT TYPEOF(PARSE_JSON('1.5'));
-- > DECIMAL
SELECT TYPEOF(PARSE_JSON('"a"'));
-- > VARCHAR
SELECT TYPEOF(PARSE_JSON('null'));
-- > NULL_VALUE
SELECT TYPEOF(PARSE_JSON('[]'));
-- > ARRAY
SELECT TYPEOF(PARSE_JSON('{}'));
-- > OBJECT
SELECT TYPEOF(PARSE_JSON('true'));
-- > BOOLEAN
SELECT TYPEOF(NULL);
-- > NULL
SELECT IS_NULL_VALUE(PARSE_JSON('{"a":null}'):a);
-- > True
SELECT IS_NULL_VALUE(PARSE_JSON('{"a":1}'):a);
-- > False
SELECT IS_NULL_VALUE(PARSE_JSON('{"a":1}'):b);
-- > NULL
SELECT TO_JSON(PARSE_JSON('{"a": 1}'));
-- > {"a":1}
SELECT OBJECT_KEYS(PARSE_JSON('{"a":1}'))::STRING;
-- ! 000002 (0A000): not supported by the local account: function JSONKEYS ('OBJECT_KEYS(PARSE_JSON(\'{"a":1}\'))')
SELECT OBJECT_INSERT(OBJECT_CONSTRUCT(), 'a', 1)::STRING;
-- ! not supported
SELECT ARRAY_CONTAINS(1::VARIANT, ARRAY_CONSTRUCT(1));
-- ! not supported
SELECT ARRAY_DISTINCT(ARRAY_CONSTRUCT(1, 1));
-- ! not supported
SELECT ARRAY_CAT(ARRAY_CONSTRUCT(1), ARRAY_CONSTRUCT(2))::STRING;
-- ! not supported
SELECT ARRAY_APPEND(ARRAY_CONSTRUCT(1), 2);
-- ! not supported
SELECT ARRAY_SLICE(ARRAY_CONSTRUCT(1, 2), 0, 1);
-- ! not supported
SELECT AS_INTEGER(PARSE_JSON('1'));
-- ! not supported
SELECT IS_INTEGER(PARSE_JSON('1'));
-- ! not supported
SELECT TO_OBJECT(PARSE_JSON('{}'));
-- ! not supported
SELECT ARRAY_AGG(x)::STRING FROM (VALUES (1), (NULL)) AS t(x);
-- > [1]
SELECT ARRAY_AGG(x)::STRING FROM (SELECT 'a' AS x);
-- > ["a"]
SELECT ARRAY_AGG(x) FROM (SELECT 1 AS x WHERE FALSE);
-- > []
SELECT OBJECT_AGG(k, v) FROM (SELECT 'a' AS k, 1::VARIANT AS v);
-- ! not supported
SELECT f.value::INT, f.index FROM (SELECT PARSE_JSON('[5,6]') AS v) t, LATERAL FLATTEN(input => t.v) f ORDER BY 2;
-- > 5 | 0
-- > 6 | 1
SELECT f.key, f.value::INT FROM (SELECT PARSE_JSON('{"b":1,"a":2}') AS v) t, LATERAL FLATTEN(input => t.v) f ORDER BY 1;
-- > a | 2
-- > b | 1
SELECT f.key FROM (SELECT PARSE_JSON('{"b":1,"a":2}') AS v) t, LATERAL FLATTEN(input => t.v) f;
-- > a
-- > b
SELECT f.path FROM (SELECT PARSE_JSON('[5]') AS v) t, LATERAL FLATTEN(input => t.v) f;
-- > [0]
SELECT COUNT(*) FROM (SELECT PARSE_JSON('[]') AS v) t, LATERAL FLATTEN(input => t.v) f;
-- > 0
SELECT f.value FROM (SELECT PARSE_JSON('[]') AS v) t, LATERAL FLATTEN(input => t.v, OUTER => TRUE) f;
-- > NULL
SELECT COUNT(*) FROM (SELECT NULL::VARIANT AS v) t, LATERAL FLATTEN(input => t.v) f;
-- > 0
SELECT f.value FROM TABLE(FLATTEN(input => PARSE_JSON('[1]'))) f;
-- > 1
SELECT VALUE FROM TABLE(FLATTEN(PARSE_JSON('[1]')));
-- > 1
SELECT f.value:x::INT FROM (SELECT PARSE_JSON('{"items":[{"x":1}]}') AS v) t, LATERAL FLATTEN(input => t.v:items) f;
-- > 1
SELECT f.value FROM (SELECT PARSE_JSON('{"a":[1]}') AS v) t, LATERAL FLATTEN(input => t.v, RECURSIVE => TRUE) f;
-- > [\n  1\n]
-- > 1
SELECT f.value FROM (SELECT PARSE_JSON('{"a":[1]}') AS v) t, LATERAL FLATTEN(input => t.v, PATH => 'a') f;
-- > 1
SELECT f.value FROM (SELECT PARSE_JSON('{"a":[1]}') AS v) t, LATERAL FLATTEN(input => t.v, MODE => 'ARRAY') f;
-- > (no rows)
SELECT f.value::STRING FROM (SELECT SPLIT('a,b', ',') AS v) t, LATERAL FLATTEN(input => t.v) f;
-- > a
-- > b
SELECT f.value FROM (SELECT PARSE_JSON('{"a\\"b":1}') AS v) t, LATERAL FLATTEN(input => t.v) f;
-- > 1
SELECT * FROM TABLE(SPLIT_TO_TABLE('a,b', ','));
-- > 1 | 1 | a
-- > 1 | 2 | b
SELECT f.value = 'a' FROM (SELECT SPLIT('a,b', ',') AS v) t, LATERAL FLATTEN(input => t.v) f;
-- ! not supported
SELECT x::STRING FROM (SELECT f.value AS x FROM (SELECT SPLIT('a,b', ',') AS v) t, LATERAL FLATTEN(input => t.v) f);
-- > a
-- > b
SELECT UPPER(f.key), f.index / 1 FROM TABLE(FLATTEN(input => PARSE_JSON('{"a":1}'))) f;
-- > A | NULL
SELECT g.value::INT FROM (SELECT PARSE_JSON('[[1,2],[3]]') AS v) t, LATERAL FLATTEN(input => t.v) f, LATERAL FLATTEN(input => f.value) g;
-- > 1
-- > 2
-- > 3
SELECT f.value::INT + 1 FROM TABLE(FLATTEN(input => PARSE_JSON('[null, 5]'))) f WHERE NOT IS_NULL_VALUE(f.value);
-- > 6
SELECT COUNT(*) FROM TABLE(FLATTEN(input => PARSE_JSON('[null, 5]'))) f WHERE f.value IS NULL;
-- > 0
SELECT f.this::STRING FROM TABLE(FLATTEN(input => PARSE_JSON('[5]'))) f;
-- > [5]
