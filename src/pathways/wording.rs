//! The words that people read for rules: who must have a module, how long it counts, what a change does.

use chrono::NaiveDate;

use super::rule_change::ChangeState;
use super::trial::Effect;
use crate::organisations::{Engagement, LegalForm, MembershipRole};
use crate::questions::legal_form_name;
use crate::training::{Expiry, ModuleState, Requirement};

/// How long a completion counts.
pub fn say_expiry(expiry: Expiry) -> String {
    match expiry {
        Expiry::Never => "For ever".to_owned(),
        Expiry::FromCompletion { months } => format!("{} from the day of completion", say_months(months)),
        Expiry::FromPreviousExpiry { months, renewal_days } => format!(
            "{} from the day of completion. Renewed in its last {}, {} from the end before",
            say_months(months),
            say_days(renewal_days),
            say_months(months)
        ),
        Expiry::OnFixedDay { day, years, renewal_days } => {
            let first = format!("the first that is more than {} after the completion", say_days(renewal_days));
            match years {
                0 | 1 => format!("To {}: {first}", day.say()),
                _ => format!("To {}: {} after {first}", day.say(), count_of(years - 1, "year", "years")),
            }
        }
    }
}

pub fn say_months(months: u32) -> String {
    match months {
        12 => "1 year".to_owned(),
        _ if months.is_multiple_of(12) => format!("{} years", months / 12),
        _ => count_of(months, "month", "months"),
    }
}

fn say_days(days: u32) -> String {
    count_of(days, "day", "days")
}

fn count_of(number: u32, one: &str, many: &str) -> String {
    crate::web::count(number as usize, one, many)
}

/// One way of needing a module, as a sentence without its full stop.
pub fn say_requirement(wanted: &Requirement) -> String {
    let Requirement { roles, engagements, accountable, legal_forms } = wanted;
    let narrows = !engagements.is_empty() || *accountable;
    let mut said = match roles.as_slice() {
        [] if narrows => "People".to_owned(),
        [] => "Everyone".to_owned(),
        [first, rest @ ..] => {
            let rest = rest.iter().map(|role| many_of(*role));
            one_of(std::iter::once(role_name(*first)).chain(rest), "and")
        }
    };
    if !engagements.is_empty() {
        said += &format!(" who are {}", one_of(engagements.iter().map(|e| engagement_name(*e)), "or"));
    }
    if *accountable {
        said += if engagements.is_empty() { " who carry" } else { " and carry" };
        said += " responsibility for the organisation";
    }
    if !legal_forms.is_empty() {
        said += &format!(", in: {}", one_of(legal_forms.iter().map(|form| legal_form_name(*form)), "or"));
    }
    said
}

/// `a`, `a or b`, `a, b or c`.
fn one_of(words: impl Iterator<Item = &'static str>, join: &str) -> String {
    let words: Vec<&str> = words.collect();
    match words.split_last() {
        None => String::new(),
        Some((only, [])) => (*only).to_owned(),
        Some((last, before)) => format!("{} {join} {last}", before.join(", ")),
    }
}

pub fn role_name(role: MembershipRole) -> &'static str {
    match role {
        MembershipRole::Lead => "Leads",
        MembershipRole::Signatory => "Governance signatories",
        MembershipRole::Practitioner => "Practitioners",
        MembershipRole::Viewer => "Those who only look on",
    }
}

fn many_of(role: MembershipRole) -> &'static str {
    match role {
        MembershipRole::Lead => "leads",
        MembershipRole::Signatory => "governance signatories",
        MembershipRole::Practitioner => "practitioners",
        MembershipRole::Viewer => "those who only look on",
    }
}

pub fn engagement_name(engagement: Engagement) -> &'static str {
    match engagement {
        Engagement::Paid => "paid",
        Engagement::Volunteer => "volunteers",
        Engagement::Trustee => "trustees",
    }
}

pub fn kind_name(form: LegalForm) -> &'static str {
    legal_form_name(form)
}

pub fn offer_name(state: ModuleState) -> &'static str {
    match state {
        ModuleState::Offered => "Offered",
        ModuleState::Retired => "Retired: nobody needs it, and what was completed stays on the record",
    }
}

pub fn effect_name(effect: Effect) -> &'static str {
    match effect {
        Effect::NewlyRequired => "Must have it and need not before",
        Effect::OutOfDate => "In date now, out of date at once",
        Effect::Sooner => "In date for a shorter time",
        Effect::InDateAgain => "Out of date now, in date again at once",
        Effect::Later => "In date for a longer time",
        Effect::NoLongerRequired => "Need it no longer, at once",
    }
}

/// What the months beside an effect mean.
pub fn say_bites(effect: Effect) -> &'static str {
    match effect {
        Effect::NewlyRequired => "Without it from",
        Effect::Sooner => "Ends in",
        Effect::Later => "Would have ended in",
        Effect::OutOfDate | Effect::InDateAgain | Effect::NoLongerRequired => "From",
    }
}

pub fn state_name(state: ChangeState) -> (&'static str, &'static str) {
    match state {
        ChangeState::Writing => ("Being written", "grey"),
        ChangeState::Trying => ("Being tried", "blue"),
        ChangeState::Tried => ("Tried, not in force", "yellow"),
        ChangeState::Applying => ("Coming into force", "blue"),
        ChangeState::Applied => ("In force", "green"),
        ChangeState::Dropped => ("Dropped", "grey"),
    }
}

/// `2027-03` as people say it.
pub fn say_month(month: &str) -> String {
    match format!("{month}-01").parse::<NaiveDate>() {
        Ok(day) => day.format("%B %Y").to_string(),
        Err(_) => "never".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::FixedDay;

    #[test]
    fn who_must_have_it_reads_as_a_sentence() {
        let everyone = Requirement::default();
        assert_eq!(say_requirement(&everyone), "Everyone");
        let all = Requirement {
            roles: vec![MembershipRole::Lead, MembershipRole::Practitioner],
            engagements: vec![Engagement::Paid, Engagement::Volunteer],
            accountable: true,
            legal_forms: vec![LegalForm::SchoolOrCollege],
        };
        assert_eq!(
            say_requirement(&all),
            "Leads and practitioners who are paid or volunteers and carry responsibility for the organisation, \
             in: School or college"
        );
        let responsible = Requirement { accountable: true, ..everyone };
        assert_eq!(say_requirement(&responsible), "People who carry responsibility for the organisation");
    }

    #[test]
    fn how_long_it_counts_reads_as_a_sentence() {
        let day = FixedDay::new(8, 31).expect("a day");
        for (expiry, said) in [
            (Expiry::Never, "For ever"),
            (Expiry::FromCompletion { months: 36 }, "3 years from the day of completion"),
            (
                Expiry::FromPreviousExpiry { months: 18, renewal_days: 60 },
                "18 months from the day of completion. Renewed in its last 60 days, 18 months from the end before",
            ),
            (
                Expiry::OnFixedDay { day, years: 1, renewal_days: 0 },
                "To 31 August: the first that is more than 0 days after the completion",
            ),
            (
                Expiry::OnFixedDay { day, years: 3, renewal_days: 60 },
                "To 31 August: 2 years after the first that is more than 60 days after the completion",
            ),
        ] {
            assert_eq!(say_expiry(expiry), said);
        }
    }
}
