SELECT 'a' || NULL;
-- > NULL
SELECT 'a' || 1;
-- > a1
SELECT 1 || 2;
-- > 12
SELECT 1.50 || 'x';
-- > 1.50x
SELECT TRUE || '';
-- > true
SELECT 'x' || DATE '2024-01-02';
-- > x2024-01-02
SELECT CONCAT('a', NULL);
-- > NULL
SELECT CONCAT('a', 'b', 'c');
-- > abc
SELECT CONCAT(1, 2);
-- > 12
SELECT CONCAT('d', '2024-01-02 03:04:05'::TIMESTAMP);
-- > d2024-01-02 03:04:05.000
SELECT 'd' || '2024-01-02 03:04:05'::TIMESTAMP;
-- > d2024-01-02 03:04:05.000
SELECT CONCAT_WS('-', 'a', 'b');
-- ! 000002 (0A000): not supported by the local account: function CONCATWS ("CONCAT_WS('-', 'a', 'b')")
SELECT CONCAT_WS('-', 'a', NULL);
-- ! 000002 (0A000): not supported by the local account: function CONCATWS ("CONCAT_WS('-', 'a', NULL)")
SELECT UPPER('aé');
-- > AÉ
SELECT LOWER('AB');
-- > ab
SELECT UPPER(NULL);
-- > NULL
SELECT LENGTH('äö');
-- > 2
SELECT LENGTH('');
-- > 0
SELECT LENGTH(NULL);
-- > NULL
SELECT LENGTH(123);
-- > 3
SELECT LEFT('abc', 2);
-- > ab
SELECT RIGHT('abc', 2);
-- > bc
SELECT LEFT('abc', 0);
-- >
SELECT LEFT('abc', 9);
-- > abc
SELECT REPLACE('aaa', 'a', 'b');
-- > bbb
SELECT REPLACE('aba', 'a');
-- > b
SELECT REPLACE('abc', '', 'x');
-- > abc
SELECT SPLIT_PART('a.b.c', '.', 2);
-- > b
SELECT SPLIT_PART('a.b.c', '.', -1);
-- > c
SELECT SPLIT_PART('a.b', '.', 5);
-- >
SELECT SPLIT_PART('a.b', '.', 0);
-- > a
SELECT SPLIT_PART(NULL, '.', 1);
-- > NULL
SELECT SPLIT_PART('abc', '', 1);
-- > abc
SELECT SUBSTR('abc', 2);
-- > bc
SELECT SUBSTR('abc', 1, 2);
-- > ab
SELECT SUBSTR('abc', 0, 2);
-- > ab
SELECT SUBSTR('abc', -2, 1);
-- > b
SELECT SUBSTR('abc', -2);
-- > bc
SELECT SUBSTR('abc', 2, -1);
-- >
SELECT SUBSTRING('abc', 2, 100);
-- > bc
SELECT SUBSTR('abc', 5);
-- >
SELECT CONTAINS('abc', 'b');
-- > True
SELECT CONTAINS('abc', 'B');
-- > False
SELECT CONTAINS('abc', '');
-- > True
SELECT CONTAINS(NULL, 'a');
-- > NULL
SELECT STARTSWITH('abc', 'ab');
-- > True
SELECT ENDSWITH('abc', 'bc');
-- > True
SELECT MD5('a');
-- > 0cc175b9c0f1b6a831c399e269772661
SELECT MD5(NULL);
-- > NULL
SELECT MD5(1);
-- > c4ca4238a0b923820dcc509a6f75849b
SELECT SHA2('a');
-- > ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb
SELECT SHA2('a', 256);
-- > ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb
SELECT SHA2('a', 512);
-- ! not supported
SELECT LPAD('a', 3, 'xy');
-- > xya
SELECT RPAD('a', 3, 'xy');
-- > axy
SELECT LPAD('abc', 2, 'x');
-- > ab
SELECT LPAD('7', 3, '0');
-- > 007
SELECT LPAD(7, 3, '0');
-- > 007
SELECT REVERSE('abc');
-- > cba
SELECT '[' || TRIM('  a ') || ']';
-- > [a]
SELECT TRIM('xxaxx', 'x');
-- > a
SELECT LTRIM('xya', 'xy');
-- > a
SELECT LTRIM('  a');
-- > a
SELECT '[' || RTRIM('a  ') || ']';
-- > [a]
SELECT LENGTH(TRIM('\ta'));
-- > 2
SELECT RTRIM('axyx', 'xy');
-- > a
SELECT INITCAP('abc def');
-- ! 000002 (0A000): not supported by the local account: function INITCAP ("INITCAP('abc def')")
SELECT REPEAT('ab', 2);
-- ! 000002 (0A000): not supported by the local account: function REPEAT ("REPEAT('ab', 2)")
SELECT POSITION('b' IN 'abc');
-- ! 000002 (0A000): not supported by the local account: function STRPOSITION ("CHARINDEX('b', 'abc')")
SELECT POSITION('b', 'abc');
-- ! 000002 (0A000): not supported by the local account: function STRPOSITION ("CHARINDEX('b', 'abc')")
SELECT CHARINDEX('c', 'abc');
-- ! 000002 (0A000): not supported by the local account: function STRPOSITION ("CHARINDEX('c', 'abc')")
SELECT ASCII('a');
-- ! 000002 (0A000): not supported by the local account: function ASCII ("ASCII('a')")
SELECT CHR(97);
-- ! 000002 (0A000): not supported by the local account: function CHR ('CHR(97)')
SELECT TRANSLATE('abc', 'ab', 'x');
-- ! 000002 (0A000): not supported by the local account: function TRANSLATE ("TRANSLATE('abc', 'ab', 'x')")
SELECT SPACE(2) || 'x';
-- ! 000002 (0A000): not supported by the local account: function SPACE ("REPEAT(' ', 2)")
SELECT REGEXP_LIKE('abc', 'a.*');
-- > True
SELECT REGEXP_LIKE('abc', 'b');
-- > False
SELECT REGEXP_LIKE('ABC', 'abc', 'i');
-- > True
SELECT REGEXP_LIKE('a\nb', 'a.b');
-- > False
SELECT REGEXP_LIKE('a\nb', 'a.b', 's');
-- > True
SELECT 'abc' RLIKE 'a';
-- > False
SELECT 'abc' RLIKE 'abc';
-- > True
SELECT 'abc' REGEXP 'a.c';
-- > True
SELECT REGEXP_SUBSTR('abc', 'b');
-- > b
SELECT REGEXP_SUBSTR('abc', 'z');
-- > NULL
SELECT REGEXP_SUBSTR('a1b2', '[0-9]', 1, 2);
-- > 2
SELECT REGEXP_SUBSTR('a1b2', '([a-z])([0-9])', 1, 1, 'e', 2);
-- > 1
SELECT REGEXP_SUBSTR('a1b2', '([a-z])([0-9])', 1, 2, 'e');
-- > b
SELECT REGEXP_SUBSTR('a1', '[a-z]', 2);
-- > NULL
SELECT REGEXP_COUNT('aaa', 'a');
-- > 3
SELECT REGEXP_COUNT('abc', 'z');
-- > 0
SELECT REGEXP_COUNT(NULL, 'z');
-- > NULL
SELECT REGEXP_REPLACE('abc', 'b', 'x');
-- > axc
SELECT REGEXP_REPLACE('aaa', 'a', 'b');
-- > bbb
SELECT REGEXP_REPLACE('abc', '(b)', '[\\1]');
-- > a[b]c
SELECT REGEXP_REPLACE('abc', 'b');
-- > ac
SELECT REGEXP_REPLACE('a\nb', 'a.b', 'x');
-- > a\nb
SELECT REGEXP_REPLACE('ABC', 'b', 'x', 1, 0, 'i');
-- ! 000002 (0A000): not supported by the local account: REGEXP_REPLACE with a position or an occurrence
SELECT REGEXP_REPLACE(NULL, 'b', 'x');
-- > NULL
SELECT REGEXP_REPLACE('2024-01-02', '[^0-9]', '');
-- > 20240102
SELECT REGEXP_REPLACE('a1', '\\d', 'x');
-- > ax
SELECT REGEXP_REPLACE('a1', $$\d$$, 'x');
-- > ax
SELECT REGEXP_INSTR('abc', 'b');
-- ! 000002 (0A000): not supported by the local account: function REGEXPINSTR ("REGEXP_INSTR('abc', 'b')")
SELECT 'abc' LIKE 'a%';
-- > True
SELECT 'abc' LIKE 'A%';
-- > False
SELECT 'ABC' ILIKE 'a%';
-- > True
SELECT 'a%' LIKE 'a^%' ESCAPE '^';
-- > True
SELECT 'ab' LIKE 'a^%' ESCAPE '^';
-- > False
SELECT NULL LIKE 'a';
-- > NULL
SELECT 'abc' LIKE ANY ('x%', 'a%');
-- > True
SELECT 'a_c' LIKE 'a\\_c';
-- > False
SELECT 'a\nb' LIKE 'a%b';
-- > True
SELECT 'abc' NOT LIKE 'a%';
-- > False
SELECT 'it''s';
-- > it's
SELECT 'a\'b';
-- > a'b
SELECT $$a'b$$;
-- > a'b
SELECT 'a\\b';
-- > a\b
SELECT '' IS NULL;
-- > False
SELECT '' = ' ';
-- > False
SELECT 'a' = 'A';
-- > False
SELECT 'a' < 'B';
-- > False
SELECT '10' < '9';
-- > True
SELECT COALESCE(NULL, 'x');
-- > x
SELECT NVL(NULL, 'x');
-- > x
SELECT IFNULL(NULL, 'x');
-- > x
SELECT NVL2(NULL, 'a', 'b');
-- > b
SELECT NVL2('x', 'a', 'b');
-- > a
SELECT NULLIF('a', 'a');
-- > NULL
SELECT IFF(NULL, 'a', 'b');
-- > b
SELECT IFF(1 = 1, 'a', 'b');
-- > a
SELECT DECODE('a', 'a', 'x', 'y');
-- ! 000002 (0A000): not supported by the local account: function DECODECASE ("DECODE('a', 'a', 'x', 'y')")
SELECT DECODE(NULL, NULL, 'x', 'y');
-- ! 000002 (0A000): not supported by the local account: function DECODECASE ("DECODE(NULL, NULL, 'x', 'y')")
SELECT DECODE('z', 'a', 'x');
-- ! 000002 (0A000): not supported by the local account: function DECODECASE ("DECODE('z', 'a', 'x')")
SELECT EQUAL_NULL(NULL, NULL);
-- > True
SELECT EQUAL_NULL(1, NULL);
-- > False
SELECT NULL = NULL;
-- > NULL
SELECT NULL IS NOT DISTINCT FROM NULL;
-- > True
SELECT CASE WHEN NULL THEN 'a' ELSE 'b' END;
-- > b
SELECT CASE 'x' WHEN 'x' THEN 1 END;
-- > 1
SELECT CASE 'y' WHEN 'x' THEN 1 END;
-- > NULL
SELECT STRTOK('a.b.c', '.', 2);
-- ! 000002 (0A000): not supported by the local account: function STRTOK ("STRTOK('a.b.c', '.', 2)")
SELECT PARSE_URL('http://a/b');
-- ! not supported
SELECT HASH('a');
-- ! not supported
SELECT SOUNDEX('a');
-- ! not supported
SELECT ARRAY_TO_STRING(SPLIT('a,b', ','), '-');
-- ! 000002 (0A000): not supported by the local account: function ARRAYTOSTRING ("ARRAY_TO_STRING(SPLIT('a,b', ','), '-')")
