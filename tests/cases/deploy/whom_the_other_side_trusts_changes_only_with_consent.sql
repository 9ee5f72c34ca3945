-- [current]
create schema RAW;
create storage integration LAKE type = external_stage storage_provider = 'S3' enabled = true storage_allowed_locations = ('s3://a/') storage_aws_role_arn = 'arn:aws:iam::1:role/r' storage_aws_external_id = 'one';
create notification integration QUEUE type = queue enabled = true direction = outbound notification_provider = aws_sns aws_sns_topic_arn = 'arn:aws:sns:x:1:t' aws_sns_role_arn = 'arn:aws:iam::1:role/r';
-- [desired]
create schema RAW;
create storage integration LAKE type = external_stage storage_provider = 'S3' enabled = true storage_allowed_locations = ('s3://a/') storage_aws_role_arn = 'arn:aws:iam::1:role/r';
create notification integration QUEUE type = queue enabled = true direction = outbound notification_provider = aws_sns aws_sns_topic_arn = 'arn:aws:sns:x:1:t' aws_sns_role_arn = 'arn:aws:iam::1:role/other';
-- [plan]
-- alter storage integration LAKE ! breaks-trust
-- alter notification integration QUEUE ! breaks-trust
