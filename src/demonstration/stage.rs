//! The stage on which the demonstration is played: acts of many people at many times, in one transaction, so that
//! the play is made in seconds. Each is an act like any other, with its entry in the trail and its letters.

use std::io::Write;

use chrono::{Duration, NaiveDate, NaiveDateTime, NaiveTime};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};

use crate::accounts::Account;
use crate::acts::Act;
use crate::audit::Actor;
use crate::clock::day_of;
use crate::db::DbConnection;
use crate::error::{Error, Result};
use crate::files::{FileStore, KeptFile, accept_file};
use crate::secrets::SecretKey;

/// The stage, while one organisation's story is played.
pub struct Stage<'a> {
    pub conn: &'a mut DbConnection,
    site: &'a str,
    pub files: &'a FileStore,
    secret: &'a SecretKey,
    /// When the audience comes in.
    now: NaiveDateTime,
    chance: StdRng,
}

impl<'a> Stage<'a> {
    /// Chance falls the same way each time for the same seed.
    pub fn within(act: &'a mut Act<'_>, seed: u64) -> Self {
        let (site, files, secret, now) = (act.site, act.files, act.secret, act.at);
        Self { conn: act.conn, site, files, secret, now, chance: StdRng::seed_from_u64(seed) }
    }

    /// Plays one act.
    pub fn play<T>(
        &mut self,
        by: &Actor,
        at: NaiveDateTime,
        work: impl FnOnce(&mut Act<'_>) -> Result<T>,
    ) -> Result<T> {
        Act::new(self.conn, by.clone(), at, self.site, self.files, self.secret).carry_out(work)
    }

    /// [`Stage::play`] by someone with an account.
    pub fn play_as<T>(
        &mut self,
        by: &Account,
        at: NaiveDateTime,
        work: impl FnOnce(&mut Act<'_>) -> Result<T>,
    ) -> Result<T> {
        self.play(&Actor { account: Some(by.id), name: by.name.clone() }, at, work)
    }

    /// Some time of the working day, so many days ago; never later than now.
    pub fn days_ago(&mut self, days: i64) -> NaiveDateTime {
        let morning = NaiveTime::from_hms_opt(8, 0, 0).expect("eight o'clock is a time");
        let day = (self.now - Duration::days(days)).date().and_time(morning);
        let at = day + Duration::minutes(self.chance.random_range(0..600));
        at.min(self.now - Duration::minutes(1))
    }

    /// A little before the audience comes in.
    pub fn moments_ago(&self) -> NaiveDateTime {
        self.now - Duration::minutes(20)
    }

    pub fn today(&self) -> NaiveDate {
        day_of(self.now)
    }

    /// A number of this range.
    pub fn number(&mut self, range: std::ops::Range<i64>) -> i64 {
        self.chance.random_range(range)
    }

    /// One of these.
    pub fn one_of<'c, T>(&mut self, choices: &'c [T]) -> Result<&'c T> {
        choices.choose(&mut self.chance).ok_or_else(|| Error::unexpected("nothing to choose from"))
    }
}

/// A one-page PDF with these lines on it, as if someone had sent it.
pub fn keep_pdf(files: &FileStore, name: &str, lines: &[&str]) -> Result<KeptFile> {
    let mut file = tempfile::NamedTempFile::new()?;
    file.write_all(&write_pdf(lines))?;
    let checked = accept_file(file.into_temp_path(), name).map_err(|flaw| Error::unexpected(format!("{flaw:?}")))?;
    files.keep_now(checked)
}

/// The smallest PDF that any reader opens: five objects, and a table of where each begins.
fn write_pdf(lines: &[&str]) -> Vec<u8> {
    let shown: String = lines.iter().map(|line| format!("({}) Tj T*\n", pdf_text(line))).collect();
    let text = format!("BT /F1 18 Tf 72 700 Td 32 TL\n{shown}ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    let mut pdf = b"%PDF-1.4\n".to_vec();
    let mut places = String::new();
    for (number, object) in (1..).zip(&objects) {
        places += &format!("{:010} 00000 n \n", pdf.len());
        pdf.extend_from_slice(format!("{number} 0 obj\n{object}\nendobj\n").as_bytes());
    }
    let table = pdf.len();
    let count = objects.len() + 1;
    let end = format!(
        "xref\n0 {count}\n0000000000 65535 f \n{places}trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n"
    );
    pdf.extend_from_slice(end.as_bytes());
    pdf
}

/// ASCII without what has a meaning in a PDF's strings.
fn pdf_text(line: &str) -> String {
    line.chars().filter(|c| c.is_ascii() && !c.is_control() && !matches!(c, '(' | ')' | '\\')).collect()
}

#[cfg(test)]
mod tests {
    use super::write_pdf;

    #[test]
    fn the_table_of_a_pdf_points_to_its_objects() {
        let pdf = String::from_utf8(write_pdf(&["Certificate", "Amina (Yusuf)"])).expect("it is ASCII");
        let table: usize =
            pdf.rsplit("startxref\n").next().and_then(|t| t.lines().next()?.parse().ok()).expect("a number");
        assert!(pdf[table..].starts_with("xref\n0 6\n"));
        for (number, line) in (1..).zip(pdf[table..].lines().skip(3).take(5)) {
            let place: usize = line[..10].parse().expect("ten digits");
            assert!(pdf[place..].starts_with(&format!("{number} 0 obj")), "{number}");
        }
        assert!(pdf.contains("(Amina Yusuf) Tj"));
    }
}
