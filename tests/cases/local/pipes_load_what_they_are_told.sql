-- file a.csv
-- | 1,one
-- | 2,two
-- file b.csv
-- | 3,three
-- file bad.csv
-- | x,no number
create stage FILES;
create table T (ID number, NAME varchar);
-- Only COPY options that fit a pipe.
-- proves D.6 "| FILES, ON_ERROR = ABORT_STATEMENT, SIZE_LIMIT, PURGE, FORCE, RETURN_FAILED_ONLY, VALIDATION_MODE |"
create pipe P as copy into T from @FILES/in/ files = ('a.csv') file_format = (type = csv);
-- ! FILES is not allowed in the COPY of a pipe
create pipe P as copy into T from @FILES/in/ file_format = (type = csv) size_limit = 10;
-- ! SIZE_LIMIT is not allowed in the COPY of a pipe
create pipe P as copy into T from @FILES/in/ file_format = (type = csv) purge = true;
-- ! PURGE is not allowed in the COPY of a pipe
create pipe P as copy into T from @FILES/in/ file_format = (type = csv) return_failed_only = true;
-- ! RETURN_FAILED_ONLY is not allowed in the COPY of a pipe
create pipe P as copy into T from @FILES/in/ file_format = (type = csv) validation_mode = return_errors;
-- ! VALIDATION_MODE is not allowed in the COPY of a pipe
create pipe P as copy into T from @FILES/in/ file_format = (type = csv) force = true;
-- ! FORCE is not allowed in the COPY of a pipe
create pipe P as copy into T from @FILES/in/ file_format = (type = csv) on_error = abort_statement;
-- ! ON_ERROR = ABORT_STATEMENT is not allowed
create pipe P comment = 'by hand' as copy into T from @FILES/in/ file_format = (type = csv);
-- proves D.6 "SYSTEM$PIPE_STATUS('n') JSON: executionState, pendingFileCount"
select system$pipe_status('P');
-- > {"executionState": "RUNNING", "pendingFileCount": 0}
put file://{folder}/*.csv @FILES/in;
-- Nobody told the pipe.
select count(*) from T;
-- > 0
alter pipe P refresh prefix = 'a.csv';
-- > in/a.csv.gz | SENT
-- wait
select ID from T order by ID;
-- > 1
-- > 2
-- proves D.6 "| REFRESH | only files staged within 7 days; checks table and pipe history |"
-- proves D.6 "| History | in the pipe, 14 days, not in the table; duplicates possible between pipe and bulk COPY |"
-- proves D.4 "| Separate | pipes keep their own history (D.6) |"
-- REFRESH passes over what the pipe has loaded; a broken file is skipped, and not tried again.
alter pipe P refresh;
-- > in/b.csv.gz | SENT
-- > in/bad.csv.gz | SENT
-- wait
alter pipe P refresh;
-- > (no rows)
select ID from T order by ID;
-- > 1
-- > 2
-- > 3
select FILE_NAME, STATUS, PIPE_NAME from table(information_schema.copy_history(table_name => 'T', start_time => dateadd('hour', -1, current_timestamp()))) order by 1;
-- > in/a.csv.gz | Loaded | P
-- > in/b.csv.gz | Loaded | P
-- > in/bad.csv.gz | Load failed | P
-- The pipe's history is not the table's: COPY loads the same files again.
copy into T from @FILES/in/b.csv.gz file_format = (type = csv);
-- > files/in/b.csv.gz | LOADED | 1 | 1 | 1 | 0 | NULL | NULL | NULL | NULL
-- A paused pipe holds what it is told until it is resumed.
alter pipe P set pipe_execution_paused = true;
-- > Statement executed successfully.
-- proves D.6 "| Definition | immutable: change = OR REPLACE |"
-- proves D.6 "| OR REPLACE | loses that history;"
-- A pipe is not changed, it is replaced, and the new one knows of no loads.
alter pipe P set auto_ingest = true;
-- ! a pipe is replaced to change it
create or replace pipe P as copy into T (ID) from (select $1 from @FILES/in/) file_format = (type = csv);
alter pipe P refresh prefix = 'a';
-- > in/a.csv.gz | SENT
-- wait
select count(*) from T;
-- > 6
-- AUTO_INGEST hears of every new file that it takes.
create or replace pipe P auto_ingest = true as copy into T (ID, NAME) from @FILES/auto/ file_format = (type = csv);
put file://{folder}/a.csv @FILES/auto;
-- wait
select count(*) from T;
-- > 8
alter pipe P set pipe_execution_paused = true;
put file://{folder}/b.csv @FILES/auto;
select system$pipe_status('P') like '%"PAUSED", "pendingFileCount": 0%';
-- > True
alter pipe P set pipe_execution_paused = false;
-- wait
select count(*) from T;
-- > 9
-- A COPY that does not compile any more stalls the pipe, and the files wait.
alter table T drop column NAME;
put file://{folder}/bad.csv @FILES/auto;
-- wait
select system$pipe_status('P') like '%"STALLED_COMPILATION_ERROR", "pendingFileCount": 1%';
-- > True
-- What a pipe names is bound by its identity.
-- proves D.6 "| Names | bound to objects by id; renaming table or stage does not follow: recreate |"
-- proves D.6 "| Recreate table | STOPPED_MISSING_TABLE until resumed/recreated |"
alter table T rename to OTHER;
select system$pipe_status('P') like '%STOPPED_MISSING_TABLE%';
-- > True
show pipes;
drop stage FILES;
select system$pipe_status('P') like '%STOPPED_STAGE_DROPPED%';
-- > True
drop pipe P;
-- > P successfully dropped.
