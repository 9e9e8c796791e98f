-- Who gives training. Base 51 is the appointed one; the VRP itself may be another.
CREATE TABLE training_providers (
    id       TEXT      NOT NULL PRIMARY KEY,
    name     TEXT      NOT NULL,
    about    TEXT      NOT NULL,
    state    TEXT      NOT NULL CHECK (state IN ('appointed', 'ended')),
    added_at TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX training_providers_name ON training_providers (name);

-- The people of a provider: invited by e-mail, then with an account.
CREATE TABLE training_provider_people (
    id          TEXT      NOT NULL PRIMARY KEY,
    provider_id TEXT      NOT NULL REFERENCES training_providers (id),
    name        TEXT      NOT NULL,
    email       TEXT      NOT NULL,
    account_id  TEXT      REFERENCES accounts (id),
    token_hash  TEXT      NOT NULL,
    state       TEXT      NOT NULL CHECK (state IN ('invited', 'active', 'ended')),
    invited_at  TIMESTAMP NOT NULL,
    expires_at  TIMESTAMP NOT NULL
);
CREATE UNIQUE INDEX training_provider_people_token ON training_provider_people (token_hash);
CREATE UNIQUE INDEX training_provider_people_invited_once ON training_provider_people (provider_id, email) WHERE state <> 'ended';
CREATE INDEX training_provider_people_by_account ON training_provider_people (account_id) WHERE state = 'active';

-- A session of training: of a module, or of the Charter. That no more are booked than there are places stands in the table.
CREATE TABLE training_sessions (
    id                TEXT      NOT NULL PRIMARY KEY,
    provider_id       TEXT      NOT NULL REFERENCES training_providers (id),
    subject           TEXT      NOT NULL CHECK (subject IN ('module', 'charter')),
    module_id         TEXT      REFERENCES training_modules (id),
    title             TEXT      NOT NULL,
    about             TEXT      NOT NULL,
    trainers          TEXT      NOT NULL,
    starts_at         TIMESTAMP NOT NULL,
    ends_at           TIMESTAMP NOT NULL,
    setting           TEXT      NOT NULL CHECK (setting IN ('place', 'online')),
    place             TEXT      NOT NULL,
    postcode          TEXT,
    district_code     TEXT      REFERENCES districts (code),
    online_link       TEXT,
    access            TEXT      NOT NULL,
    price_pence       INTEGER   NOT NULL CHECK (price_pence >= 0),
    bursary           TEXT      NOT NULL,
    capacity          INTEGER   NOT NULL CHECK (capacity BETWEEN 1 AND 500),
    booked            INTEGER   NOT NULL CHECK (booked >= 0),
    -- How many of those booked are among those for whom places are held.
    favoured          INTEGER   NOT NULL CHECK (favoured >= 0),
    held              INTEGER   NOT NULL CHECK (held >= 0),
    held_for          TEXT      NOT NULL CHECK (held_for IN ('nobody', 'newcomers', 'district')),
    held_district     TEXT      REFERENCES districts (code),
    held_until        TIMESTAMP,
    state             TEXT      NOT NULL CHECK (state IN ('draft', 'open', 'over', 'cancelled')),
    edition           INTEGER   NOT NULL,
    cancelled_because TEXT,
    created_by        TEXT      NOT NULL REFERENCES accounts (id),
    created_at        TIMESTAMP NOT NULL,
    CHECK (ends_at > starts_at),
    CHECK (booked <= capacity),
    CHECK (held <= capacity),
    CHECK (favoured <= booked),
    CHECK ((subject = 'module') = (module_id IS NOT NULL))
);
CREATE INDEX training_sessions_open ON training_sessions (starts_at) WHERE state = 'open';
CREATE INDEX training_sessions_by_module ON training_sessions (module_id, starts_at) WHERE state = 'open';
CREATE INDEX training_sessions_by_provider ON training_sessions (provider_id, starts_at);
CREATE INDEX training_sessions_holding ON training_sessions (held_until) WHERE state = 'open' AND held > 0;

-- A place, or a wish for one. Whoever has waited longest is first.
CREATE TABLE training_bookings (
    id              TEXT      NOT NULL PRIMARY KEY,
    session_id      TEXT      NOT NULL REFERENCES training_sessions (id),
    person_id       TEXT      NOT NULL REFERENCES people (id),
    organisation_id TEXT      REFERENCES organisations (id),
    state           TEXT      NOT NULL CHECK (state IN ('waiting', 'booked', 'cancelled', 'attended', 'absent')),
    asked_by        TEXT      NOT NULL REFERENCES accounts (id),
    asked_at        TIMESTAMP NOT NULL,
    booked_at       TIMESTAMP,
    -- Places are held for them.
    favoured        BOOLEAN   NOT NULL,
    -- Sealed with the portal's key; forgotten when the session is over.
    access_needs    TEXT,
    wants_bursary   BOOLEAN   NOT NULL,
    reminded_at     TIMESTAMP
);
CREATE UNIQUE INDEX training_bookings_once ON training_bookings (session_id, person_id) WHERE state <> 'cancelled';
CREATE INDEX training_bookings_by_session ON training_bookings (session_id, state, asked_at);
CREATE INDEX training_bookings_by_person ON training_bookings (person_id, state);
CREATE INDEX training_bookings_by_organisation ON training_bookings (organisation_id, state);
CREATE INDEX training_bookings_access_kept ON training_bookings (session_id) WHERE access_needs IS NOT NULL;

-- What people said of a session afterwards. Who said it is not kept with it, only that they have.
CREATE TABLE training_feedback_given (
    booking_id TEXT NOT NULL PRIMARY KEY REFERENCES training_bookings (id)
);
CREATE TABLE training_feedback (
    id         TEXT    NOT NULL PRIMARY KEY,
    session_id TEXT    NOT NULL REFERENCES training_sessions (id),
    rating     INTEGER NOT NULL CHECK (rating BETWEEN 1 AND 5),
    useful     TEXT    NOT NULL,
    better     TEXT    NOT NULL
);
CREATE INDEX training_feedback_by_session ON training_feedback (session_id);
