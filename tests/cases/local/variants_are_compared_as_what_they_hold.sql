CREATE TABLE v (i INT, v VARIANT);
INSERT INTO v SELECT 1, PARSE_JSON('{"t": "x", "n": 5, "b": true}');
INSERT INTO v SELECT 2, PARSE_JSON('{"t": "y", "n": 5.5, "b": false}');
INSERT INTO v SELECT 3, PARSE_JSON('{"t": null, "n": null}');
INSERT INTO v SELECT 4, NULL;
SELECT i FROM v WHERE v:t = 'x';
-- > 1
SELECT i FROM v WHERE 'x' = v:t AND i > 0;
-- > 1
SELECT i FROM v WHERE v:t IN ('x', 'y') ORDER BY i;
-- > 1
-- > 2
SELECT i FROM v WHERE v:n = 5;
-- > 1
SELECT i FROM v WHERE v:n = 5.5 OR v:t = 'x';
-- > 1
-- > 2
SELECT i FROM v WHERE v:b = TRUE;
-- > 1
SELECT i, v:n > 5, v:n <> 5.0, v:t <> 'x' FROM v WHERE i < 3;
-- > 1 | False | False | False
-- > 2 | True | True | True
SELECT i FROM v WHERE v:t <> 'x';
-- ! 000002 (0A000): not supported by the local account: a VARIANT that holds null in GET_PATH("V"."V", 't') <> 'x': write it with ::<type>
SELECT v:t = 'x' FROM v;
-- ! 000002 (0A000): not supported by the local account: a VARIANT that holds null in GET_PATH("V"."V", 't') = 'x': write it with ::<type>
SELECT i FROM v WHERE v:n = 'x';
-- ! 000002 (0A000): not supported by the local account: a VARIANT that holds integer in GET_PATH("V"."V", 'n') = 'x': write it with ::<type>
SELECT i FROM v WHERE NOT v:t = 'x';
-- ! 000002 (0A000): not supported by the local account: a VARIANT that holds null in GET_PATH("V"."V", 't') = 'x': write it with ::<type>
SELECT i FROM v WHERE i < 3 AND NOT v:t = 'x';
-- > 2
SELECT i, CASE WHEN v:t = 'x' THEN 1 END FROM v WHERE i <> 3;
-- > 1 | 1
-- > 2 | NULL
-- > 4 | NULL
SELECT i FROM v WHERE v:t = v:n;
-- ! 000002 (0A000): not supported by the local account: a VARIANT in 'GET_PATH("V"."V", \'t\') = GET_PATH("V"."V", \'n\')' without a cast: write it with ::<type>
SELECT i FROM v WHERE v:t > '2024-01-01'::DATE;
-- ! 000002 (0A000): not supported by the local account: a VARIANT in 'GET_PATH("V"."V", \'t\') > CAST(\'2024-01-01\' AS DATE)' without a cast: write it with ::<type>
SELECT i FROM v WHERE v:t = NULL;
-- ! 000002 (0A000): not supported by the local account: a VARIANT in 'GET_PATH("V"."V", \'t\') = NULL' without a cast: write it with ::<type>
SELECT i FROM v WHERE v:n BETWEEN 1 AND 6;
-- ! 000002 (0A000): not supported by the local account: a VARIANT in 'GET_PATH("V"."V", \'n\') BETWEEN 1 AND 6' without a cast: write it with ::<type>
