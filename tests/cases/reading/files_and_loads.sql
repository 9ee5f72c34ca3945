-- case: internal stage
-- makes: STAGE SHOP.RAW.S
-- reads: SHOP.RAW.F
create or replace stage shop.raw.s directory = (enable = true auto_refresh = false) file_format = (format_name = 'shop.raw.f') comment = 'uploads';
-- case: external stage
-- makes: STAGE SHOP.RAW.S
create stage if not exists shop.raw.s url = 's3://b/a/' storage_integration = s3_int file_format = (type = csv skip_header = 1 field_optionally_enclosed_by = '"');
-- case: stage with an unquoted format
-- makes: STAGE SHOP.RAW.S
-- reads: SHOP.RAW.F
create stage shop.raw.s url = 's3://b/a/' storage_integration = s3_int file_format = shop.raw.f;
-- case: file format without a type
-- makes: FILE FORMAT SHOP.RAW.F
create file format shop.raw.f record_delimiter = ';' field_delimiter = '|' trim_space = true;
-- case: file format
-- makes: FILE FORMAT SHOP.RAW.F
create or replace file format shop.raw.f type = 'csv' field_delimiter = ',' null_if = ('\\N', 'NULL', '') empty_field_as_null = true compression = auto;
-- case: temporary file format of json
-- makes: FILE FORMAT SHOP.RAW.F
create or replace temporary file format shop.raw.f type = json strip_outer_array = true;
-- case: copy into a table
-- reads: SHOP.RAW.S, SHOP.RAW.F
-- writes: SHOP.RAW.T
copy into shop.raw.t from @shop.raw.s/a/ file_format = (format_name = shop.raw.f) pattern = '.*[.]csv' on_error = 'skip_file' force = true;
-- case: copy of some files with columns
-- reads: SHOP.RAW.S
-- writes: SHOP.RAW.T
use schema shop.raw;
copy into t (id, name) from @s files = ('a.csv', 'b.csv') file_format = (type = csv) validation_mode = return_errors;
-- case: copy with a query
-- reads: SHOP.RAW.S, SHOP.RAW.F
-- writes: SHOP.RAW.T
copy into shop.raw.t (id, name, file) from (select t.$1, t.$2, metadata$filename from @shop.raw.s/a t) file_format = (format_name = 'shop.raw.f');
-- case: copy with a format in short
-- reads: SHOP.RAW.S, SHOP.RAW.F
-- writes: SHOP.RAW.T
copy into shop.raw.t from @shop.raw.s file_format = shop.raw.f;
-- case: copy by column names
-- reads: SHOP.RAW.S
-- writes: SHOP.RAW.T
copy into shop.raw.t from @shop.raw.s match_by_column_name = case_insensitive file_format = (type = parquet) purge = true;
-- case: copy from an address
-- writes: SHOP.RAW.T
copy into shop.raw.t from 's3://b/a.csv' credentials = (aws_key_id = '&key' aws_secret_key = '&secret') file_format = (type = csv);
-- case: copy from the stage of a table
-- reads: SHOP.RAW.T
-- writes: SHOP.RAW.T
copy into shop.raw.t from @shop.raw.%t;
-- case: copy into a stage
-- reads: SHOP.RAW.T
-- writes: SHOP.RAW.S
copy into @shop.raw.s/out/ from shop.raw.t file_format = (type = parquet) header = true overwrite = true max_file_size = 1000;
-- case: copy of a query into a stage
-- reads: SHOP.RAW.T, SHOP.RAW.U
-- writes: SHOP.RAW.S
copy into @shop.raw.s/out_ from (select * from shop.raw.t join shop.raw.u using (id)) partition by ('d=' || d) file_format = (type = csv);
-- case: copy of files between stages
-- reads: SHOP.RAW.REPO
-- writes: SHOP.RAW.S
copy files into @shop.raw.s from @shop.raw.repo/branches/main/a.json;
-- case: pipe
-- makes: PIPE SHOP.RAW.P
-- reads: SHOP.RAW.S
-- writes: SHOP.RAW.T
create or replace pipe shop.raw.p auto_ingest = true aws_sns_topic = 'arn:aws:sns:eu:1:t' error_integration = err as
copy into shop.raw.t from @shop.raw.s file_format = (type = json);
-- case: pipe with an integration and names of the schema in use
-- makes: PIPE SHOP.RAW.P
-- reads: SHOP.RAW.S, SHOP.RAW.F
-- writes: SHOP.RAW.T
use database shop;
use schema raw;
create pipe if not exists p auto_ingest = true integration = 'QUEUE' comment = 'from azure' as
copy into t from (select $1, metadata$filename from @s) file_format = (format_name = f);
-- case: pipe is paused, refreshed and asked
-- writes: SHOP.RAW.P
alter pipe shop.raw.p refresh prefix = 'a/' modified_after = '2024-01-01T00:00:00';
-- case: put
-- writes: SHOP.RAW.S
put file:///tmp/a*.csv @shop.raw.s/a auto_compress = true parallel = 4 overwrite = true;
-- case: put of a path in quotes
-- writes: SHOP.RAW.S
put 'file:///tmp/my files/a.csv' '@shop.raw.s/my files' overwrite = true;
-- case: put of a path of windows
-- writes: SHOP.RAW.S
put file://C:\temp\a.csv @shop.raw.s;
-- case: put of a path with a variable
-- writes: SHOP.RAW.S
put &dir\data\a.csv @shop.raw.s overwrite = true;
-- case: get
-- reads: SHOP.RAW.S
get @shop.raw.s/a file:///tmp/ pattern = '.*csv';
-- case: list and remove
-- writes: SHOP.RAW.S
list @shop.raw.s;
remove @shop.raw.s/a pattern = '.*csv';
-- case: list of a path in quotes
-- reads: SHOP.RAW.S
ls '@shop.raw.s/my files';
-- case: stage is altered
-- writes: SHOP.RAW.S
alter stage if exists shop.raw.s set directory = (enable = true);
-- case: stage is refreshed
-- writes: SHOP.RAW.S
alter stage shop.raw.s refresh subpath = 'a';
-- case: files are queried
-- reads: SHOP.RAW.S, SHOP.RAW.F
select t.$1, t.$2 from @shop.raw.s/a.csv (file_format => 'shop.raw.f') t;
-- case: statements of a file are run
-- reads: SHOP.RAW.REPO
execute immediate from @shop.raw.repo/branches/main/deploy.sql using (env => 'dev');
-- case: external table is refreshed
-- writes: SHOP.RAW.E
alter external table shop.raw.e refresh;
-- case: copy from an address without quotes
-- writes: SHOP.RAW.T
copy into shop.raw.t from s3://bucket/a/b.csv credentials = () file_format = (type = csv);
