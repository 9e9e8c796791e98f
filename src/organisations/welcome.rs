//! The languages that are spoken, and what people can count on when they come: words of `content/`, not of the
//! database, so that a new one needs no more than a new line there. A word that is no longer there is not shown.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::ids::{AccessId, LanguageId};

/// A language besides English.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Language {
    pub id: LanguageId,
    pub name: String,
}

/// Something that makes it possible to come.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Access {
    pub id: AccessId,
    pub name: String,
}

#[derive(Deserialize)]
struct LanguagesFile {
    languages: Vec<Language>,
}

#[derive(Deserialize)]
struct AccessFile {
    access: Vec<Access>,
}

static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
    let file: LanguagesFile =
        toml::from_str(include_str!("../../content/languages.toml")).expect("content/languages.toml is right");
    file.languages
});

static ACCESS: LazyLock<Vec<Access>> = LazyLock::new(|| {
    let file: AccessFile =
        toml::from_str(include_str!("../../content/access.toml")).expect("content/access.toml is right");
    file.access
});

impl Language {
    /// All there are, in the order of the page.
    pub fn all() -> &'static [Self] {
        &LANGUAGES
    }

    pub fn find(word: &str) -> Option<&'static Self> {
        Self::all().iter().find(|language| language.id.as_str() == word)
    }
}

impl Access {
    /// All there are, in the order of the page.
    pub fn all() -> &'static [Self] {
        &ACCESS
    }

    pub fn find(word: &str) -> Option<&'static Self> {
        Self::all().iter().find(|access| access.id.as_str() == word)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_language_and_every_kind_of_access_is_there_once() {
        let languages: BTreeSet<_> = Language::all().iter().map(|language| &language.id).collect();
        assert_eq!(languages.len(), Language::all().len());
        let access: BTreeSet<_> = Access::all().iter().map(|access| &access.id).collect();
        assert_eq!(access.len(), Access::all().len());
        assert!(Language::find("pl").is_some() && Access::find("step-free").is_some());
    }
}
