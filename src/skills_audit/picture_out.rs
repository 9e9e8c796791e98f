//! An organisation's gaps as a table for spreadsheet programs: what its page shows, and no more.

use super::picture::Spread;
use super::picture_page::Seen;
use super::picture_parts::role_name;
use crate::sheets::BookSheet;

/// A row a skill for everyone, then a row a skill for each group of roles that is shown apart.
pub(super) fn picture_sheet(seen: &Seen) -> BookSheet {
    let fixed = ["Skill", "Module", "Who", "People"].map(str::to_owned);
    let anchors = seen.instrument.anchors.iter().map(|anchor| anchor.label.clone());
    let everyone = seen.picture.spreads.iter().filter_map(|spread| row(seen, "Everyone", spread));
    let by_role = seen
        .picture
        .by_role
        .iter()
        .flat_map(|(group, spreads)| spreads.iter().filter_map(move |spread| row(seen, role_name(*group), spread)));
    BookSheet {
        name: "Skills",
        header: fixed.into_iter().chain(anchors).chain(["Want training".to_owned()]).collect(),
        rows: everyone.chain(by_role).collect(),
        choices: Vec::new(),
    }
}

fn row(seen: &Seen, who: &str, spread: &Spread) -> Option<Vec<String>> {
    let skill = seen.instrument.skill(&spread.skill)?;
    let fixed = [
        skill.statement.clone(),
        seen.instrument.module_title(&skill.module_id).to_owned(),
        who.to_owned(),
        spread.people().to_string(),
    ];
    let at = spread.people_at.iter().map(i64::to_string);
    Some(fixed.into_iter().chain(at).chain([spread.wanting.to_string()]).collect())
}
