-- [current]
create schema RAW;
create storage integration LAKE type = external_stage storage_provider = 'S3' enabled = true storage_aws_role_arn = 'arn:aws:iam::1:role/r' storage_allowed_locations = ('s3://a/');
-- [desired]
create schema RAW;
create storage integration LAKE type = external_stage storage_provider = 'S3' enabled = false storage_aws_role_arn = 'arn:aws:iam::1:role/r' storage_allowed_locations = ('s3://a/', 's3://b/');
-- [plan]
-- alter storage integration LAKE
