ALTER TABLE framework_indicators DROP COLUMN resources;
