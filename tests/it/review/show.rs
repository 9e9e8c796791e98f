use super::*;
use crate::harness::spawn_portal;
#[test]
fn show_me() {
    let portal = spawn_portal();
    let hub = portal.approved_organisation("St Ann’s Youth Hub");
    let club = portal.approved_organisation("Hyson Green Girls’ Group");
    let yard = portal.approved_organisation("The Yard");
    let mill = portal.approved_organisation("Mill Street Boxing");
    let done = portal.approved_organisation("Arnold Arts Club");
    let e = endorsed(&portal, &done, Outcome::Established);
    println!("{e:?}");
    let draft = begun(&portal, &hub);
    add_pdf(&portal, &hub.lead, &draft);
    portal.act_as(&hub.lead, |act| draft.submit(act, hub.lead.account().id)).unwrap();
    let rae = portal.with_role("Rae Reviewer", Role::Reviewer);
    let review = portal.act_as(&rae, |act| { let by = Independence::establish(act.conn, rae.account().id, &draft)?; Review::take(act, &Assessment::find(act.conn, draft.id)?, by) });
    let fs = [Finding::GoodPractice, Finding::Agreed, Finding::NotYet, Finding::AgreedWithAdvice];
    as_independent(&portal, &rae, &review, |act, by| { let f = Framework::in_force(act.conn)?; for (n, i) in f.indicators.iter().take(9).enumerate() { review.record_finding(act, by, &i.id, fs[n % 4], "Say what you changed because of it, and when.")?; } Ok(()) }).unwrap();
    let _ = submitted(&portal, &club);
    let (r2, ray) = recommended(&portal, &yard, Outcome::Excelling);
    let _ = taken(&portal, &mill);
    portal.act(|act| youth_charter::accounts::grant_role(act, ray.account().id, Role::Decider));
    let dee = portal.decider();
    let tok = |p: &Person| portal.act(|act| youth_charter::accounts::begin_session(act, p.account(), "x"));
    portal.read_all_letters();
    std::fs::write("/tmp/outside/scene.json", format!("{{\"site\":\"{}\",\"rae\":\"{}\",\"dee\":\"{}\",\"lead\":\"{}\",\"hub\":\"{}\",\"club\":\"{}\",\"yard\":\"{}\"}}", portal.site(), tok(&rae), tok(&dee), tok(&done.lead), review.assessment_id, "", r2.assessment_id)).unwrap();
    while !std::path::Path::new("/tmp/outside/stop").exists() { std::thread::sleep(std::time::Duration::from_millis(300)); }
    portal.read_all_letters();
}
