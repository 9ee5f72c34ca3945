-- FLATTEN, after the examples of Snowflake's reference
SELECT * FROM TABLE(FLATTEN(INPUT => PARSE_JSON('[1, 77]'))) f ORDER BY f.index;
-- > 1 | NULL | [0] | 0 | 1 | [\n  1,\n  77\n]
-- > 1 | NULL | [1] | 1 | 77 | [\n  1,\n  77\n]
SELECT * FROM TABLE(FLATTEN(INPUT => PARSE_JSON('{"a":1, "b":[77,88]}'), OUTER => TRUE)) f ORDER BY f.key;
-- > 1 | a | a | NULL | 1 | {\n  "a": 1,\n  "b": [\n    77,\n    88\n  ]\n}
-- > 1 | b | b | NULL | [\n  77,\n  88\n] | {\n  "a": 1,\n  "b": [\n    77,\n    88\n  ]\n}
SELECT * FROM TABLE(FLATTEN(INPUT => PARSE_JSON('{"a":1, "b":[77,88]}'), PATH => 'b')) f ORDER BY f.index;
-- > 1 | NULL | b[0] | 0 | 77 | [\n  77,\n  88\n]
-- > 1 | NULL | b[1] | 1 | 88 | [\n  77,\n  88\n]
SELECT * FROM TABLE(FLATTEN(INPUT => PARSE_JSON('[]'))) f;
-- > (no rows)
SELECT * FROM TABLE(FLATTEN(INPUT => PARSE_JSON('[]'), OUTER => TRUE)) f;
-- > 1 | NULL |  | NULL | NULL | []
SELECT f.path, f.key, f.index, f.value::STRING FROM TABLE(FLATTEN(INPUT => PARSE_JSON('{"a":1, "b":[77,88], "c": {"d":"X"}}'), RECURSIVE => TRUE)) f ORDER BY f.path;
-- > a | a | NULL | 1
-- > b | b | NULL | [77,88]
-- > b[0] | NULL | 0 | 77
-- > b[1] | NULL | 1 | 88
-- > c | c | NULL | {"d":"X"}
-- > c.d | d | NULL | X
SELECT f.path FROM TABLE(FLATTEN(INPUT => PARSE_JSON('{"a":1, "b":[77,88], "c": {"d":"X"}}'), RECURSIVE => TRUE, MODE => 'OBJECT')) f ORDER BY f.path;
-- > a
-- > b
-- > c
-- > c.d
SELECT f.path FROM TABLE(FLATTEN(INPUT => PARSE_JSON('[[1, {"a": 2}], 3]'), RECURSIVE => TRUE, MODE => 'ARRAY')) f ORDER BY f.path;
-- > [0]
-- > [0][0]
-- > [0][1]
-- > [1]
SELECT f.path FROM TABLE(FLATTEN(INPUT => PARSE_JSON('{"a":1}'), MODE => 'ARRAY')) f;
-- > (no rows)
SELECT f.path FROM TABLE(FLATTEN(INPUT => PARSE_JSON('{"a":1}'), MODE => 'array', OUTER => TRUE)) f;
-- >
SELECT f.this::STRING FROM TABLE(FLATTEN(PARSE_JSON('{"c": {"d":"X"}}'), RECURSIVE => TRUE)) f ORDER BY f.path;
-- > {"c":{"d":"X"}}
-- > {"d":"X"}
SELECT f.value FROM TABLE(FLATTEN(PARSE_JSON('{"a":[1]}'), 'a')) f;
-- > 1
SELECT f.value FROM TABLE(FLATTEN(PARSE_JSON('5'))) f;
-- > (no rows)
SELECT f.value FROM TABLE(FLATTEN(PARSE_JSON('[1]'), MODE => 'LIST')) f;
-- ! 001044 (42P13): SQL compilation error: Invalid value 'LIST' of MODE for function FLATTEN
SELECT f.value FROM TABLE(FLATTEN(PARSE_JSON('[1]'), DEPTH => 1)) f;
-- ! 001044 (42P13): SQL compilation error: Invalid argument DEPTH for function FLATTEN
SELECT f.value FROM TABLE(FLATTEN(OUTER => TRUE)) f;
-- ! 001044 (42P13): SQL compilation error: Missing argument INPUT for function FLATTEN
SELECT f.key FROM TABLE(FLATTEN(PARSE_JSON('{"a b":1}'))) f;
-- > a b
SELECT f.path FROM TABLE(FLATTEN(PARSE_JSON('{"a b":1}'))) f;
-- ! 000002 (0A000): not supported by the local account: PATH of FLATTEN with the key ."a b"
CREATE TABLE t (id INT, v VARIANT, txt VARCHAR);
INSERT INTO t SELECT 1, PARSE_JSON('{"b":[77,{"x":88}],"a":1}'), 'a,b,,c';
INSERT INTO t SELECT 2, PARSE_JSON('[]'), 'x';
INSERT INTO t SELECT 3, NULL, NULL;
SELECT t.id, f.seq, f.path, f.value::STRING FROM t, LATERAL FLATTEN(INPUT => t.v, RECURSIVE => TRUE) f ORDER BY f.path;
-- > 1 | 1 | a | 1
-- > 1 | 1 | b | [77,{"x":88}]
-- > 1 | 1 | b[0] | 77
-- > 1 | 1 | b[1] | {"x":88}
-- > 1 | 1 | b[1].x | 88
SELECT t.id, f.* EXCLUDE (this, value) FROM t, LATERAL FLATTEN(INPUT => t.v, OUTER => TRUE) f ORDER BY 1, f.key;
-- > 1 | 1 | a | a | NULL
-- > 1 | 1 | b | b | NULL
-- > 2 | 2 | NULL |  | NULL
-- > 3 | 3 | NULL |  | NULL
SELECT * FROM (SELECT f.* FROM t, LATERAL FLATTEN(t.v:b) f) ORDER BY index;
-- > 1 | NULL | [0] | 0 | 77 | [\n  77,\n  {\n    "x": 88\n  }\n]
-- > 1 | NULL | [1] | 1 | {\n  "x": 88\n} | [\n  77,\n  {\n    "x": 88\n  }\n]
SELECT COUNT(DISTINCT f.seq) FROM t, LATERAL FLATTEN(INPUT => t.v, OUTER => TRUE) f;
-- > 3
SELECT id, f.value FROM t LEFT JOIN LATERAL FLATTEN(t.v:b) f ON TRUE ORDER BY id, f.index;
-- > 1 | 77
-- > 1 | {\n  "x": 88\n}
-- > 2 | NULL
-- > 3 | NULL
SELECT t.id, g.value FROM t, LATERAL FLATTEN(t.v) f, LATERAL FLATTEN(f.value) g ORDER BY g.index;
-- > 1 | 77
-- > 1 | {\n  "x": 88\n}
SELECT g.seq FROM t, LATERAL FLATTEN(t.v) f, LATERAL FLATTEN(f.value) g;
-- ! 000002 (0A000): not supported by the local account: column SEQ of a table function behind more than one relation
SELECT id, (SELECT COUNT(*) FROM TABLE(FLATTEN(t.v))) FROM t ORDER BY id;
-- > 1 | 2
-- > 2 | 0
-- > 3 | 0
SELECT f.value FROM t, LATERAL FLATTEN(t.v:b) f WHERE f.index = 0 UNION ALL SELECT f.value FROM t, LATERAL FLATTEN(t.v, OUTER => TRUE) f WHERE id = 3;
-- > 77
-- > NULL
SELECT f.value FROM (SELECT 'plain' AS value) f, t WHERE t.id IN (SELECT 1 FROM TABLE(FLATTEN(PARSE_JSON('[1]'))) f);
-- > plain
SELECT t.id, s.seq, s.index, s.value FROM t, LATERAL SPLIT_TO_TABLE(t.txt, ',') s ORDER BY 1, s.index;
-- > 1 | 1 | 1 | a
-- > 1 | 1 | 2 | b
-- > 1 | 1 | 3 |
-- > 1 | 1 | 4 | c
-- > 2 | 2 | 1 | x
SELECT * FROM TABLE(SPLIT_TO_TABLE('a.b', '.')) ORDER BY index;
-- > 1 | 1 | a
-- > 1 | 2 | b
SELECT value FROM TABLE(SPLIT_TO_TABLE('ab', ''));
-- > ab
SELECT t.id, s.index, s.value FROM t, LATERAL STRTOK_SPLIT_TO_TABLE(t.txt, ',') s ORDER BY 1, 2;
-- > 1 | 1 | a
-- > 1 | 2 | b
-- > 1 | 3 | c
-- > 2 | 1 | x
SELECT value FROM TABLE(STRTOK_SPLIT_TO_TABLE('a b  c')) ORDER BY index;
-- > a
-- > b
-- > c
SELECT value FROM TABLE(STRTOK_SPLIT_TO_TABLE('a.b]c^d', '.]^')) ORDER BY index;
-- > a
-- > b
-- > c
-- > d
SELECT UPPER(value) FROM TABLE(SPLIT_TO_TABLE('a', ','));
-- > A
SELECT t.id, l.twice FROM t, LATERAL (SELECT t.id * 2 AS twice) l ORDER BY 1;
-- > 1 | 2
-- > 2 | 4
-- > 3 | 6
SELECT t.id, l.m FROM t, LATERAL (SELECT MAX(u.id) AS m FROM t u WHERE u.id < t.id) l ORDER BY 1;
-- > 1 | NULL
-- > 2 | 1
-- > 3 | 2
SELECT * FROM t, LATERAL NOPE(t.id);
-- ! 000002 (0A000): not supported by the local account: LATERAL NOPE(t.id)

