//! Young people who are asked in the town, what one wrote, and the beginning of a reply.

use chrono::Duration;
use youth_charter::organisations::Organisation;
use youth_charter::voice::{NewAnswers, NewReply, Reply, Said, Slip, VoiceWords, add_reply, hand_in, open_voice_round};

use super::Crew;
use crate::harness::RunningPortal;

pub(super) fn voices(portal: &RunningPortal, crew: &Crew) -> Vec<(&'static str, String)> {
    let hub = portal.read(|conn| Organisation::find_public(conn, "the-hub"));
    let (by, last) = (crew.lead.account().id, portal.today() + Duration::days(14));
    let over = portal.act_as(&crew.lead, |act| open_voice_round(act, hub.id, by, (30, last)));
    let reply = portal.act_as(&crew.lead, |act| {
        over.close(act)?;
        add_reply(act, &over, &NewReply { said: "It is dark.".into(), did: "We wait at the gate.".into() })?;
        Ok(Reply::in_round(act.conn, over.id)?.remove(0).id)
    });
    let round = portal.act_as(&crew.lead, |act| open_voice_round(act, hub.id, by, (30, last)));
    let new = NewAnswers { slip: Slip::new(), said: Said::default(), age: None, words: "It is cold.".into() };
    portal.act(|act| hand_in(act, &round.code, &new));
    let words = portal.read(|conn| VoiceWords::in_round(conn, round.id)).remove(0).id;
    let at = |round: &dyn std::fmt::Display| format!("/organisations/the-hub/voice/{round}");
    vec![
        ("/say/{code}", format!("/say/{}", round.code)),
        ("/organisations/{slug}/voice/{round}", at(&round.id)),
        ("/organisations/{slug}/voice/{round}/words/{words}", format!("{}/words/{words}", at(&round.id))),
        ("/organisations/{slug}/voice/{round}/reply", format!("{}/reply", at(&over.id))),
        (
            "/organisations/{slug}/voice/{round}/reply/{reply}/removal",
            format!("{}/reply/{reply}/removal", at(&over.id)),
        ),
        ("/vrp/voice/{question}", "/vrp/voice/feel-safe".to_owned()),
    ]
}
