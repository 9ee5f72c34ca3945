SELECT OBJECT_CONSTRUCT('b', 1, 'a', 'x', 'n', NULL)::VARCHAR, OBJECT_CONSTRUCT()::VARCHAR, OBJECT_CONSTRUCT(NULL, 1)::VARCHAR, OBJECT_CONSTRUCT('k' || 1, 2)::VARCHAR, OBJECT_CONSTRUCT_KEEP_NULL('b', NULL, 'a', 1, NULL, 2)::VARCHAR, OBJECT_CONSTRUCT_KEEP_NULL()::VARCHAR;
-- > {"a":"x","b":1} | {} | {} | {"k1":2} | {"a":1,"b":null} | {}
SELECT OBJECT_CONSTRUCT('d', '2024-01-02'::DATE, 't', '2024-01-02 03:04:05'::TIMESTAMP, 'n', 1.50, 'b', TRUE, 'o', OBJECT_CONSTRUCT('x', ARRAY_CONSTRUCT(1)))::VARCHAR;
-- > {"b":true,"d":"2024-01-02","n":1.5,"o":{"x":[1]},"t":"2024-01-02 03:04:05.000"}
SELECT OBJECT_CONSTRUCT('a', 1, 'a', 2);
-- ! 000002 (0A000): not supported by the local account: OBJECT_CONSTRUCT with the same key twice
SELECT OBJECT_CONSTRUCT('a');
-- ! 000002 (0A000): not supported by the local account: OBJECT_CONSTRUCT of an odd number of arguments
SELECT OBJECT_CONSTRUCT(1, 2);
-- ! 000002 (0A000): not supported by the local account: OBJECT_CONSTRUCT with a key that is no text
SELECT OBJECT_INSERT(OBJECT_CONSTRUCT('b', 1), 'a', 2)::VARCHAR, OBJECT_INSERT(OBJECT_CONSTRUCT('a', 1), 'a', 2, TRUE)::VARCHAR, OBJECT_INSERT(OBJECT_CONSTRUCT('a', 1), 'b', NULL)::VARCHAR, OBJECT_INSERT(NULL, 'a', 1);
-- > {"a":2,"b":1} | {"a":2} | {"a":1} | NULL
SELECT OBJECT_INSERT(OBJECT_CONSTRUCT('a', 1), 'a', 2);
-- ! 001007 (22023): SQL compilation error: Duplicate field key 'a'
SELECT OBJECT_DELETE(OBJECT_CONSTRUCT('a', 1, 'b', 2, 'c', 3), 'a', 'c')::VARCHAR, OBJECT_DELETE(OBJECT_CONSTRUCT('a', 1), 'z')::VARCHAR, OBJECT_PICK(OBJECT_CONSTRUCT('a', 1, 'b', 2, 'c', 3), 'c', 'a', 'z')::VARCHAR, OBJECT_DELETE(NULL, 'a');
-- > {"b":2} | {"a":1} | {"a":1,"c":3} | NULL
SELECT OBJECT_PICK(PARSE_JSON('[1]'), 'a');
-- ! 000002 (0A000): not supported by the local account: OBJECT_PICK of what is no object
SELECT OBJECT_KEYS(PARSE_JSON('{"b": 1, "a": {"c": 1}}'))::VARCHAR, OBJECT_KEYS(OBJECT_CONSTRUCT())::VARCHAR, OBJECT_KEYS(NULL);
-- > ["a","b"] | [] | NULL
SELECT ARRAY_CONSTRUCT(1, 'a', TRUE, 1.5)::VARCHAR, ARRAY_CONSTRUCT()::VARCHAR, ARRAY_CONSTRUCT_COMPACT(1, NULL, 2)::VARCHAR, ARRAY_CONSTRUCT_COMPACT()::VARCHAR, [1, 2]::VARCHAR;
-- > [1,"a",true,1.5] | [] | [1,2] | [] | [1,2]
SELECT ARRAY_CONSTRUCT(1, NULL);
-- ! 000002 (0A000): not supported by the local account: NULL as an element of an array
SELECT ARRAY_SIZE(ARRAY_CONSTRUCT(1, 2)), ARRAY_SIZE(ARRAY_CONSTRUCT()), ARRAY_SIZE(PARSE_JSON('{}')), ARRAY_SIZE(NULL);
-- > 2 | 0 | NULL | NULL
SELECT ARRAY_CONTAINS('a'::VARIANT, ARRAY_CONSTRUCT('a', 'b')), ARRAY_CONTAINS(1::VARIANT, ARRAY_CONSTRUCT('1', 2)), ARRAY_CONTAINS(1::VARIANT, PARSE_JSON('[1.0]')), ARRAY_CONTAINS('a'::VARIANT, NULL), ARRAY_POSITION('b'::VARIANT, ARRAY_CONSTRUCT('a', 'b')), ARRAY_POSITION('z'::VARIANT, ARRAY_CONSTRUCT('a'));
-- > True | False | True | NULL | 1 | NULL
SELECT ARRAY_CONTAINS('a', ARRAY_CONSTRUCT('a'));
-- ! 000002 (0A000): not supported by the local account: function ARRAY_CONTAINS of text, variant: write the arguments with ::<type>
SELECT ARRAY_CONTAINS(PARSE_JSON('{}'), PARSE_JSON('[{}]'));
-- ! 000002 (0A000): not supported by the local account: the comparison of an object or array in an array
SELECT ARRAY_APPEND(ARRAY_CONSTRUCT(1), 2)::VARCHAR, ARRAY_PREPEND(ARRAY_CONSTRUCT(1), 'a')::VARCHAR, ARRAY_CAT(ARRAY_CONSTRUCT(1), ARRAY_CONSTRUCT('a', 2))::VARCHAR, ARRAY_APPEND(NULL, 1), ARRAY_CAT(ARRAY_CONSTRUCT(1), NULL);
-- > [1,2] | ["a",1] | [1,"a",2] | NULL | NULL
SELECT ARRAY_APPEND(PARSE_JSON('{}'), 1);
-- ! 000002 (0A000): not supported by the local account: ARRAY_APPEND of what is no array
SELECT ARRAY_COMPACT(PARSE_JSON('[1, null, 2]'))::VARCHAR, ARRAY_DISTINCT(PARSE_JSON('[1, "1", 1, 2, "1", null, null]'))::VARCHAR, ARRAY_REVERSE(ARRAY_CONSTRUCT(1, 2, 3))::VARCHAR, ARRAY_FLATTEN(PARSE_JSON('[[1, 2], [], ["a"]]'))::VARCHAR;
-- > [1,2] | [1,"1",2,null] | [3,2,1] | [1,2,"a"]
SELECT ARRAY_FLATTEN(PARSE_JSON('[[1], 2]'));
-- ! 000002 (0A000): not supported by the local account: ARRAY_FLATTEN of what is no array of arrays
SELECT ARRAY_SLICE(ARRAY_CONSTRUCT(1, 2, 3, 4), 1, 3)::VARCHAR, ARRAY_SLICE(ARRAY_CONSTRUCT(1, 2, 3, 4), 0, -1)::VARCHAR, ARRAY_SLICE(ARRAY_CONSTRUCT(1, 2, 3, 4), -2, 4)::VARCHAR, ARRAY_SLICE(ARRAY_CONSTRUCT(1, 2), 5, 9)::VARCHAR, ARRAY_SLICE(ARRAY_CONSTRUCT(1, 2), 0, 9)::VARCHAR, ARRAY_SLICE(ARRAY_CONSTRUCT(1, 2), 1, 1)::VARCHAR, ARRAY_SLICE(NULL, 0, 1);
-- > [2,3] | [1,2,3] | [3,4] | [] | [1,2] | [] | NULL
SELECT ARRAY_INSERT(ARRAY_CONSTRUCT(1, 2), 1, 'x')::VARCHAR, ARRAY_INSERT(ARRAY_CONSTRUCT(1, 2), 0, 'x')::VARCHAR, ARRAY_INSERT(ARRAY_CONSTRUCT(1, 2), 2, 'x')::VARCHAR, ARRAY_REMOVE_AT(ARRAY_CONSTRUCT(1, 2, 3), 1)::VARCHAR, ARRAY_REMOVE_AT(ARRAY_CONSTRUCT(1, 2, 3), -1)::VARCHAR, ARRAY_REMOVE(ARRAY_CONSTRUCT(1, 2, 1), 1::VARIANT)::VARCHAR;
-- > [1,"x",2] | ["x",1,2] | [1,2,"x"] | [1,3] | [1,2] | [2]
SELECT ARRAY_INSERT(ARRAY_CONSTRUCT(1), 5, 'x');
-- ! 000002 (0A000): not supported by the local account: a place outside of the array
SELECT ARRAY_TO_STRING(ARRAY_CONSTRUCT('a', 1, TRUE), '-'), ARRAY_TO_STRING(PARSE_JSON('["a", null, "b"]'), ','), ARRAY_TO_STRING(ARRAY_CONSTRUCT(), ','), ARRAY_TO_STRING(NULL, ','), ARRAY_TO_STRING(ARRAY_CONSTRUCT('a'), NULL);
-- > a-1-true | a,,b |  | NULL | NULL
SELECT ARRAY_GENERATE_RANGE(2, 5)::VARCHAR, ARRAY_GENERATE_RANGE(5, 2)::VARCHAR, ARRAY_GENERATE_RANGE(5, 0, -2)::VARCHAR, ARRAY_GENERATE_RANGE(0, 10, 5)::VARCHAR;
-- > [2,3,4] | [] | [5,3,1] | [0,5]
SELECT ARRAY_GENERATE_RANGE(0, 1, 0);
-- ! 000002 (0A000): not supported by the local account: a range with a step of 0
SELECT ARRAYS_OVERLAP(ARRAY_CONSTRUCT(1, 2), ARRAY_CONSTRUCT(2, 3)), ARRAYS_OVERLAP(ARRAY_CONSTRUCT(1), ARRAY_CONSTRUCT('1')), ARRAYS_OVERLAP(NULL, ARRAY_CONSTRUCT(1));
-- > True | False | NULL
SELECT GET(PARSE_JSON('[5, 6]'), 1), GET(PARSE_JSON('[5]'), 9), GET(PARSE_JSON('[5]'), -1), GET(PARSE_JSON('{"a": 5}'), 'a'), GET(PARSE_JSON('{"a": 5}'), 'A'), GET(PARSE_JSON('{"a b": 5}'), 'a' || ' b'), GET(NULL, 0), GET(PARSE_JSON('{"a": 5}'), 0);
-- > 6 | NULL | NULL | 5 | NULL | 5 | NULL | NULL
SELECT PARSE_JSON('[5, 6]')[x], PARSE_JSON('{"k0": 7}')['k' || x] FROM (VALUES (0), (1)) t(x) ORDER BY x;
-- > 5 | 7
-- > 6 | NULL
SELECT GET_PATH(PARSE_JSON('{"a": {"b c": [1, {"d": 2}]}}'), 'a["b c"][1].d'), GET_PATH(PARSE_JSON('{"a": 1}'), 'b.c'), GET_PATH(NULL, 'a'), JSON_EXTRACT_PATH_TEXT('{"a": {"b": "x"}}', 'a.b'), JSON_EXTRACT_PATH_TEXT('{"a": {"b": 1}}', 'a'), JSON_EXTRACT_PATH_TEXT('{}', 'a');
-- > 2 | NULL | NULL | x | {"b":1} | NULL
SELECT PARSE_JSON('{"a": 1}')::VARCHAR, PARSE_JSON(''), PARSE_JSON(NULL), TRY_PARSE_JSON('{'), TRY_PARSE_JSON('{"a": [1]}')::VARCHAR, TO_JSON(PARSE_JSON('{"a" : 1}')), TO_JSON('a'), TO_JSON(NULL);
-- > {"a":1} | NULL | NULL | NULL | {"a":[1]} | {"a":1} | "a" | NULL
SELECT PARSE_JSON('{');
-- ! 100069 (22P02): Error parsing JSON: {
SELECT TO_VARIANT('a')::VARCHAR, TO_VARIANT(1)::NUMBER + 1, TO_OBJECT(PARSE_JSON('{"a": 1}'))::VARCHAR, TO_ARRAY(PARSE_JSON('[1]'))::VARCHAR, TO_ARRAY('a')::VARCHAR, TO_ARRAY(PARSE_JSON('{"a": 1}'))::VARCHAR, TO_ARRAY(NULL), TO_OBJECT(NULL);
-- > a | 2 | {"a":1} | [1] | ["a"] | [{"a":1}] | NULL | NULL
SELECT TO_OBJECT(PARSE_JSON('[1]'));
-- ! 000002 (0A000): not supported by the local account: TO_OBJECT of what is no object
SELECT STRIP_NULL_VALUE(PARSE_JSON('{"a": null}'):a), STRIP_NULL_VALUE(PARSE_JSON('{"a": 1}'):a), STRIP_NULL_VALUE(NULL), IS_NULL_VALUE(PARSE_JSON('null')), IS_NULL_VALUE(PARSE_JSON('{"a": null}'):a), IS_NULL_VALUE(PARSE_JSON('{}'):a), IS_NULL_VALUE(PARSE_JSON('0'));
-- > NULL | 1 | NULL | True | True | NULL | False
SELECT TYPEOF(v), IS_ARRAY(v), IS_OBJECT(v), IS_BOOLEAN(v), IS_VARCHAR(v), IS_CHAR(v), IS_INTEGER(v), IS_DECIMAL(v), IS_DOUBLE(v), IS_REAL(v) FROM (SELECT PARSE_JSON(COLUMN1) AS v, COLUMN2 AS i FROM VALUES ('[1]', 1), ('{}', 2), ('true', 3), ('"a"', 4), ('7', 5), ('1.5', 6), ('null', 7), (NULL, 8)) ORDER BY i;
-- > ARRAY | True | False | False | False | False | False | False | False | False
-- > OBJECT | False | True | False | False | False | False | False | False | False
-- > BOOLEAN | False | False | True | False | False | False | False | False | False
-- > VARCHAR | False | False | False | True | True | False | False | False | False
-- > INTEGER | False | False | False | False | False | True | True | True | True
-- > DECIMAL | False | False | False | False | False | False | True | True | True
-- > NULL_VALUE | False | False | False | False | False | False | False | False | False
-- > NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL
SELECT AS_ARRAY(v)::VARCHAR, AS_OBJECT(v)::VARCHAR, AS_BOOLEAN(v), AS_VARCHAR(v), AS_CHAR(v), AS_INTEGER(v) FROM (SELECT PARSE_JSON(COLUMN1) AS v, COLUMN2 AS i FROM VALUES ('[1]', 1), ('{}', 2), ('true', 3), ('"a"', 4), ('7', 5), ('null', 7), (NULL, 8)) ORDER BY i;
-- > [1] | NULL | NULL | NULL | NULL | NULL
-- > NULL | {} | NULL | NULL | NULL | NULL
-- > NULL | NULL | True | NULL | NULL | NULL
-- > NULL | NULL | NULL | a | a | NULL
-- > NULL | NULL | NULL | NULL | NULL | 7
-- > NULL | NULL | NULL | NULL | NULL | NULL
-- > NULL | NULL | NULL | NULL | NULL | NULL
SELECT OBJECT_CONSTRUCT('a', 1.5::FLOAT);
-- ! 000002 (0A000): not supported by the local account: FLOAT in a VARIANT: cast it to NUMBER(p, s) first
SELECT OBJECT_CONSTRUCT('a', CURRENT_TIMESTAMP());
-- ! 000002 (0A000): not supported by the local account: TIMESTAMP_LTZ in a VARIANT: use TO_VARCHAR(x, '<format>')
SELECT OBJECT_CONSTRUCT('a', TO_BINARY('61'));
-- ! 000002 (0A000): not supported by the local account: BINARY in a VARIANT: use HEX_ENCODE
SELECT TO_XML(PARSE_JSON('1'));
-- ! 000002 (0A000): not supported by the local account: function TO_XML ("TO_XML(PARSE_JSON('1'))")
CREATE TABLE o (a INT, b VARCHAR, "c d" NUMBER(5,2));
INSERT INTO o VALUES (1, 'x', 1.25), (2, NULL, NULL);
SELECT OBJECT_CONSTRUCT(*)::VARCHAR, OBJECT_CONSTRUCT_KEEP_NULL(*)::VARCHAR FROM o ORDER BY a;
-- > {"A":1,"B":"x","c d":1.25} | {"A":1,"B":"x","c d":1.25}
-- > {"A":2} | {"A":2,"B":null,"c d":null}
SELECT OBJECT_CONSTRUCT(*)::VARCHAR FROM o AS x JOIN (SELECT 1 AS k, a AS z FROM o) AS y ON x.a = y.z WHERE x.a = 1;
-- > {"A":1,"B":"x","K":1,"Z":1,"c d":1.25}
SELECT OBJECT_CONSTRUCT(y.*)::VARCHAR FROM o AS x JOIN (SELECT 1 AS k) AS y ON TRUE WHERE x.a = 1;
-- > {"K":1}
SELECT ARRAY_AGG(OBJECT_CONSTRUCT(*)) WITHIN GROUP (ORDER BY a)::VARCHAR FROM o;
-- > [{"A":1,"B":"x","c d":1.25},{"A":2}]
WITH c AS (SELECT 1 AS k) SELECT OBJECT_CONSTRUCT(*) FROM c;
-- ! not supported by the local account: OBJECT_CONSTRUCT(*) of what is no table
SELECT OBJECT_CONSTRUCT(* EXCLUDE a) FROM o;
-- ! not supported by the local account: OBJECT_CONSTRUCT(*) with EXCLUDE
SELECT OBJECT_CONSTRUCT(*) FROM o AS x JOIN o AS y ON x.a = y.a;
-- ! not supported by the local account: OBJECT_CONSTRUCT with the same key twice

-- an undefined element, which JSON does not have
SELECT PARSE_JSON('[1, 2, ]');
-- ! JSON with a trailing comma
SELECT TRY_PARSE_JSON('{"a": [1, {"b": 2 , } ]}');
-- ! JSON with a trailing comma
SELECT PARSE_JSON('["a,]", "b,}"]')[1]::VARCHAR, PARSE_JSON('["\\",]"]')[0]::VARCHAR;
-- > b,} | ",]

-- numbers are taken out as DOUBLEs, which hold not every one that Snowflake keeps; an exponent makes one of them there too
SELECT PARSE_JSON('{"a": 1.23456789012345678901}'):a::NUMBER(38, 20);
-- ! a JSON number with a fraction and more digits than a DOUBLE holds
SELECT TRY_PARSE_JSON('[9007199254740993.5]');
-- ! a JSON number with a fraction and more digits than a DOUBLE holds
SELECT v:a::NUMBER(38, 17), v:s::VARCHAR, v:d::NUMBER(38, 2), v:g::NUMBER(38, 0), v:e::FLOAT = 1.2345678901234567E-5
FROM (SELECT PARSE_JSON('{"a": 0.30000000000000004, "s": "1.23456789012345678901", "d": 1.50000000000000000000000, "g": 12345678901234567890, "e": 1.2345678901234567e-5}') AS v);
-- > 0.30000000000000004 | 1.23456789012345678901 | 1.50 | 12345678901234567890 | True
