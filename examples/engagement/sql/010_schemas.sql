CREATE SCHEMA ENGAGEMENT COMMENT = 'Who reads and watches what: base tables, generators and the five dynamic tables';
