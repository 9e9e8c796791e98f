//! How long it takes to draw a paper: `scripts/bench-papers`.

use std::time::Instant;

use youth_charter::drawing::{Column, Paper, Table, draw_here};

fn paper(rows: usize) -> Paper {
    let at = chrono::NaiveDateTime::default();
    let row = |n: usize| {
        let day = format!("{} November 2026", n % 28 + 1);
        vec![format!("Training {n}"), day.clone(), day, "Base 51".into(), "Confirmed by a lead of The Hub".into()]
    };
    let columns =
        [("Training", 4.0), ("Completed", 3.0), ("Counts to", 3.0), ("Given by", 3.0), ("On whose word", 4.0)];
    Paper::new("Training record of Amina Yusuf", "Youth Charter", at)
        .facts(vec![("Name".into(), "Amina Yusuf".into())])
        .section("Core")
        .table(Table {
            caption: "Training".into(),
            columns: columns.map(|(head, share)| Column::new(head, share)).into(),
            rows: (1..=rows).map(row).collect(),
        })
        .qr_code("https://charter.example.org/verify/TR-7K3M9QXZ", vec!["Check this record.".into()])
}

fn main() {
    if let Some(path) = std::env::args().nth(1) {
        std::fs::write(path, draw_here(paper(60)).expect("it can be drawn")).expect("a file");
        return;
    }
    for rows in [8, 60, 600] {
        let begun = Instant::now();
        let mut bytes = 0;
        let times = if rows > 100 { 5 } else { 50 };
        for _ in 0..times {
            bytes = draw_here(paper(rows)).expect("it can be drawn").len();
        }
        println!(
            "{rows} rows: {:.1} ms, {} KB",
            begun.elapsed().as_secs_f64() * 1000.0 / f64::from(times),
            bytes / 1024
        );
    }
}
