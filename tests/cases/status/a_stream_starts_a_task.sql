-- proves triggered
CREATE TABLE src (id INT);
CREATE TABLE kept (id INT);
CREATE STREAM changes ON TABLE src;
CREATE TASK takes WAREHOUSE = w WHEN SYSTEM$STREAM_HAS_DATA('changes') AS INSERT INTO kept SELECT id FROM changes;
ALTER TASK takes RESUME;
-- ? now
-- > TAKES | started | runs when changes has data: none has data now
INSERT INTO src VALUES (1);
SELECT 1;
-- wait
-- ? run
-- > TAKES | SUCCEEDED
INSERT INTO src VALUES (2);
-- ? now
-- > TAKES | started | runs when changes has data: changes has data now
-- clock 31s
SELECT 1;
-- wait
-- ? now
-- > TAKES | started | runs when changes has data: none has data now
