USE SCHEMA STAGING;

CREATE TABLE VIDEOS (
    VIDEO_ID VARCHAR NOT NULL,
    COUNTRY VARCHAR NOT NULL,
    TRENDING_DATE DATE NOT NULL,
    TITLE VARCHAR,
    CHANNEL_TITLE VARCHAR,
    CATEGORY_ID NUMBER,
    PUBLISHED_AT TIMESTAMP_NTZ COMMENT 'UTC',
    TAGS ARRAY,
    VIEWS NUMBER,
    LIKES NUMBER,
    DISLIKES NUMBER,
    COMMENT_COUNT NUMBER,
    THUMBNAIL_LINK VARCHAR,
    COMMENTS_DISABLED BOOLEAN,
    RATINGS_DISABLED BOOLEAN,
    VIDEO_ERROR_OR_REMOVED BOOLEAN,
    DESCRIPTION VARCHAR,
    CONTENT_HASH VARCHAR COMMENT 'Of all the columns above: tells at one comparison whether a row says something new',
    FILE_NAME VARCHAR,
    FILE_ROW_NUMBER NUMBER,
    LOADED_AT TIMESTAMP_LTZ,
    RUN_ID VARCHAR,
    UPDATED_AT TIMESTAMP_LTZ
)
COMMENT = 'One row per video, country and trending date: the one loaded last';

-- Written and read within one transaction. A table and not a temporary one: to make that is DDL, which would commit.
CREATE TRANSIENT TABLE NEW_VIDEOS (
    VIDEO_ID VARCHAR,
    COUNTRY VARCHAR,
    TRENDING_DATE DATE,
    TITLE VARCHAR,
    CHANNEL_TITLE VARCHAR,
    CATEGORY_ID NUMBER,
    PUBLISHED_AT TIMESTAMP_NTZ,
    TAGS ARRAY,
    VIEWS NUMBER,
    LIKES NUMBER,
    DISLIKES NUMBER,
    COMMENT_COUNT NUMBER,
    THUMBNAIL_LINK VARCHAR,
    COMMENTS_DISABLED BOOLEAN,
    RATINGS_DISABLED BOOLEAN,
    VIDEO_ERROR_OR_REMOVED BOOLEAN,
    DESCRIPTION VARCHAR,
    CONTENT_HASH VARCHAR,
    FILE_NAME VARCHAR,
    FILE_ROW_NUMBER NUMBER,
    LOADED_AT TIMESTAMP_LTZ,
    FILE_CONTENT_KEY VARCHAR,
    HEADER VARCHAR COMMENT 'In row 1: the fields as they stood in the file',
    IS_TURNED BOOLEAN COMMENT 'The date can only be YY.MM.DD',
    RECORDS NUMBER COMMENT 'More than 1 where an open quote swallowed other records',
    REASON VARCHAR COMMENT 'Why the row is rejected; NULL if it is good',
    RAW_ROW OBJECT COMMENT 'Only of what is rejected'
)
DATA_RETENTION_TIME_IN_DAYS = 0
COMMENT = 'The rows that PROCESS_NEW_VIDEOS worked on last, each with its verdict';

CREATE TABLE VIDEO_FILES (
    FILE_NAME VARCHAR,
    FILE_CONTENT_KEY VARCHAR,
    COUNTRY VARCHAR,
    LOADED_AT TIMESTAMP_LTZ,
    HAS_HEADER BOOLEAN COMMENT 'Could the first record be read?',
    ROWS_READ NUMBER COMMENT 'Without the header, and without what COPY could not read (RAW.LOADED_FILES)',
    ROWS_STAGED NUMBER,
    ROWS_REJECTED NUMBER,
    ROWS_DUPLICATE NUMBER COMMENT 'Good, but the same key came later in the run, or STAGING.VIDEOS had these values',
    VERDICT VARCHAR COMMENT 'accepted, rejected, duplicate',
    REASON VARCHAR COMMENT 'Why a file is rejected, or whose bytes it repeats',
    RUN_ID VARCHAR,
    PROCESSED_AT TIMESTAMP_LTZ
)
COMMENT = 'What became of the rows of each file';

CREATE TABLE REJECTED_VIDEOS (
    FILE_NAME VARCHAR,
    FILE_ROW_NUMBER NUMBER COMMENT 'NULL where the row stands for a whole file',
    ROW_COUNT NUMBER COMMENT 'How many rows of the file this row stands for',
    COUNTRY VARCHAR,
    REASON VARCHAR COMMENT 'The first field that does not fit, and why',
    RAW_ROW OBJECT,
    LOADED_AT TIMESTAMP_LTZ,
    RUN_ID VARCHAR,
    REJECTED_AT TIMESTAMP_LTZ
)
COMMENT = 'Rows of RAW.VIDEOS that are not good, and files that were rejected as a whole';

CREATE TABLE REJECTED_CATEGORIES (
    FILE_NAME VARCHAR,
    ITEM_INDEX NUMBER COMMENT 'NULL where the file has no list of items',
    COUNTRY VARCHAR,
    REASON VARCHAR,
    ITEM VARIANT,
    LOADED_AT TIMESTAMP_LTZ,
    RUN_ID VARCHAR,
    REJECTED_AT TIMESTAMP_LTZ
)
COMMENT = 'Items of category lists that name no category';

CREATE TABLE CATEGORIES (
    COUNTRY VARCHAR NOT NULL,
    CATEGORY_ID NUMBER NOT NULL,
    LOADED_ON DATE NOT NULL,
    TITLE VARCHAR,
    IS_ASSIGNABLE BOOLEAN,
    FILE_NAME VARCHAR,
    LOADED_AT TIMESTAMP_LTZ,
    RUN_ID VARCHAR,
    UPDATED_AT TIMESTAMP_LTZ
)
COMMENT = 'One row per country, category and day of load: the one loaded last that day';
