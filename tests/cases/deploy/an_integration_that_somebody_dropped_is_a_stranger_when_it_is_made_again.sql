-- [current]
create schema RAW;
create storage integration LAKE type = external_stage storage_provider = 'S3' enabled = true storage_allowed_locations = ('s3://a/') storage_aws_role_arn = 'arn:aws:iam::1:role/r';
-- [by hand]
drop integration LAKE;
-- [desired]
create schema RAW;
create storage integration LAKE type = external_stage storage_provider = 'S3' enabled = true storage_allowed_locations = ('s3://a/') storage_aws_role_arn = 'arn:aws:iam::1:role/r';
-- [plan]
-- create storage integration LAKE ! breaks-trust
