-- [almost bad] placeholders, values that templates fill, the word in a column, Amazon's own example
CREATE STAGE IF NOT EXISTS RAW.A URL = 's3://b/' CREDENTIALS = (AWS_KEY_ID = '<your key>' AWS_SECRET_KEY = '***');
CREATE STAGE IF NOT EXISTS RAW.B URL = 's3://b/' CREDENTIALS = (AWS_KEY_ID = 'xxxxxxxx' AWS_SECRET_KEY = '__aws_secret_key__');
CREATE STAGE IF NOT EXISTS RAW.C URL = 's3://b/' CREDENTIALS = (AWS_KEY_ID = 'AKIAIOSFODNN7EXAMPLE' AWS_SECRET_KEY = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY');
CREATE USER IF NOT EXISTS U PASSWORD = 'your_password';
CREATE TABLE IF NOT EXISTS RAW.T (PASSWORD VARCHAR DEFAULT 'none');
SELECT PASSWORD FROM RAW.T WHERE PASSWORD IN ('a', 'b');
-- [bad]
CREATE PROCEDURE RAW.P() RETURNS VARCHAR LANGUAGE PYTHON RUNTIME_VERSION = '3.11' PACKAGES = ('snowflake-snowpark-python') HANDLER = 'run' AS
$$
KEY = "AKIAQ3EGRS7TYHZ5KLMN" # -- !
def run(session):
    return KEY
$$;
