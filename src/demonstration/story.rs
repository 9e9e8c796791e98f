//! What happens to each organisation: between them they are in every state of every journey.

use crate::quality::Level;

/// One organisation's story, told backwards from the day the demonstration is made.
#[derive(Debug, Clone, Copy)]
pub struct Story {
    pub organisation: &'static str,
    pub registration: Registration,
    /// How long ago it was approved, or began to register.
    pub days: i64,
    pub pledge: PledgePart,
    /// How many people answer the skills audit.
    pub skills_answers: usize,
    pub training: Training,
    pub quality: QualityPart,
}

/// How far registration has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Registration {
    Begun,
    Submitted,
    MoreWanted,
    Approved,
}

/// Where the pledge is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PledgePart {
    None,
    /// It said that it is interested.
    Interested,
    /// Someone was at Charter training too.
    Trained,
    Draft,
    PartSigned,
    /// The lead has signed, and the chair has a link to sign by.
    AskedByLink,
    /// Signed so many days ago.
    InForce(i64),
    /// Renewed so many days ago, in the last weeks of the one before.
    Renewed(i64),
    /// Signed so many days ago, with a renewal that one side has signed.
    Renewing(i64),
    Lapsed,
    Withdrawn,
}

/// How well the training matrix is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Training {
    None,
    Begun,
    Behind,
    Mixed,
    Tidy,
}

/// Where the self-assessment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QualityPart {
    None,
    /// So many in a hundred indicators are answered.
    Draft(usize),
    /// By one side; it waits for the other.
    Signed,
    Submitted,
    InReview,
    /// What a reviewer asked for came back changed.
    Returned,
    ChangesRequested,
    /// Recommended, at the level that its answers support.
    Recommended(Level),
    /// Endorsed so many days ago.
    Endorsed(Level, i64),
    NotYet,
    /// Not yet, and since begun again.
    StartedAgain,
}

const fn waits(organisation: &'static str, registration: Registration, days: i64) -> Story {
    Story {
        organisation,
        registration,
        days,
        pledge: PledgePart::None,
        skills_answers: 0,
        training: Training::None,
        quality: QualityPart::None,
    }
}

const fn works(
    organisation: &'static str,
    days: i64,
    pledge: PledgePart,
    skills_answers: usize,
    training: Training,
    quality: QualityPart,
) -> Story {
    Story { organisation, registration: Registration::Approved, days, pledge, skills_answers, training, quality }
}

use Level::{Emerging, Established, Excelling};
use PledgePart::{AskedByLink, InForce, Lapsed, PartSigned, Renewed, Renewing, Withdrawn};
use QualityPart::{
    ChangesRequested, Draft, Endorsed, InReview, NotYet, Recommended, Returned, StartedAgain, Submitted,
};
use Training::{Begun, Behind, Mixed, Tidy};

const NO_ASSESSMENT: QualityPart = QualityPart::None;

