//! The template that leads fill in: the heads of the columns, one example, and everything a training may be called.

use super::courses::CourseNames;
use super::reading::EXAMPLE;
use crate::error::Result;
use crate::sheets::{BookSheet, write_csv, write_workbook};

const HEADS: &[&str] = &[
    "Full name",
    "Role here",
    "Paid or volunteer",
    "Carries responsibility",
    "Training",
    "Date completed",
    "Given by",
];

fn header(of_many: bool) -> Vec<String> {
    of_many.then_some("Organisation").into_iter().chain(HEADS.iter().copied()).map(str::to_owned).collect()
}

fn example(names: &CourseNames, of_many: bool) -> Vec<String> {
    let training = names.full_names().into_iter().next().unwrap_or_default();
    let person = format!("{EXAMPLE} Amina Yusuf");
    let cells = [person.as_str(), "Practitioner", "Volunteer", "No", &training, "27/3/2026", "Base 51"];
    of_many.then_some("The Hub").into_iter().chain(cells).map(str::to_owned).collect()
}

/// As CSV, which has one sheet only: the names of all training follow the example in rows of their own, as examples.
pub fn template_csv(names: &CourseNames, of_many: bool) -> Result<Vec<u8>> {
    write_csv(&header(of_many), &examples(names, of_many))
}

/// One example a module, so that every name is there to copy.
fn examples(names: &CourseNames, of_many: bool) -> Vec<Vec<String>> {
    let training = header(of_many).iter().position(|head| head == "Training").unwrap_or(0);
    let one = |name: String| {
        let mut cells = example(names, of_many);
        cells[training] = name;
        cells
    };
    names.full_names().into_iter().map(one).collect()
}

/// As XLSX: what can be chosen is chosen from lists.
pub fn template_workbook(names: &CourseNames, of_many: bool) -> Result<Vec<u8>> {
    let shift = u16::from(of_many);
    let lists = vec![
        (1 + shift, "=Lists!$B$2:$B$3".to_owned()),
        (2 + shift, "=Lists!$C$2:$C$4".to_owned()),
        (3 + shift, "=Lists!$D$2:$D$3".to_owned()),
        (4 + shift, format!("=Lists!$A$2:$A${}", names.modules.len() + 1)),
    ];
    let cell = |choices: &[&str], at: usize| choices.get(at).map_or(String::new(), |choice| (*choice).to_owned());
    let list_row = |(at, name): (usize, String)| {
        let rest = [&["Practitioner", "Viewer"][..], &["Paid", "Volunteer", "Trustee"], &["Yes", "No"]];
        std::iter::once(name).chain(rest.iter().map(|choices| cell(choices, at))).collect()
    };
    write_workbook(&[
        BookSheet {
            name: "People and training",
            header: header(of_many),
            rows: vec![example(names, of_many)],
            choices: lists,
        },
        BookSheet {
            name: "Lists",
            header: ["Training", "Role here", "Paid or volunteer", "Carries responsibility"]
                .map(str::to_owned)
                .to_vec(),
            rows: names.full_names().into_iter().enumerate().map(list_row).collect(),
            choices: Vec::new(),
        },
    ])
}
