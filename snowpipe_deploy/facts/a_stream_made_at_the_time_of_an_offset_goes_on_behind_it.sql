-- source: B.1, B.7 (the pieces; not as a whole)
-- confirmed: no
-- leans: planner/keep_offsets.py
-- said: a_stream_that_changes_its_mode_is_emptied_by_its_graph_first | put together from documented pieces (unconfirmed as a whole)
CREATE TABLE T (ID NUMBER);
CREATE TABLE READ_ROWS (ID NUMBER);
CREATE STREAM S ON TABLE T;
INSERT INTO T VALUES (1);
INSERT INTO READ_ROWS SELECT ID FROM S;
INSERT INTO T VALUES (2);
CREATE STREAM S2 ON TABLE T APPEND_ONLY = TRUE;
EXECUTE IMMEDIATE $$
BEGIN
    LET at VARCHAR := SYSTEM$STREAM_GET_TABLE_TIMESTAMP('{schema}.S');
    EXECUTE IMMEDIATE 'CREATE OR REPLACE STREAM S2 ON TABLE T AT (TIMESTAMP => TO_TIMESTAMP_LTZ(' || at || ', 9)) APPEND_ONLY = TRUE';
END;
$$;
SELECT ID FROM S2;
-- > 2