/// Every story, in the order of the script.
#[rustfmt::skip]
pub const STORIES: [Story; 40] = [
    works("Radford Road Youth Collective", 1100, Renewed(120), 7, Tidy, Endorsed(Established, 320)),
    works("Meadow Lights Dance Company", 420, InForce(200), 4, Mixed, Submitted),
    works("St Ann's Corner Boxing", 700, InForce(310), 2, Mixed, Endorsed(Emerging, 150)),
    waits("Hyson Green Homework and Games Club", Registration::Submitted, 5),
    works("Clifton Wheels Project", 300, InForce(250), 0, Mixed, Draft(60)),
    works("Bulwell Streetside", 800, Renewed(40), 6, Tidy, Endorsed(Excelling, 400)),
    works("Sneinton Sound Room", 200, PartSigned, 0, Behind, Draft(20)),
    works("Kirkby Lamp Youth Club", 1450, Lapsed, 3, Behind, Endorsed(Emerging, 1200)),
    works("Hucknall Girls' Kickabout", 250, InForce(180), 4, Mixed, ChangesRequested),
    waits("Sutton Makers' Den", Registration::MoreWanted, 14),
    works("Selston Young Carers' Evening", 6, PledgePart::Interested, 0, Training::None, NO_ASSESSMENT),
    works("Teversal Trail Explorers", 150, PledgePart::Draft, 0, Begun, NO_ASSESSMENT),
    works("Worksop Harbour Youth Trust", 900, Renewed(200), 7, Tidy, Returned),
    works("Retford Canalside Canoe Group", 400, Renewing(340), 0, Behind, NotYet),
    waits("Harworth Spotlight Drama", Registration::Begun, 3),
    works("Manton Estate Boxing and Breakfast", 60, PledgePart::Draft, 0, Begun, Draft(5)),
    works("Carlton in Lindrick Cadet Band", 600, InForce(100), 5, Mixed, Recommended(Established)),
    works("Beeston Bridge Youth Project", 1000, Renewed(300), 6, Tidy, Endorsed(Established, 60)),
    works("Stapleford Rainbow Room", 220, InForce(150), 3, Mixed, Submitted),
    works("Eastwood Ability Sports", 750, InForce(90), 5, Tidy, Endorsed(Excelling, 30)),
    waits("Kimberley Canopy Scrapstore", Registration::Submitted, 2),
    works("Chilwell Gurdwara Youth Sangat", 500, InForce(280), 5, Mixed, InReview),
    works("Arnold Lantern Youth Club", 650, Withdrawn, 0, Behind, NO_ASSESSMENT),
    works("Netherfield Kickstart Skills", 330, InForce(260), 6, Mixed, Draft(100)),
    works("Calverton Colliery Juniors Athletics", 560, Lapsed, 2, Behind, NO_ASSESSMENT),
    works("Mapperley Signing Club", 20, AskedByLink, 0, Begun, NO_ASSESSMENT),
    works("Killisick Young Filmmakers", 380, InForce(50), 4, Mixed, ChangesRequested),
    works("Mansfield Northern Lights Youth", 1300, Renewed(330), 7, Tidy, Endorsed(Established, 1010)),
    waits("Warsop Vale Wheels and Boards", Registration::Begun, 21),
    works("Forest Town Girls Together", 270, InForce(130), 4, Mixed, Draft(80)),
    works("Oak Tree Sensory Saturdays", 460, InForce(220), 5, Tidy, Endorsed(Emerging, 200)),
    waits("Ladybrook Lads and Dads", Registration::MoreWanted, 30),
    works("Newark Riverside Youth Hub", 950, InForce(10), 6, Tidy, Endorsed(Established, 500)),
    works("Ollerton Pit Lane Boxing", 720, InForce(350), 3, Mixed, StartedAgain),
    works("Southwell Minster Lane Guild", 180, PledgePart::Trained, 4, Mixed, Draft(40)),
    works("Clipstone Headstocks Cadets", 840, Lapsed, 5, Behind, NO_ASSESSMENT),
    works("West Bridgford Open Table", 240, InForce(30), 0, Mixed, QualityPart::Signed),
    works("Cotgrave Second Shift", 310, InForce(170), 4, Mixed, Submitted),
    waits("Bingham Vale Young Farmers' Shed", Registration::Submitted, 1),
    works("East Leake Stage Left", 680, InForce(60), 3, Mixed, Recommended(Emerging)),
];

/// Where a reviewer volunteers, and so cannot review.
pub const REVIEWERS_CLUB: &str = "Stapleford Rainbow Room";

/// What someone signs in to see: an organisation, a person of its staff, and why.
pub const GUESTS: [(&str, &str, &str); 12] = [
    ("Radford Road Youth Collective", "Leanne Okafor", "Lead of an organisation that has done it all"),
    ("Radford Road Youth Collective", "Patricia Gayle", "Chair there: signs for governance"),
    ("Radford Road Youth Collective", "Jordan Whitmore", "Youth worker there: own training, skills audit"),
    ("Netherfield Kickstart Skills", "", "Lead: a self-assessment ready to submit"),
    ("Southwell Minster Lane Guild", "", "Lead: answers out of a spreadsheet wait to be confirmed"),
    ("Hucknall Girls' Kickabout", "", "Lead: the reviewer asked for changes"),
    ("Sneinton Sound Room", "", "Lead: a pledge that one side has signed"),
    ("Selston Young Carers' Evening", "", "Lead: approved last week, nothing begun yet"),
    ("Harworth Spotlight Drama", "", "Lead: in the middle of registering"),
    ("Ollerton Pit Lane Boxing", "", "Lead: the VRP has suspended it"),
    ("Forest Town Girls Together", "", "Lead: closed it two weeks ago"),
    ("Beeston Bridge Youth Project", "", "Lead of an umbrella body: totals of those that joined it"),
];

#[cfg(test)]
mod tests {
    use super::super::script::SCRIPT;
    use super::*;

    #[test]
    fn every_organisation_of_the_script_has_its_story() {
        for (story, written) in STORIES.iter().zip(&SCRIPT.organisations) {
            assert_eq!(story.organisation, written.name);
        }
        for (organisation, person, _) in GUESTS {
            let written = SCRIPT.organisations.iter().find(|o| o.name == organisation).expect(organisation);
            assert!(person.is_empty() || written.staff.iter().any(|p| p.name == person), "{person}");
        }
    }
}
