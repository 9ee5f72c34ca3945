SELECT REGEXP_LIKE('abc', 'a.c'), REGEXP_LIKE('abcd', 'abc'), REGEXP_LIKE('abc', 'ABC', 'i'), REGEXP_LIKE('abc', 'ABC', 'ic'), REGEXP_LIKE(NULL, 'a'), REGEXP_LIKE('a', NULL), RLIKE('abc', 'a.*'), RLIKE('', '.*');
-- > True | False | True | False | NULL | NULL | True | True
SELECT 'abc' RLIKE 'a.c', 'abc' REGEXP '.*b.*', NOT 'abc' RLIKE 'b', 'a\nb' RLIKE 'a.b', REGEXP_LIKE('a\nb', 'a.b', 's');
-- > True | True | True | False | True
SELECT REGEXP_SUBSTR('a1b22c', '[0-9]+'), REGEXP_SUBSTR('a1b22c', '[0-9]+', 1, 2), REGEXP_SUBSTR('a1b22c', '[0-9]+', 3), REGEXP_SUBSTR('a1b22c', 'x'), REGEXP_SUBSTR('a1b22c', '[0-9]+', 1, 9), REGEXP_SUBSTR(NULL, 'a');
-- > 1 | 22 | 22 | NULL | NULL | NULL
SELECT REGEXP_SUBSTR('a1b22c', '([a-z])([0-9]+)', 1, 2, 'e', 2), REGEXP_SUBSTR('a1b22c', '([a-z])([0-9]+)', 1, 2, 'e'), REGEXP_SUBSTR('ABC', 'b', 1, 1, 'i'), REGEXP_SUBSTR('a1b22c', '([a-z])([0-9]+)');
-- > 22 | b | B | a1
SELECT REGEXP_SUBSTR('abc', '^b', 2);
-- ! 000002 (0A000): not supported by the local account: a position together with a pattern that looks at what is before it
SELECT REGEXP_SUBSTR_ALL('a1b22c', '[0-9]+')::VARCHAR, REGEXP_EXTRACT_ALL('a1b22c', '[0-9]+', 1, 2)::VARCHAR, REGEXP_SUBSTR_ALL('abc', 'x')::VARCHAR, REGEXP_SUBSTR_ALL(NULL, 'x');
-- > ["1","22"] | ["22"] | [] | NULL
SELECT REGEXP_COUNT('a1b22c', '[0-9]'), REGEXP_COUNT('a1b22c', '[0-9]', 3), REGEXP_COUNT('aAa', 'a', 1, 'i'), REGEXP_COUNT('abc', 'x'), REGEXP_COUNT(NULL, 'x');
-- > 3 | 2 | 3 | 0 | NULL
SELECT REGEXP_INSTR('a1b22c', '[0-9]+'), REGEXP_INSTR('a1b22c', '[0-9]+', 1, 2), REGEXP_INSTR('a1b22c', '[0-9]+', 1, 2, 1), REGEXP_INSTR('a1b22c', '[0-9]+', 3), REGEXP_INSTR('abc', 'x'), REGEXP_INSTR(NULL, 'x'), REGEXP_INSTR('abc', 'a'), REGEXP_INSTR('abc', 'c', 1, 1, 1);
-- > 2 | 4 | 6 | 4 | 0 | NULL | 1 | 4
SELECT REGEXP_INSTR('abc', 'x*');
-- ! 000002 (0A000): not supported by the local account: a pattern that also matches an empty text
SELECT REGEXP_REPLACE('a1b2', '[0-9]'), REGEXP_REPLACE('a1b2', '[0-9]', 'x'), REGEXP_REPLACE('a1b2', '([a-z])([0-9])', '\\2\\1'), REGEXP_REPLACE('a1b2', '[0-9]', 'x', 1, 1), REGEXP_REPLACE('  abc ', '^\\s*', ''), REGEXP_REPLACE('AbA', 'a', 'x', 1, 0, 'i'), REGEXP_REPLACE(NULL, 'a', 'b'), REGEXP_REPLACE('a', 'a', NULL);
-- > ab | axbx | 1a2b | axb2 | abc  | xbx | NULL | NULL
SELECT REGEXP_REPLACE('abc', 'x*', '-');
-- ! 000002 (0A000): not supported by the local account: a pattern that also matches an empty text
SELECT REGEXP_REPLACE('a1b2', '[0-9]', 'x', 1, 2);
-- ! 000002 (0A000): not supported by the local account: REGEXP_REPLACE from a position, or of a later occurrence
SELECT REGEXP_LIKE('a', 'a', 'x');
-- ! 000002 (0A000): not supported by the local account: regular expression parameter 'x'
SELECT REGEXP_LIKE('a\nb', '^a$.*', 'sm'), REGEXP_COUNT('a\na', '^a', 1, 'm'), REGEXP_COUNT('a\na', '^a');
-- > True | 2 | 1
SELECT REGEXP_LIKE(PARSE_JSON('"abc"'), 'a.c'), REGEXP_COUNT(1212, '1'), REGEXP_SUBSTR('2024-01-02'::DATE, '[0-9]+');
-- > True | 2 | 2024
SELECT REGEXP_LIKE('a', 1);
-- > False
