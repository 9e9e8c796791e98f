//! What an organisation's own page says of umbrella bodies: only to those whom it concerns.

use super::standing::Standing;
use super::status::status;
use super::work_pages::Task;

pub(super) fn umbrella_tasks(home: &str, standing: &Standing) -> Vec<Task> {
    let mut tasks = Vec::new();
    let (asking, seeing) = standing.affiliations;
    if asking + seeing > 0 {
        let status = match asking {
            0 => status("Joined", "green"),
            n => status(format!("{n} to answer"), "yellow"),
        };
        let detail = match seeing {
            0 => "None sees you in its totals".to_owned(),
            n => format!("{n} can see you in totals"),
        };
        tasks.push(Task::new("Umbrella bodies", format!("{home}/umbrellas"), detail, status));
    }
    if standing.is_umbrella {
        let detail = "Totals of the organisations that have joined you";
        tasks.push(Task::new(
            "Organisations together",
            format!("{home}/umbrella"),
            detail,
            status("To look at", "blue"),
        ));
    }
    tasks
}
