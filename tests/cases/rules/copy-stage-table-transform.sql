-- [almost bad] a named stage whose path has a % in it
CREATE TABLE RAW.T (A VARCHAR);
COPY INTO RAW.T (A) FROM (SELECT $1 FROM @RAW.FILES/%/a) ON_ERROR = SKIP_FILE;
