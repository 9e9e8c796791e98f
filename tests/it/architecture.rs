//! The rules of the house that a compiler does not keep: who may import whom, how long things are, what templates
//! may hold. The table of levels stands in ARCHITECTURE.md too; the two must agree.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::harness::root;

/// A module may import those of lower levels.
const LEVELS: &[&[&str]] = &[
    &["ids", "clock", "config", "error", "reading_age", "secrets", "small_groups", "words"],
    &["db", "templates"],
    &["audit", "drawing", "files", "mail", "openid", "sheets", "takeaway", "web"],
    &["acts", "backup"],
    &["accounts"],
    &["organisations", "passkeys", "programme", "sign_in", "single_sign_on", "virus_scan"],
    &["affiliations", "before_pledging", "documents", "my_account", "questions", "rescue", "training", "voice"],
    &[
        "charter",
        "framework",
        "imports",
        "my_training",
        "notices",
        "pathways",
        "profile",
        "providers",
        "registration",
        "skills_audit",
    ],
    &["charter_drafting", "good_practice", "live_records", "skills_rounds", "training_sessions"],
    &["quality"],
    &[
        "assessment_papers",
        "attendance",
        "charter_oversight",
        "framework_drafting",
        "offline_answers",
        "people",
        "review",
    ],
    &[
        "credentials",
        "directory",
        "front",
        "funders_pack",
        "organisation_data",
        "oversight",
        "public_register",
        "sector_skills",
        "sector_training",
        "umbrella_picture",
        "your_data",
    ],
    &["app", "cli", "demonstration", "reminders"],
];
/// Words everyone may use, those of their own level too.
const WORDS: &[&str] = &["ids", "clock", "error", "secrets", "words"];
/// Where a macro that is called by its name alone lives.
const MACROS: &[(&str, &str)] =
    &[("each", "db"), ("letters_alike", "mail"), ("row", "takeaway"), ("text_enum", "db"), ("viewer", "accounts")];

const MOST_LINES: usize = 400;
const MOST_LINES_OF_A_HANDLER: usize = 40;

