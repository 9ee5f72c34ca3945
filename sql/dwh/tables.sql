USE SCHEMA DWH;

CREATE TABLE DIM_DATE (
    DATE_KEY NUMBER NOT NULL COMMENT 'YYYYMMDD',
    CALENDAR_DATE DATE NOT NULL,
    YEAR NUMBER,
    MONTH NUMBER,
    DAY NUMBER,
    DAY_OF_WEEK NUMBER COMMENT '1 Monday to 7 Sunday',
    IS_WEEKEND BOOLEAN,
    MONTH_END DATE
)
COMMENT = 'The dates on which videos trended';

-- Keys are made from what they stand for, not from a sequence: rebuilt in any order, a version has the same key.
CREATE TABLE DIM_VIDEO (
    VIDEO_KEY VARCHAR NOT NULL COMMENT 'MD5 of video and VALID_FROM',
    VIDEO_ID VARCHAR NOT NULL,
    TITLE VARCHAR,
    CHANNEL_TITLE VARCHAR,
    CATEGORY_ID NUMBER,
    VALID_FROM DATE NOT NULL COMMENT 'The trending date that showed this version first',
    VALID_TO DATE COMMENT 'The day the next version starts; that day no longer belongs to this one',
    IS_CURRENT BOOLEAN NOT NULL,
    RUN_ID VARCHAR,
    UPDATED_AT TIMESTAMP_LTZ
)
COMMENT = 'Type 2: a new version when title, channel or category differs from the previous trending day';

CREATE TABLE DIM_CATEGORY (
    CATEGORY_KEY VARCHAR NOT NULL COMMENT 'MD5 of country, category and VALID_FROM',
    COUNTRY VARCHAR NOT NULL,
    CATEGORY_ID NUMBER NOT NULL,
    TITLE VARCHAR,
    IS_ASSIGNABLE BOOLEAN,
    VALID_FROM DATE NOT NULL COMMENT '1900-01-01 for the first version: it also names what trended before we knew it',
    VALID_TO DATE COMMENT 'The day the next version starts; that day no longer belongs to this one',
    IS_CURRENT BOOLEAN NOT NULL,
    RUN_ID VARCHAR,
    UPDATED_AT TIMESTAMP_LTZ
)
COMMENT = 'Type 2: a new version when title or assignability differs from the previous load';

CREATE TABLE FACT_VIDEO_STATS (
    VIDEO_KEY VARCHAR COMMENT 'The version valid on the trending date',
    CATEGORY_KEY VARCHAR COMMENT 'Likewise; NULL if the country does not name the category',
    DATE_KEY NUMBER,
    VIDEO_ID VARCHAR NOT NULL,
    COUNTRY VARCHAR NOT NULL,
    TRENDING_DATE DATE NOT NULL,
    VIEWS NUMBER COMMENT 'A running total, as all counts: add up videos, not days',
    LIKES NUMBER,
    DISLIKES NUMBER,
    COMMENT_COUNT NUMBER,
    VIEWS_CHANGE NUMBER COMMENT 'Since the previous trending day in this country; NULL on the first',
    LIKES_CHANGE NUMBER,
    DISLIKES_CHANGE NUMBER,
    COMMENT_COUNT_CHANGE NUMBER,
    RUN_ID VARCHAR,
    UPDATED_AT TIMESTAMP_LTZ
)
COMMENT = 'One row per video, country and trending date';

CREATE TABLE DATA_QUALITY_RESULTS (
    RUN_ID VARCHAR,
    CHECK_NAME VARCHAR,
    SEVERITY VARCHAR COMMENT 'error, warning',
    STATUS VARCHAR COMMENT 'passed, warning, failed',
    FAILED_ROWS NUMBER,
    MEASURED VARCHAR,
    CHECKED_AT TIMESTAMP_LTZ
)
COMMENT = 'What each check found in each run';
