-- Numbers that others gave an organisation, at most one of each org-id scheme. Its own once it has been sent to the VRP.
CREATE TABLE organisation_identifiers (
    organisation_id TEXT    NOT NULL REFERENCES organisations (id),
    scheme          TEXT    NOT NULL CHECK (scheme IN ('GB-CHC', 'GB-SC', 'GB-NIC', 'GB-COH', 'GB-EDU', 'GB-UKPRN', 'GB-LAE')),
    number          TEXT    NOT NULL,
    claimed         BOOLEAN NOT NULL,
    PRIMARY KEY (organisation_id, scheme)
);
CREATE UNIQUE INDEX organisation_identifiers_claimed ON organisation_identifiers (scheme, number) WHERE claimed;
INSERT INTO organisation_identifiers (organisation_id, scheme, number, claimed)
    SELECT id, 'GB-SC', charity_number, state <> 'draft' FROM organisations WHERE charity_number LIKE 'SC%';
INSERT INTO organisation_identifiers (organisation_id, scheme, number, claimed)
    SELECT id, 'GB-NIC', substr(charity_number, 4), state <> 'draft' FROM organisations WHERE charity_number LIKE 'NIC%';
INSERT INTO organisation_identifiers (organisation_id, scheme, number, claimed)
    SELECT id, 'GB-CHC', charity_number, state <> 'draft' FROM organisations
    WHERE charity_number NOT LIKE 'SC%' AND charity_number NOT LIKE 'NIC%';
INSERT INTO organisation_identifiers (organisation_id, scheme, number, claimed)
    SELECT id, 'GB-COH', company_number, state <> 'draft' FROM organisations WHERE company_number IS NOT NULL;
DROP INDEX organisations_charity_number;
DROP INDEX organisations_company_number;
ALTER TABLE organisations DROP COLUMN charity_number;
ALTER TABLE organisations DROP COLUMN company_number;

-- What the public may know besides.
ALTER TABLE organisations ADD COLUMN website TEXT;
ALTER TABLE organisations ADD COLUMN public_email TEXT;
ALTER TABLE organisations ADD COLUMN phone TEXT;
ALTER TABLE organisations ADD COLUMN access_note TEXT;
-- The languages and the kinds of access are in content/.
CREATE TABLE organisation_languages (
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    language        TEXT NOT NULL,
    PRIMARY KEY (organisation_id, language)
);
CREATE INDEX organisation_languages_by_language ON organisation_languages (language);
CREATE TABLE organisation_access (
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    feature         TEXT NOT NULL,
    PRIMARY KEY (organisation_id, feature)
);
CREATE INDEX organisation_access_by_feature ON organisation_access (feature);

-- Answers that an approved organisation has changed and not published yet, as JSON.
CREATE TABLE profile_changes (
    organisation_id TEXT      NOT NULL REFERENCES organisations (id),
    question        TEXT      NOT NULL CHECK (question IN ('name', 'legal-form', 'numbers', 'description', 'activities', 'ages',
                        'days', 'districts', 'postcode', 'safeguarding-lead', 'stage', 'languages', 'access', 'contact')),
    answer          TEXT      NOT NULL,
    changed_by      TEXT      NOT NULL REFERENCES accounts (id),
    changed_at      TIMESTAMP NOT NULL,
    PRIMARY KEY (organisation_id, question)
);
