DROP TABLE profile_changes;
DROP TABLE organisation_access;
DROP TABLE organisation_languages;
ALTER TABLE organisations DROP COLUMN access_note;
ALTER TABLE organisations DROP COLUMN phone;
ALTER TABLE organisations DROP COLUMN public_email;
ALTER TABLE organisations DROP COLUMN website;
ALTER TABLE organisations ADD COLUMN charity_number TEXT;
ALTER TABLE organisations ADD COLUMN company_number TEXT;
UPDATE organisations SET company_number =
    (SELECT number FROM organisation_identifiers i WHERE i.organisation_id = organisations.id AND i.scheme = 'GB-COH');
UPDATE organisations SET charity_number =
    (SELECT number FROM organisation_identifiers i WHERE i.organisation_id = organisations.id AND i.scheme = 'GB-CHC');
UPDATE organisations SET charity_number =
    (SELECT number FROM organisation_identifiers i WHERE i.organisation_id = organisations.id AND i.scheme = 'GB-SC')
    WHERE charity_number IS NULL;
UPDATE organisations SET charity_number =
    (SELECT 'NIC' || number FROM organisation_identifiers i WHERE i.organisation_id = organisations.id AND i.scheme = 'GB-NIC')
    WHERE charity_number IS NULL;
CREATE UNIQUE INDEX organisations_charity_number ON organisations (charity_number) WHERE state <> 'draft';
CREATE UNIQUE INDEX organisations_company_number ON organisations (company_number) WHERE state <> 'draft';
DROP TABLE organisation_identifiers;