-- without ORDER BY no order is promised; as in Snowflake the elements come in theirs, which aggregates without one show
CREATE TABLE listed (id INT, a ARRAY, s VARCHAR);
INSERT INTO listed SELECT 1, ARRAY_CONSTRUCT(3, 1, 2), 'c,a,b';
INSERT INTO listed SELECT 2, ARRAY_CONSTRUCT(), '';
SELECT ARRAY_TO_STRING(ARRAY_AGG(f.value), ',') FROM listed, LATERAL FLATTEN(a) f;
-- > 3,1,2
SELECT LISTAGG(f.value, ',') FROM listed, LATERAL SPLIT_TO_TABLE(s, ',') f WHERE id = 1;
-- > c,a,b
WITH q AS (SELECT id, a FROM listed) SELECT LISTAGG(f.seq || ':' || f.value::VARCHAR, ',') FROM q, LATERAL FLATTEN(q.a) f;
-- > 1:3,1:1,1:2
SELECT LISTAGG(f.value::VARCHAR, ',') FROM listed l JOIN listed r ON l.id = r.id, LATERAL FLATTEN(r.a) f;
-- > 3,1,2
SELECT LISTAGG(f.index || '/' || g.index, ',') FROM listed, LATERAL FLATTEN(ARRAY_CONSTRUCT(a, a)) f, LATERAL FLATTEN(f.value) g WHERE id = 1;
-- > 0/0,0/1,0/2,1/0,1/1,1/2
SELECT id, f.value, f.this::VARCHAR FROM listed LEFT JOIN LATERAL FLATTEN(a) f ON TRUE WHERE id = 2 ORDER BY id;
-- > 2 | NULL | NULL
-- OUTER also keeps what an outer join left without a row
SELECT l.id, f.value FROM listed l LEFT JOIN listed r ON l.id = r.id + 1, LATERAL FLATTEN(INPUT => r.a, OUTER => TRUE) f ORDER BY l.id, f.index;
-- > 1 | NULL
-- > 2 | 3
-- > 2 | 1
-- > 2 | 2
-- what an expression makes of a relation that an outer join left without a row
CREATE TABLE few (id INT, k VARCHAR);
INSERT INTO few VALUES (2, 'x');
SELECT l.id, f.value::VARCHAR FROM listed l LEFT JOIN few r ON l.id = r.id, LATERAL FLATTEN(ARRAY_CONSTRUCT_COMPACT(r.k, 'z')) f ORDER BY 1, 2;
-- > 1 | z
-- > 2 | x
-- > 2 | z
SELECT r.id, f.value FROM few l RIGHT JOIN listed r ON l.id = r.id, LATERAL SPLIT_TO_TABLE(COALESCE(l.k, 'a,b'), ',') f ORDER BY 1, 2;
-- > 1 | a
-- > 1 | b
-- > 2 | x
-- whatever they are computed from: text, two relations, everything inside
SELECT LISTAGG(f.seq || ':' || f.value::VARCHAR, ',') FROM listed, LATERAL FLATTEN(PARSE_JSON('[' || id || ',"b","a"]')) f;
-- > 1:1,1:b,1:a,2:2,2:b,2:a
SELECT LISTAGG(f.value::VARCHAR, ',') FROM listed l JOIN listed r ON l.id = r.id, LATERAL FLATTEN(ARRAY_CAT(l.a, r.a)) f;
-- > 3,1,2,3,1,2
SELECT LISTAGG(f.path || '=' || TO_JSON(f.value), ';') FROM TABLE(FLATTEN(PARSE_JSON('{"a": [1, {"b": 2}], "c": 3}'), RECURSIVE => TRUE)) f;
-- > a=[1,{"b":2}];a[0]=1;a[1]={"b":2};a[1].b=2;c=3
SELECT LISTAGG(id || f.path || '=' || TO_JSON(f.this), ';') FROM listed, LATERAL FLATTEN(a, RECURSIVE => TRUE, OUTER => TRUE) f;
-- > 1[0]=[3,1,2];1[1]=[3,1,2];1[2]=[3,1,2];2=[]
-- an outer join to a table function needs no ON
SELECT id, f.value::INT AS value FROM listed LEFT JOIN LATERAL FLATTEN(a) f ORDER BY id, value;
-- > 1 | 1
-- > 1 | 2
-- > 1 | 3
-- > 2 | NULL
