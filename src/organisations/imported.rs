//! People who come to an organisation out of a spreadsheet: many at once, none with an account, each marked with the
//! import that brought them.
//! Whoever something hangs on by now is not taken away again.
//! Not here: what the spreadsheet said; `imports` reads it.

use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error as QueryError};

use super::membership::{Membership, Person, Position};
use crate::acts::Act;
use crate::db::schema::{memberships, people};
use crate::each;
use crate::error::Result;
use crate::ids::{ImportId, MembershipId, OrganisationId, PersonId};

const BATCH: usize = 500;

#[derive(Insertable)]
#[diesel(table_name = memberships)]
struct ImportedMembership {
    #[diesel(embed)]
    membership: Membership,
    import_id: ImportId,
}

/// Adds them all. The act's entry is the caller's to write, once for all of them.
pub fn add_imported_people(
    act: &mut Act<'_>,
    import: ImportId,
    organisation: OrganisationId,
    new: Vec<(Person, Position)>,
) -> Result<()> {
    for some in new.chunks(BATCH) {
        let people: Vec<&Person> = some.iter().map(|(person, _)| person).collect();
        let members: Vec<_> = some.iter().map(|new| membership_of(act, import, organisation, new)).collect();
        let conn = &mut *act.conn;
        each!(conn, c => diesel::insert_into(people::table).values(people).execute(c))?;
        let conn = &mut *act.conn;
        each!(conn, c => diesel::insert_into(memberships::table).values(&members).execute(c))?;
    }
    Ok(())
}

fn membership_of(
    act: &Act<'_>,
    import: ImportId,
    organisation: OrganisationId,
    (person, position): &(Person, Position),
) -> ImportedMembership {
    let membership = Membership::beginning(organisation, person.id, *position, act.at);
    ImportedMembership { membership, import_id: import }
}

/// Takes away again who came by an import; returns how many went, and how many stay because they have an account or
/// something else hangs on them by now.
pub fn remove_imported_people(
    act: &mut Act<'_>,
    import: ImportId,
    organisation: OrganisationId,
) -> Result<(usize, usize)> {
    let came: Vec<(MembershipId, PersonId, bool)> = memberships::table
        .inner_join(people::table)
        .filter(memberships::import_id.eq(import))
        .filter(memberships::organisation_id.eq(organisation))
        .select((memberships::id, people::id, people::account_id.is_not_null()))
        .load(act.conn)?;
    let (mut gone, mut kept) = (0, 0);
    for (membership, person, has_account) in came {
        if !has_account && is_forgotten(act, membership, person)? {
            gone += 1;
        } else {
            kept += 1;
        }
    }
    Ok((gone, kept))
}

/// Nobody is taken from under a record that names them: the database refuses, and they stay as they were.
fn is_forgotten(act: &mut Act<'_>, membership: MembershipId, person: PersonId) -> Result<bool> {
    let forgotten = act.conn.transaction(|conn| {
        diesel::delete(memberships::table.find(membership)).execute(conn)?;
        diesel::delete(people::table.find(person)).execute(conn)
    });
    match forgotten {
        Ok(_) => Ok(true),
        Err(QueryError::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _)) => Ok(false),
        Err(other) => Err(other.into()),
    }
}
