CREATE TABLE districts (
    code   TEXT NOT NULL PRIMARY KEY,
    name   TEXT NOT NULL,
    county TEXT NOT NULL
);
CREATE TABLE activities (
    id   TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL
);

-- A registration is an organisation that is not approved yet: its answers are its profile.
CREATE TABLE organisations (
    id                      TEXT      NOT NULL PRIMARY KEY,
    slug                    TEXT      NOT NULL,
    name                    TEXT      NOT NULL,
    search                  TEXT      NOT NULL,
    state                   TEXT      NOT NULL CHECK (state IN ('draft', 'submitted', 'more_wanted', 'approved')),
    legal_form              TEXT      CHECK (legal_form IN ('unincorporated', 'cio', 'registered_charity', 'cic',
                                'company_limited_by_guarantee', 'faith_group', 'school_or_college', 'local_authority', 'other')),
    charity_number          TEXT,
    company_number          TEXT,
    has_no_number           BOOLEAN   NOT NULL,
    description             TEXT,
    min_age                 INTEGER,
    max_age                 INTEGER,
    postcode                TEXT,
    safeguarding_lead_name  TEXT,
    safeguarding_lead_email TEXT,
    stage                   TEXT      CHECK (stage IN ('new', 'growing', 'settled')),
    request_for_more        TEXT,
    created_at              TIMESTAMP NOT NULL,
    submitted_at            TIMESTAMP,
    approved_at             TIMESTAMP,
    CHECK (min_age <= max_age)
);
CREATE UNIQUE INDEX organisations_slug ON organisations (slug);
CREATE UNIQUE INDEX organisations_charity_number ON organisations (charity_number) WHERE state <> 'draft';
CREATE UNIQUE INDEX organisations_company_number ON organisations (company_number) WHERE state <> 'draft';
CREATE INDEX organisations_waiting ON organisations (submitted_at) WHERE state = 'submitted';
CREATE INDEX organisations_approved_by_name ON organisations (search) WHERE state = 'approved';

CREATE TABLE organisation_districts (
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    district_code   TEXT NOT NULL REFERENCES districts (code),
    PRIMARY KEY (organisation_id, district_code)
);
CREATE INDEX organisation_districts_by_district ON organisation_districts (district_code);
CREATE TABLE organisation_activities (
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    activity_id     TEXT NOT NULL REFERENCES activities (id),
    PRIMARY KEY (organisation_id, activity_id)
);
CREATE INDEX organisation_activities_by_activity ON organisation_activities (activity_id);
CREATE TABLE organisation_days (
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    day             TEXT NOT NULL CHECK (day IN ('monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday')),
    PRIMARY KEY (organisation_id, day)
);

-- A person may have no account: volunteers need no log-in to be on the training matrix.
CREATE TABLE people (
    id         TEXT      NOT NULL PRIMARY KEY,
    account_id TEXT      REFERENCES accounts (id),
    name       TEXT      NOT NULL,
    created_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX people_account ON people (account_id);

CREATE TABLE memberships (
    id              TEXT      NOT NULL PRIMARY KEY,
    organisation_id TEXT      NOT NULL REFERENCES organisations (id),
    person_id       TEXT      NOT NULL REFERENCES people (id),
    role            TEXT      NOT NULL CHECK (role IN ('lead', 'signatory', 'practitioner', 'viewer')),
    engagement      TEXT      NOT NULL CHECK (engagement IN ('paid', 'volunteer', 'trustee')),
    accountable     BOOLEAN   NOT NULL,
    state           TEXT      NOT NULL CHECK (state IN ('active', 'left')),
    joined_at       TIMESTAMP NOT NULL,
    left_at         TIMESTAMP
);
CREATE UNIQUE INDEX memberships_once ON memberships (organisation_id, person_id) WHERE state = 'active';
CREATE INDEX memberships_by_person ON memberships (person_id);

CREATE TABLE invitations (
    id              TEXT      NOT NULL PRIMARY KEY,
    organisation_id TEXT      NOT NULL REFERENCES organisations (id),
    email           TEXT      NOT NULL,
    name            TEXT      NOT NULL,
    role            TEXT      NOT NULL CHECK (role IN ('lead', 'signatory', 'practitioner', 'viewer')),
    engagement      TEXT      NOT NULL CHECK (engagement IN ('paid', 'volunteer', 'trustee')),
    accountable     BOOLEAN   NOT NULL,
    token_hash      TEXT      NOT NULL,
    state           TEXT      NOT NULL CHECK (state IN ('open', 'accepted', 'withdrawn')),
    created_at      TIMESTAMP NOT NULL,
    expires_at      TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX invitations_token ON invitations (token_hash);
CREATE UNIQUE INDEX invitations_open_once ON invitations (organisation_id, email) WHERE state = 'open';
