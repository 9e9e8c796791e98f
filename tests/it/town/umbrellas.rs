//! What there is of umbrella bodies in the town: the crew's organisation is one, and is asked by others.

use youth_charter::affiliations::mark_umbrella;
use youth_charter::organisations::Organisation;

use super::Crew;
use crate::harness::RunningPortal;

/// The crew's organisation is an umbrella body, belongs to one, and is asked by another.
pub(super) fn umbrellas(portal: &RunningPortal, crew: &Crew) -> Vec<(&'static str, String)> {
    let hub = portal.read(|conn| Organisation::find_by_slug(conn, "the-hub"));
    portal.act(|act| mark_umbrella(act, &hub));
    let member = portal.approved_organisation("Member Club").organisation;
    let affiliation = portal.asked_affiliation(&hub, &member).id;
    let free = portal.approved_organisation("Unasked Club").organisation;
    let asking = portal.asked_affiliation(&portal.umbrella("Asking Association").organisation, &hub).id;
    let joined = portal.consented_affiliation(&portal.umbrella("Joined Association").organisation, &hub).id;
    portal.letters_to(crew.lead.email());
    vec![
        (
            "/organisations/{slug}/umbrella/members/{member}",
            format!("/organisations/the-hub/umbrella/members/{affiliation}"),
        ),
        (
            "/organisations/{slug}/umbrella/asking/{other}",
            format!("/organisations/the-hub/umbrella/asking/{}", free.slug),
        ),
        ("/organisations/{slug}/umbrellas/{affiliation}", format!("/organisations/the-hub/umbrellas/{asking}")),
        (
            "/organisations/{slug}/umbrellas/{affiliation}/withdrawal",
            format!("/organisations/the-hub/umbrellas/{joined}/withdrawal"),
        ),
        ("/vrp/umbrellas/{slug}", format!("/vrp/umbrellas/{}", free.slug)),
        ("/vrp/umbrellas/{slug}/end", "/vrp/umbrellas/the-hub/end".to_owned()),
    ]
}
