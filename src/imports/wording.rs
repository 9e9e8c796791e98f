//! How findings, columns and states are said.

use super::columns::{ColumnsFlaw, Meaning};
use super::dates::DateFlaw;
use super::finding::{Finding, Found};
use crate::clock::say_day;
use crate::sheets::cell_name;

/// The cell, or the row.
pub fn say_place(finding: &Finding) -> String {
    finding.column.map_or_else(|| format!("Row {}", finding.row), |column| cell_name(column, finding.row))
}

/// What was found and what to do.
pub fn say_finding(found: &Found) -> String {
    match found {
        Found::NameMissing => "The name is missing. Enter the person’s full name, or delete the row".into(),
        Found::TooLong(most) => format!("This is longer than {most} characters. Shorten it"),
        Found::Merged(area) => format!(
            "Cells {} to {} are merged. Split them, so that each row has its own value",
            cell_name(area.first_column, area.first_row),
            cell_name(area.last_column, area.last_row)
        ),
        Found::ModuleMissing => "The training is missing. Enter which training was completed".into(),
        Found::ModuleUnknown { said, nearest: Some(nearest) } => {
            format!("There is no training called “{said}”. Did you mean “{nearest}”?")
        }
        Found::ModuleUnknown { said, nearest: None } => {
            format!("There is no training called “{said}”. Use a name from the list in the template")
        }
        Found::ModuleAmbiguous { said, choices } => {
            let choices: Vec<String> = choices.iter().map(|choice| format!("“{choice}”")).collect();
            format!("“{said}” could be {}. Write which", choices.join(" or "))
        }
        Found::DayMissing => "The date of completion is missing. Enter it, like 27/3/2026".into(),
        Found::DayWrong { said, flaw } => say_date_flaw(said, *flaw),
        Found::DayImpossible(problem) => (*problem).into(),
        Found::ExpiryWrong { said, flaw } => format!("In the expiry date: {}", say_date_flaw(said, *flaw)),
        Found::ExpiryBeforeCompletion { completed_on, expires_on } => format!(
            "It expires on {}, which is not after it was completed on {}. Check both dates",
            say_day(*expires_on),
            say_day(*completed_on)
        ),
        Found::RoleUnknown(said) => format!("“{said}” is not a role here. Write Practitioner or Viewer"),
        Found::RoleNeedsAccount(said) => {
            format!(
                "A {} needs an account. Invite them from the People page, and delete the role here",
                said.to_lowercase()
            )
        }
        Found::EngagementUnknown(said) => {
            format!("“{said}” does not say how they work for you. Write Paid, Volunteer or Trustee")
        }
        Found::YesOrNoUnknown(said) => format!("“{said}” must be Yes or No"),
        Found::Differs { from, earlier_row } => {
            format!("{} is different in row {earlier_row} for the same person. Make both the same", say_meaning(from))
        }
        Found::WhichOfSeveral(name) => {
            format!("Several people here are called {name}. Choose which one it is, further up this page")
        }
        Found::OrganisationMissing => "The organisation is missing. Enter its name".into(),
        Found::OrganisationUnknown { said, nearest: Some(nearest) } => {
            format!("No approved organisation is called “{said}”. Did you mean “{nearest}”?")
        }
        Found::OrganisationUnknown { said, nearest: None } => format!("No approved organisation is called “{said}”"),
        Found::TooMany(most) => {
            format!("There are more than {most} completions for one organisation. Split the file into several")
        }
        Found::ExampleRow => "The example from the template. It is left out".into(),
        Found::OnRecordAlready(day) => format!("On the record already for {}. It is left as it is", say_day(*day)),
        Found::TwiceInSheet { earlier_row } => format!("The same as in row {earlier_row}. It is added once"),
        Found::PositionStays => {
            "They are here already, and their role stays as it is. You can change it on the People page".into()
        }
    }
}

fn say_date_flaw(said: &str, flaw: DateFlaw) -> String {
    match flaw {
        DateFlaw::Unreadable => format!("“{said}” is not a date we can read. Write it like 27/3/2026"),
        DateFlaw::NoDay => format!("“{said}” has no day in it. Write the whole date, like 27/3/2026"),
        DateFlaw::NoSuchDay { day, month, year } => {
            let month = chrono::Month::try_from(u8::try_from(month).unwrap_or(0)).map_or("that month", |m| m.name());
            format!("{month} {year} has no day {day}. Check the date")
        }
        DateFlaw::MonthFirst => {
            format!("“{said}” has the month first, as in America. Write the day first, like 27/3/2026")
        }
        DateFlaw::TwoDays(one, other) => format!(
            "“{said}” could be {} or {}: other dates in this column have the month first. Write the month as a word",
            say_day(one),
            say_day(other)
        ),
    }
}

/// What a column holds.
pub fn say_meaning(meaning: &Meaning) -> &'static str {
    match meaning {
        Meaning::Ignored => "Not used",
        Meaning::Name => "Full name",
        Meaning::GivenName => "First name",
        Meaning::FamilyName => "Last name",
        Meaning::Role => "Role here",
        Meaning::Engagement => "Paid, volunteer or trustee",
        Meaning::Accountable => "Carries responsibility (yes or no)",
        Meaning::Organisation => "Organisation",
        Meaning::Module => "Training",
        Meaning::CompletedOn => "Date completed",
        Meaning::Provider => "Who gave the training",
        Meaning::ExpiresOn => "Expiry date (only checked)",
        Meaning::DayOf(_) => "Date of one training",
    }
}

/// What is wrong with what was said of the columns, and beside which of them it is shown.
pub fn say_columns_flaw(flaw: &ColumnsFlaw) -> (usize, &'static str) {
    match flaw {
        ColumnsFlaw::NoName => (0, "Select the column with people’s full names, or those with first and last names"),
        ColumnsFlaw::NoOrganisation => (0, "Select the column with the organisation’s name"),
        ColumnsFlaw::ModuleWithoutDay => {
            (0, "There is a column for the training. Select the one with the date it was completed too")
        }
        ColumnsFlaw::DayWithoutModule => {
            (0, "There is a column for the date completed. Select the one with the training too")
        }
        ColumnsFlaw::Twice(column) => (*column, "Another column is this already. Select something else, or ‘Not used’"),
    }
}
