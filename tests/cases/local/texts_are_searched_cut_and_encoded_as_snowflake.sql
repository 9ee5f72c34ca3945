CREATE TABLE t (s VARCHAR, n NUMBER(5,2), i INT, b BOOLEAN, d DATE, ts TIMESTAMP_NTZ, tm TIME, v VARIANT);
INSERT INTO t SELECT 'Snow Flake', 12.50, 7, TRUE, '2024-01-02', '2024-01-02 03:04:05', '10:20:30', PARSE_JSON('"warm"');
INSERT INTO t SELECT '', 0, 0, FALSE, '1999-12-31', '1999-12-31 23:59:59.5', '00:00:00', PARSE_JSON('7');
INSERT INTO t (i) VALUES (NULL);
-- what is no text is taken in its default form
SELECT LENGTH(s), LENGTH(n), LENGTH(i), LENGTH(b), LENGTH(d), LENGTH(ts), LENGTH(tm), LENGTH(v) FROM t ORDER BY s DESC NULLS LAST;
-- > 10 | 5 | 1 | 4 | 10 | 23 | 8 | 4
-- > 0 | 4 | 1 | 5 | 10 | 23 | 8 | 1
-- > NULL | NULL | NULL | NULL | NULL | NULL | NULL | NULL
SELECT LEN('aé'), CHAR_LENGTH('abc'), CHARACTER_LENGTH(''), LENGTH(TO_BINARY('616263')), OCTET_LENGTH('é'), OCTET_LENGTH(TO_BINARY('6162')), BIT_LENGTH('é'), RTRIMMED_LENGTH(' a  ');
-- > 2 | 3 | 0 | 3 | 2 | 2 | 16 | 2
SELECT UPPER(s), LOWER(s), INITCAP(s), REVERSE(s) FROM t ORDER BY s DESC NULLS LAST;
-- > SNOW FLAKE | snow flake | Snow Flake | ekalF wonS
-- >  |  |  |
-- > NULL | NULL | NULL | NULL
SELECT UPPER(n), LOWER(b), UPPER(v), UPPER(d) FROM t ORDER BY s DESC NULLS LAST;
-- > 12.50 | true | WARM | 2024-01-02
-- > 0.00 | false | 7 | 1999-12-31
-- > NULL | NULL | NULL | NULL
SELECT INITCAP('hello wORLD-x y_z o''neil'), INITCAP('a.b c', ''), INITCAP('a.b c', '.'), INITCAP('');
-- > Hello World-X Y_Z O'neil | A.b c | A.B c |
SELECT LEFT('abc', 2), LEFT('abc', 9), LEFT('abc', 0), LEFT('abc', -1), RIGHT('abc', 2), RIGHT('abc', 9), RIGHT('abc', -1), LEFT(NULL, 1), LEFT('a', NULL), LEFT(12345, 2);
-- > ab | abc |  |  | bc | abc |  | NULL | NULL | 12
SELECT SUBSTR('abcdef', 2), SUBSTR('abcdef', 2, 3), SUBSTRING('abcdef', -2), SUBSTR('abcdef', 0, 2), SUBSTR('abc', 9), SUBSTR('abc', 2, -1), SUBSTR(NULL, 1), SUBSTR(12345, 2, 2);
-- > bcdef | bcd | ef | ab |  |  | NULL | 23
SELECT SUBSTR('abc', -5);
-- ! 000002 (0A000): not supported by the local account: SUBSTR from before the beginning of a text
SELECT REPEAT('ab', 3), REPEAT('ab', 0), REPEAT(7, 2), SPACE(2) || '|', REPEAT(NULL, 2);
-- > ababab |  | 77 |   | | NULL
SELECT LPAD('7', 3, '0'), LPAD('1234', 2, '0'), LPAD(7, 3), RPAD('ab', 5, 'xy'), RPAD('ab', 0), RPAD('ab', -1), LPAD('a', 3, ''), LPAD('a', NULL), LPAD('a', 3, NULL);
-- > 007 | 12 |   7 | abxyx |  |  | a | NULL | NULL
SELECT TRIM('  a '), TRIM('xxaxx', 'x'), LTRIM('xya', 'xy'), RTRIM('axy', 'xy'), LTRIM('  a'), RTRIM('a  '), TRIM('a', ''), TRIM('	a'), TRIM(NULL), TRIM('a', NULL);
-- > a | a | a | a | a | a | a | 	a | NULL | NULL
SELECT REPLACE('abcabc', 'b', 'x'), REPLACE('abcabc', 'b'), REPLACE('abc', ''), REPLACE('abc', 'z', 'x'), REPLACE(NULL, 'a', 'b'), REPLACE('abc', NULL, 'b');
-- > axcaxc | acac | abc | abc | NULL | NULL
SELECT TRANSLATE('abcabc', 'ab', 'x'), TRANSLATE('abc', 'a', 'xyz'), TRANSLATE('abc', '', ''), TRANSLATE(NULL, 'a', 'b');
-- > xcxc | xbc | abc | NULL
SELECT INSERT('abcdef', 3, 2, 'zz'), INSERT('abc', 1, 0, 'x'), INSERT('abc', 4, 0, 'x'), INSERT('abc', 2, 9, ''), INSERT(NULL, 1, 1, 'x');
-- > abzzef | xabc | abcx | a | NULL
SELECT INSERT('abc', 9, 1, 'x');
-- ! 000002 (0A000): not supported by the local account: INSERT outside of the text
SELECT CONTAINS(s, 'ow'), STARTSWITH(s, 'Sn'), ENDSWITH(s, 'ke'), CONTAINS(s, '') FROM t ORDER BY s DESC NULLS LAST;
-- > True | True | True | True
-- > False | False | False | True
-- > NULL | NULL | NULL | NULL
SELECT CONTAINS(v, 'ar'), STARTSWITH(n, '12'), ENDSWITH(d, '02') FROM t WHERE s = 'Snow Flake';
-- > True | True | True
SELECT CHARINDEX('b', 'abcb'), CHARINDEX('b', 'abcb', 3), CHARINDEX('z', 'abc'), CHARINDEX('', 'abc'), CHARINDEX('b', 'abc', 9), CHARINDEX(NULL, 'abc'), POSITION('b', 'abc'), POSITION('b' IN 'abc'), POSITION('b', 'abcb', 3);
-- > 2 | 4 | 0 | 1 | 0 | NULL | 2 | 2 | 4
SELECT POSITION('b', 'abc', 0);
-- ! 000002 (0A000): not supported by the local account: a search that starts before the text
SELECT CONCAT('a', 'b', 1), CONCAT('a', NULL), CONCAT('a'), CONCAT_WS('-', 'a', 'b', 'c'), CONCAT_WS('-', 'a'), CONCAT_WS('-', 'a', NULL), CONCAT_WS(NULL, 'a'), 'a' || 1.50 || TRUE;
-- > ab1 | NULL | a | a-b-c | a | NULL | NULL | a1.50true
SELECT LIKE('abc', 'a%'), LIKE('a%c', 'a!%c', '!'), ILIKE('ABC', 'a_c'), LIKE(NULL, 'a'), LIKE('abc', NULL);
-- > True | True | True | NULL | NULL
SELECT 'abc' LIKE ANY ('x%', 'a%'), 'abc' LIKE ALL ('a%', '%z'), 'ABC' ILIKE ANY ('x', 'a%'), NOT 'abc' LIKE ANY ('x%'), NULL LIKE ANY ('a');
-- > True | False | True | True | NULL
SELECT SPLIT_PART('a,b,c', ',', 2), SPLIT_PART('a,b', ',', 0), SPLIT_PART('a,b', ',', -1), SPLIT_PART('a,b', ',', 5), SPLIT_PART('a,b', '', 1), SPLIT_PART('a,b', ';', 1), SPLIT_PART(NULL, ',', 1), SPLIT_PART('127.0.0.1', '.', 4);
-- > b | a | b |  | a,b | a,b | NULL | 1
SELECT STRTOK('a.b c', '. ', 2), STRTOK('a b'), STRTOK('a..b', '.', 2), STRTOK('', ' '), STRTOK('a.b', '.', 9), STRTOK('a.b', ''), STRTOK(NULL);
-- > b | a | b | NULL | NULL | a.b | NULL
SELECT STRTOK('a', ' ', 0);
-- ! 000002 (0A000): not supported by the local account: STRTOK of a part before the first
SELECT STRTOK_TO_ARRAY('a.b..c', '.')::VARCHAR, STRTOK_TO_ARRAY('a b')::VARCHAR, STRTOK_TO_ARRAY(NULL);
-- > ["a","b","c"] | ["a","b"] | NULL
SELECT SPLIT('a,b,', ',')::VARCHAR, SPLIT('ab', '')::VARCHAR, SPLIT('', ',')::VARCHAR, SPLIT(NULL, ','), SPLIT('a', NULL);
-- > ["a","b",""] | ["ab"] | [""] | NULL | NULL
SELECT EDITDISTANCE('kitten', 'sitting'), EDITDISTANCE('', 'abc'), EDITDISTANCE('a', 'a'), EDITDISTANCE(NULL, 'a');
-- > 3 | 3 | 0 | NULL
SELECT EDITDISTANCE('é', 'e');
-- ! 000002 (0A000): not supported by the local account: EDITDISTANCE of other than ASCII letters
SELECT ASCII('a'), ASCII('abc'), ASCII(''), ASCII(NULL), UNICODE('é'), UNICODE(''), CHR(97), CHAR(233), CHR(NULL);
-- > 97 | 97 | 0 | NULL | 233 | 0 | a | é | NULL
SELECT ASCII('é');
-- ! 000002 (0A000): not supported by the local account: ASCII of other than ASCII letters
SELECT CHR(-1);
-- ! 000002 (0A000): not supported by the local account: CHR of that number
SELECT MD5('a'), MD5_HEX('a'), MD5(''), MD5(NULL), MD5(1), MD5_BINARY('a');
-- > 0cc175b9c0f1b6a831c399e269772661 | 0cc175b9c0f1b6a831c399e269772661 | d41d8cd98f00b204e9800998ecf8427e | NULL | c4ca4238a0b923820dcc509a6f75849b | b'\x0c\xc1u\xb9\xc0\xf1\xb6\xa81\xc3\x99\xe2iw&a'
SELECT SHA1('a'), SHA1_HEX('a'), SHA1(''), SHA1_BINARY('a');
-- > 86f7e437faa5a7fce15d1ddcb9eaeaea377667b8 | 86f7e437faa5a7fce15d1ddcb9eaeaea377667b8 | da39a3ee5e6b4b0d3255bfef95601890afd80709 | b'\x86\xf7\xe47\xfa\xa5\xa7\xfc\xe1]\x1d\xdc\xb9\xea\xea\xea7vg\xb8'
SELECT SHA2('a'), SHA2('a', 256) = SHA2_HEX('a'), SHA2(NULL);
-- > ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb | True | NULL
SELECT SHA2('a', 512);
-- ! 000002 (0A000): not supported by the local account: SHA2 of other sizes than 256
SELECT HEX_ENCODE('ab'), HEX_ENCODE('Z~', 0), HEX_ENCODE(TO_BINARY('0aff')), HEX_DECODE_STRING('6162'), HEX_DECODE_BINARY('0AFF'), TRY_HEX_DECODE_STRING('zz'), TRY_HEX_DECODE_STRING('6162'), TRY_HEX_DECODE_BINARY('6'), HEX_ENCODE(NULL);
-- > 6162 | 5a7e | 0AFF | ab | b'\n\xff' | NULL | ab | NULL | NULL
SELECT HEX_DECODE_STRING('zz');
-- ! 001007 (22023): SQL compilation error: The following string is not a legal hex-encoded value: 'zz'
SELECT BASE64_ENCODE('ab'), BASE64_ENCODE(TO_BINARY('0aff')), BASE64_DECODE_STRING('YWI='), BASE64_DECODE_BINARY('Cv8='), TRY_BASE64_DECODE_STRING('*'), TRY_BASE64_DECODE_STRING('YWI='), TRY_BASE64_DECODE_BINARY('a'), BASE64_ENCODE('');
-- > YWI= | Cv8= | ab | b'\n\xff' | NULL | ab | NULL |
SELECT BASE64_DECODE_STRING('***');
-- ! 001007 (22023): SQL compilation error: The following string is not a legal base64-encoded value: '***'
SELECT BASE64_ENCODE('a', 10);
-- ! 000002 (0A000): not supported by the local account: function BASE64_ENCODE with 2 arguments, or with these
-- what is refused by its type
SELECT UPPER(1.5::FLOAT);
-- ! 000002 (0A000): not supported by the local account: FLOAT as text: cast it to NUMBER(p, s) first
SELECT UPPER(TO_BINARY('61'));
-- ! 000002 (0A000): not supported by the local account: function UPPER of binary: write the arguments with ::<type>
SELECT UPPER();
-- ! 000002 (0A000): not supported by the local account: function UPPER with 0 arguments, or with these
SELECT LPAD('a', 'b');
-- ! 000002 (0A000): not supported by the local account: function LPAD of text, text: write the arguments with ::<type>
-- names that other systems have
SELECT LCASE('A');
-- ! 000002 (0A000): not supported by the local account: function LCASE ("LCASE('A')")
SELECT STRPOS('abc', 'b');
-- ! 000002 (0A000): not supported by the local account: function STRPOS ("STRPOS('abc', 'b')")
SELECT IF(TRUE, 1, 2);
-- ! 000002 (0A000): not supported by the local account: function IF ('IF(TRUE, 1, 2)')
SELECT SOUNDEX('a');
-- ! 000002 (0A000): not supported by the local account: function SOUNDEX ("SOUNDEX('a')")
SELECT HASH('a');
-- ! 000002 (0A000): not supported by the local account: function HASH ("HASH('a')")
SELECT db.s.UPPER('a');
-- ! 002141 (42601): SQL compilation error: Unknown user-defined function DB.S.UPPER
SELECT "UPPER"('a'), upper ('b'), x.length, 2 * LENGTH('ab') FROM (SELECT 1 AS length) AS x;
-- > A | B | 1 | 4
WITH first (replace) AS (SELECT 'a') SELECT first.replace, UPPER(replace) AS upper FROM first;
-- > a | A
