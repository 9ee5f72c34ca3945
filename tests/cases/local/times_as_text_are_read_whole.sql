-- Nothing behind a time is passed over, and a text beside a time is read as by a cast, not by the engine's own rules.
SELECT '2024-01-05 10:11:12 garbage'::TIMESTAMP_NTZ;
-- ! 100035 (22007): Date or time value '2024-01-05 10:11:12 garbage' is not recognized
SELECT '2024-01-05 x'::DATE;
-- ! 100035
SELECT '2024-01-05 10:11:12 America/New_York'::TIMESTAMP_LTZ;
-- ! 100035
SELECT '2024-01-05 10:11:12.'::TIMESTAMP_NTZ;
-- ! 100035
SELECT '10:'::TIME;
-- ! 100035
SELECT '10:11:12 AM'::TIME;
-- ! not supported by the local account: the time '10:11:12 AM' without a format
SELECT '2024-01-05 10:11:12 PM'::TIMESTAMP_NTZ;
-- ! not supported by the local account: the time '2024-01-05 10:11:12 PM' without a format
SELECT '2024-01-05 10:11:12+02:00'::DATE;
-- ! not supported by the local account: the date '2024-01-05 10:11:12+02:00' with an offset
SELECT TRY_TO_DATE('2024-01-05 x'), TRY_TO_TIMESTAMP('2024-01-05 10:11:12 foo'), TRY_TO_TIME('x');
-- > NULL | NULL | NULL
SELECT '10'::TIME, TRY_TO_TIME('3600'), '2024-01-05 10'::TIMESTAMP_NTZ, TO_TIMESTAMP('1704412800123456789');
-- > 00:00:10 | 01:00:00 | 2024-01-05 10:00:00 | 2024-01-05 00:00:00.123456
SELECT '2024-01-05 10:11:12 +0200'::TIMESTAMP_LTZ, '2024-01-05T10:11Z'::TIMESTAMP_NTZ, '2024-01-05 10:11:12+02:00'::TIMESTAMP_NTZ;
-- > 2024-01-05 08:11:12+00:00 | 2024-01-05 10:11:00 | 2024-01-05 10:11:12
-- formats
SELECT TO_CHAR('2024-01-05 13:04:05'::TIMESTAMP, 'YYYY-MM-DDTHH24:MI:SS'), TO_TIMESTAMP('2024-01-05T13:04:05', 'YYYY-MM-DDTHH24:MI:SS');
-- > 2024-01-05T13:04:05 | 2024-01-05 13:04:05
SELECT TO_CHAR('2024-01-05 13:04:05'::TIMESTAMP, 'SS.FF1');
-- ! not supported by the local account: format element 'FF1'
SELECT TO_CHAR('2024-01-05 13:04:05'::TIMESTAMP, 'Q1');
-- ! not supported by the local account: format element 'Q1'
-- fewer digits of the seconds: cut off
SELECT '2024-01-05 10:11:12.987654'::TIMESTAMP_NTZ(0), '10:11:12.987'::TIME(1), '1969-12-31 23:59:59.98'::TIMESTAMP_LTZ(1);
-- > 2024-01-05 10:11:12 | 10:11:12.900000 | 1969-12-31 23:59:59.900000+00:00
CREATE TABLE d (d DATE, n TIMESTAMP_NTZ(0), l TIMESTAMP_LTZ, t TIME(3));
INSERT INTO d VALUES ('2024-01-05', '2024-01-05 10:00:00.9', '2024-01-05 10:00:00', '10:00:00.123987');
SELECT n, t FROM d;
-- > 2024-01-05 10:00:00 | 10:00:00.123000
-- comparisons and choices
SELECT d = '2024-01-05', d = '20240105', n = '2024-01-05 10:00:00', l = '2024-01-05 12:00:00 +0200', t > '10:00' FROM d;
-- > True | False | True | True | True
SELECT COUNT(*) FROM d WHERE d < 'infinity';
-- ! 100035
SELECT COUNT(*) FROM d WHERE d BETWEEN '2024-01-01' AND 'epoch';
-- ! 100035
SELECT d = '05/01/2024' FROM d;
-- ! not supported by the local account: the time '05/01/2024' without a format
SELECT n = '2024-01-05 10:00:00 UTC' FROM d;
-- ! 100035
SELECT COALESCE(NULL, d, '2020-01-01'), IFF(FALSE, d, '2024-01-01'), CASE WHEN FALSE THEN d ELSE '2020-01-01' END, CASE d WHEN '2024-01-05' THEN 1 END FROM d;
-- > 2024-01-05 | 2024-01-01 | 2020-01-01 | 1
SELECT IFF(FALSE, d, 'infinity') FROM d;
-- ! 100035
SELECT * FROM VALUES ('2024-01-01'::DATE), ('2024-01-02') ORDER BY 1 DESC;
-- > 2024-01-02
-- > 2024-01-01
SELECT * FROM VALUES ('2024-01-01'::DATE), ('infinity');
-- ! 100035
SELECT * FROM VALUES (1), ('2.5');
-- ! number and text in one column of VALUES