#[test]
fn a_module_imports_lower_levels_only() {
    let mut wrong = BTreeSet::new();
    for source in sources("src") {
        let importer = source.module();
        let Some(level) = level_of(&importer) else { continue };
        for imported in source.imports() {
            let Some(below) = level_of(&imported) else { panic!("{} imports crate::{imported}", source.name) };
            let together = level == below && (level == LEVELS.len() - 1 || WORDS.contains(&imported.as_str()));
            if imported != importer && below >= level && !together {
                wrong.insert(format!("`{importer}` (level {level}) may not import `{imported}` (level {below})"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn nobody_climbs_out_of_their_folder_by_super() {
    for source in sources("src") {
        let at_the_top = !source.name["src/".len()..].contains('/');
        let code = source.shipped_code();
        let climbs = code.contains("super::super") || at_the_top && code.contains("super::");
        assert!(!climbs, "{}: write crate:: for another module", source.name);
    }
}

#[test]
fn every_module_has_its_level_in_the_table_in_lib_and_in_the_architecture() {
    let in_table: Vec<Vec<String>> = LEVELS.iter().map(|names| sorted(names.iter().copied())).collect();
    let architecture = read(&root().join("ARCHITECTURE.md"));
    let rows = architecture.lines().filter(|line| {
        line.strip_prefix("| ").is_some_and(|row| row.starts_with(|first: char| first.is_ascii_digit()))
    });
    let names_of = |row: &str| {
        let cell = row.split('|').nth(2).expect("a row has a cell of modules");
        sorted(cell.split('`').skip(1).step_by(2))
    };
    assert_eq!(rows.map(names_of).collect::<Vec<_>>(), in_table, "the table in ARCHITECTURE.md");

    let mut in_lib: Vec<Vec<String>> = Vec::new();
    for line in read(&root().join("src/lib.rs")).lines() {
        if line.starts_with("// ") {
            in_lib.push(Vec::new());
        } else if let Some(name) = line.strip_prefix("pub mod ") {
            in_lib.last_mut().expect("a comment names the level").push(name.trim_end_matches(';').to_owned());
        }
    }
    let in_lib: Vec<_> = in_lib.into_iter().map(|names| sorted(names.iter().map(String::as_str))).collect();
    let exists =
        |name: &String| root().join(format!("src/{name}")).exists() || root().join(format!("src/{name}.rs")).exists();
    let there: Vec<Vec<String>> =
        in_table.into_iter().map(|names| names.into_iter().filter(exists).collect()).collect();
    assert_eq!(in_lib, there, "the order in lib.rs");
}

#[test]
fn no_file_is_longer_than_a_person_reads_at_once() {
    let long = [sources("src"), sources("tests")].into_iter().flatten().filter(|s| s.name != "src/db/schema.rs");
    let long: Vec<_> = long.map(|s| (s.name.clone(), s.text.lines().count())).filter(|s| s.1 > MOST_LINES).collect();
    assert!(long.is_empty(), "more than {MOST_LINES} lines; two things? {long:#?}");
}

#[test]
fn every_module_says_first_what_it_is() {
    for source in [sources("src"), sources("tests")].into_iter().flatten() {
        assert!(source.text.starts_with("//! "), "{} does not open with //!", source.name);
    }
}

#[test]
fn a_handler_says_who_parses_does_and_replies_and_no_more() {
    let mut long = Vec::new();
    for source in sources("src").into_iter().filter(|s| s.name.contains("handlers")) {
        for (name, lines) in source.functions() {
            if lines > MOST_LINES_OF_A_HANDLER {
                long.push(format!("{} in {}: {lines} lines", name, source.name));
            }
        }
    }
    assert!(long.is_empty(), "more than {MOST_LINES_OF_A_HANDLER} lines: {long:#?}");
}

#[test]
fn nothing_is_unwrapped_and_nothing_left_for_later() {
    let mut found = Vec::new();
    for source in sources("src") {
        for (number, line) in source.shipped_code().lines().enumerate() {
            if [".unwrap()", "todo!(", "unimplemented!(", "dbg!(", "TODO", "FIXME"]
                .iter()
                .any(|mark| line.contains(mark))
            {
                found.push(format!("{}:{}: {}", source.name, number + 1, line.trim()));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn the_words_of_the_house_are_the_domains() {
    const EMPTY_WORDS: &[&str] = &["manager", "service", "helper", "util", "utils", "misc", "common", "repository"];
    for source in sources("src") {
        let stem = Path::new(&source.name).file_stem().expect("a file has a name").to_string_lossy().into_owned();
        assert!(!EMPTY_WORDS.contains(&stem.as_str()), "{} says nothing of what is in it", source.name);
    }
}

#[test]
fn no_two_migrations_have_the_same_name_and_each_can_be_undone() {
    let mut names = BTreeMap::new();
    for folder in std::fs::read_dir(root().join("migrations")).expect("the migrations").flatten() {
        let name = folder.file_name().to_string_lossy().into_owned();
        for half in ["up.sql", "down.sql"] {
            assert!(!read(&folder.path().join(half)).trim().is_empty(), "{name}/{half} is empty");
        }
        let (_, says) = name.split_once('_').expect("a date, then what it does");
        assert_eq!(names.insert(says.to_owned(), name.clone()), None, "{says}");
    }
}

struct Source {
    /// The path from the root.
    name: String,
    text: String,
}

impl Source {
    /// The module of the crate it belongs to; `lib` and `main` are none.
    fn module(&self) -> String {
        let path = self.name.strip_prefix("src/").unwrap_or(&self.name);
        path.split('/').next().unwrap_or_default().trim_end_matches(".rs").to_owned()
    }

    /// The text without comments.
    fn code(&self) -> String {
        let code = |line: &str| line.find("//").map_or(line.to_owned(), |at| line[..at].to_owned());
        // An address in a text holds two slashes too; nothing after it on a line is an import.
        self.text.lines().map(code).collect::<Vec<_>>().join("\n")
    }

    /// The code without the module's own tests, which stand at its end.
    fn shipped_code(&self) -> String {
        self.code().split("#[cfg(test)]").next().unwrap_or_default().to_owned()
    }

    /// Every module that a path beginning with `crate::` names.
    fn imports(&self) -> BTreeSet<String> {
        let code = self.code();
        let mut found = BTreeSet::new();
        for (at, _) in code.match_indices("crate::") {
            let rest = &code[at + "crate::".len()..];
            let macro_path = code[..at].ends_with('$');
            let names: Vec<String> = match rest.strip_prefix('{') {
                Some(group) => first_names(group),
                None => vec![identifier(rest)],
            };
            for name in names {
                let called = MACROS.iter().find(|(called, _)| *called == name && !macro_path);
                found.insert(called.map_or(name, |(_, lives_in)| (*lives_in).to_owned()));
            }
        }
        found
    }

    /// Functions with how many lines each has.
    fn functions(&self) -> Vec<(String, usize)> {
        let lines: Vec<&str> = self.text.lines().collect();
        let mut found = Vec::new();
        for (start, line) in lines.iter().enumerate() {
            let indent = line.len() - line.trim_start().len();
            let Some((before, after)) = line.split_once("fn ") else { continue };
            if !before.trim().is_empty() && !before.trim().split(' ').all(|w| w == "async" || w.starts_with("pub")) {
                continue;
            }
            let close = format!("{}}}", " ".repeat(indent));
            let end = lines[start..].iter().position(|line| *line == close).unwrap_or(0);
            found.push((identifier(after), end + 1));
        }
        found
    }
}

/// The first identifier of each member of a group: `accounts::{A, B}, charter` are `accounts` and `charter`.
fn first_names(group: &str) -> Vec<String> {
    let (mut names, mut depth, mut begins) = (Vec::new(), 0, true);
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => begins = true,
            _ if begins && depth == 0 && !letter.is_whitespace() => {
                names.push(identifier(&group[at..]));
                begins = false;
            }
            _ => {}
        }
    }
    names
}

fn identifier(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

fn level_of(module: &str) -> Option<usize> {
    LEVELS.iter().position(|names| names.contains(&module))
}

fn sorted<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    names.map(str::to_owned).collect::<BTreeSet<_>>().into_iter().collect()
}

fn sources(folder: &str) -> Vec<Source> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of sources").flatten() {
            let path: PathBuf = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root()).expect("within the project").to_string_lossy().into_owned();
                found.push(Source { name, text: read(&path) });
            }
        }
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    assert!(!found.is_empty(), "no sources in {folder}");
    found
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|cause| panic!("{}: {cause}", path.display()))
}
