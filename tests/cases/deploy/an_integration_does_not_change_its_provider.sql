-- [current]
create schema RAW;
create storage integration LAKE type = external_stage storage_provider = 'S3' enabled = true storage_aws_role_arn = 'arn:aws:iam::1:role/r' storage_allowed_locations = ('s3://a/');
-- [desired]
create schema RAW;
create storage integration LAKE type = external_stage storage_provider = 'GCS' enabled = true storage_aws_role_arn = 'arn:aws:iam::1:role/r' storage_allowed_locations = ('s3://a/');
-- [plan]
-- refused: storage integration LAKE: STORAGE_PROVIDER cannot be altered; a new one is a stranger to the other side: make one of another name, and point to that
