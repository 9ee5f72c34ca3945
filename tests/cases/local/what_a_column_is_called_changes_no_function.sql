-- in the engine a column takes the place of a parameter of the same name in a function of lists
CREATE TABLE t (e INT, x INT, i INT, n INT, k INT, v VARIANT, j INT, s VARCHAR, token VARCHAR, part INT, a ARRAY, b INT);
INSERT INTO t SELECT 7, 8, 9, 10, 11, PARSE_JSON('{"p":1,"q":null}'), 12, 'a,b', 'zz', 13, ARRAY_CONSTRUCT(3, 2, 3), 14;
SELECT ARRAY_TO_STRING(ARRAY_COMPACT(PARSE_JSON('[1,null,2]')::ARRAY), ','), ARRAY_TO_STRING(ARRAY_DISTINCT(a), ','), ARRAY_TO_STRING(ARRAY_REMOVE(a, 3::VARIANT), ',') FROM t;
-- > 1,2 | 3,2 | 2
SELECT ARRAY_TO_STRING(OBJECT_KEYS(v), ','), ARRAY_TO_STRING(OBJECT_KEYS(OBJECT_DELETE(v::OBJECT, 'p')), ','), ARRAY_TO_STRING(OBJECT_KEYS(OBJECT_PICK(v::OBJECT, 'p')), ',') FROM t;
-- > p,q | q | p
SELECT OBJECT_CONSTRUCT('k', NULL, 'l', e):l::INT, OBJECT_CONSTRUCT_KEEP_NULL('k', NULL)::VARCHAR, OBJECT_INSERT(v::OBJECT, 'r', x):r::INT FROM t;
-- > 7 | {"k":null} | 8
SELECT INITCAP('hello world'), STRTOK('a b', ' ', 2), REGEXP_COUNT(s, '[ab]'), ARRAY_POSITION(2::VARIANT, a), ARRAYS_OVERLAP(a, ARRAY_CONSTRUCT(2)) FROM t;
-- > Hello World | b | 2 | 1 | True
SELECT ARRAY_TO_STRING(ARRAY_FLATTEN(ARRAY_CONSTRUCT(a, ARRAY_CONSTRUCT(x))), ','), ARRAY_TO_STRING(ARRAY_CONSTRUCT_COMPACT(NULL, b), ',') FROM t;
-- > 3,2,3,8 | 14
SELECT ARRAY_TO_STRING(ARRAY_AGG(DISTINCT e) WITHIN GROUP (ORDER BY e), ',') FROM t;
-- > 7
SELECT f.index, f.value FROM t, LATERAL FLATTEN(a) f ORDER BY 1;
-- > 0 | 3
-- > 1 | 2
-- > 2 | 3
SELECT f.key, f.value FROM t, LATERAL FLATTEN(v) f ORDER BY 1;
-- > p | 1
-- > q | null
SELECT f.index, f.value FROM t, LATERAL SPLIT_TO_TABLE(s, ',') f ORDER BY 1;
-- > 1 | a
-- > 2 | b
SELECT f.index, f.value FROM t, TABLE(STRTOK_SPLIT_TO_TABLE(token || ' yy', ' ')) f ORDER BY 1;
-- > 1 | zz
-- > 2 | yy
CREATE TABLE u (__each INT);
-- ! a column named __EACH

-- what other dialects make of these words before a bracket
CREATE TABLE makers (list ARRAY, map VARIANT, struct OBJECT);
INSERT INTO makers SELECT ARRAY_CONSTRUCT(1, 2), PARSE_JSON('[5]'), OBJECT_CONSTRUCT('a', 3);
SELECT list[1], m.map[0], struct['a'] FROM makers m;
-- > 2 | 5 | 3
