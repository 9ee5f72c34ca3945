-- proves stream_source_dropped
CREATE TABLE src (id INT);
CREATE TABLE kept (id INT);
CREATE STREAM changes ON TABLE src;
CREATE TASK reads AS INSERT INTO kept SELECT id FROM changes;
CREATE OR REPLACE TABLE src (id INT);
EXECUTE TASK reads;
-- wait
-- ? run
-- > READS | FAILED | DB.S.SRC, the source of stream DB.S.CHANGES, was dropped or replaced: recreate the stream: 002003: SQL compilation error: Base table 'DB.S.SRC' dropped, cannot read from stream 'DB.S.CHANGES' (query <id>)
-- ? problems
-- > S.READS | failed in run <id> | DB.S.SRC, the source of stream DB.S.CHANGES, was dropped or replaced: recreate the stream: 002003: SQL compilation error: Base table 'DB.S.SRC' dropped, cannot read from stream 'DB.S.CHANGES' (query <id>) | snowdeploy logs S.READS --run <id>
-- > S.CHANGES | stream is stale: its changes can no longer be read | source No privilege or table dropped; Base table dropped | CREATE OR REPLACE STREAM S.CHANGES …: its position is lost, load what came since once more
