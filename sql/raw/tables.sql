USE SCHEMA RAW;

-- All text, and the header among the rows: STAGING looks whether it is the one we know. A value that does not cast must
-- not stop the load either; STAGING casts and says what it rejects. A field that is not there at all is NULL, an empty one ''.
-- LOADED_AT is a default and not METADATA$START_SCAN_TIME, because it is one instant for a whole COPY: within one load
-- file name and row number decide which of two equal keys is the later one, and they do so on every replay.
CREATE TABLE VIDEOS (
    VIDEO_ID VARCHAR,
    TRENDING_DATE VARCHAR COMMENT 'YY.DD.MM',
    TITLE VARCHAR,
    CHANNEL_TITLE VARCHAR,
    CATEGORY_ID VARCHAR,
    PUBLISH_TIME VARCHAR,
    TAGS VARCHAR COMMENT 'a|"b"|"c", or [none]',
    VIEWS VARCHAR,
    LIKES VARCHAR,
    DISLIKES VARCHAR,
    COMMENT_COUNT VARCHAR,
    THUMBNAIL_LINK VARCHAR,
    COMMENTS_DISABLED VARCHAR,
    RATINGS_DISABLED VARCHAR,
    VIDEO_ERROR_OR_REMOVED VARCHAR,
    DESCRIPTION VARCHAR,
    EXTRA_FIELD VARCHAR COMMENT 'The 17th field, which no row should have',
    COUNTRY VARCHAR COMMENT 'The two letters that the file name starts with',
    FILE_NAME VARCHAR,
    FILE_ROW_NUMBER NUMBER COMMENT '1 is the header',
    FILE_CONTENT_KEY VARCHAR COMMENT 'Checksum: the same bytes under another name have the same key',
    LOADED_AT TIMESTAMP_LTZ DEFAULT CURRENT_TIMESTAMP()
)
COMMENT = 'Trending videos as loaded. Never TRUNCATE: that forgets which files were loaded, and all load again';

CREATE TABLE CATEGORIES (
    COUNTRY VARCHAR,
    FILE_NAME VARCHAR,
    FILE_ROW_NUMBER NUMBER,
    DOCUMENT VARIANT,
    LOADED_AT TIMESTAMP_LTZ DEFAULT CURRENT_TIMESTAMP()
)
COMMENT = 'Category lists as loaded: one document a file';

CREATE TABLE LOADED_FILES (
    RUN_ID VARCHAR,
    TABLE_NAME VARCHAR COMMENT 'VIDEOS, CATEGORIES',
    FILE_NAME VARCHAR,
    STATUS VARCHAR COMMENT 'As COPY_HISTORY says: Loaded, Partially loaded, Load failed',
    RECORDS NUMBER COMMENT 'With the header',
    RECORDS_NOT_READ NUMBER COMMENT 'Of these: not UTF-8, or otherwise unreadable for COPY',
    FIRST_ERROR VARCHAR,
    FIRST_ERROR_LINE NUMBER,
    FILE_SIZE NUMBER,
    LOADED_AT TIMESTAMP_LTZ
)
COMMENT = 'What COPY found, file by file: COPY_HISTORY itself forgets after 14 days';

CREATE TABLE PIPELINE_LOG (
    RUN_ID VARCHAR COMMENT 'GRAPH_RUN_GROUP_ID of the run: the same in every task, also in a retry',
    STEP VARCHAR,
    STATUS VARCHAR COMMENT 'succeeded, warning, failed, skipped, cancelled',
    ROW_COUNT NUMBER,
    FILE_COUNT NUMBER,
    ERROR VARCHAR,
    STARTED_AT TIMESTAMP_LTZ,
    ENDED_AT TIMESTAMP_LTZ
)
COMMENT = 'What each step of each run did';
