-- [current]
create schema RAW;
create notification integration MAIL type = email enabled = true allowed_recipients = ('a@b.c');
-- [desired]
create schema RAW;
-- [shows]
-- keep_account_objects
-- [plan]
-- note: notification integration MAIL stays: it belongs to the account; --allow 'deletes-object:notification integration MAIL' drops it
