-- source: B.5
-- confirmed: no
-- leans: planner/guard_positions.py sends none unasked
-- said: a_new_stream_does_not_begin_unasked_where_one_of_another_mode_stands | for which Snowflake documents no position (unconfirmed)
CREATE TABLE T (ID NUMBER);
CREATE STREAM S ON TABLE T;
INSERT INTO T VALUES (1);
CREATE STREAM S2 ON TABLE T AT (STREAM => 'S') APPEND_ONLY = TRUE;
SELECT ID FROM S2;
-- > 1
