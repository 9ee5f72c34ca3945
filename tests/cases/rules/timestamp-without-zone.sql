-- [almost bad] the name of a column, a default, a cast in a query
CREATE TABLE RAW.ORDERS (TIMESTAMP TIMESTAMP_LTZ DEFAULT CURRENT_TIMESTAMP()::TIMESTAMP_LTZ, AT DATETIME);
