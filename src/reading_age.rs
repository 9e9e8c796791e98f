//! How old someone is who reads a text with ease, as far as a formula can tell.
//!
//! It is the Flesch–Kincaid grade and five years (a pupil of American grade 1 is six):
//! `0.39 × words per sentence + 11.8 × syllables per word − 15.59 + 5`, never under 5. Source: J. P. Kincaid, R. P.
//! Fishburne, R. L. Rogers, B. S. Chissom, "Derivation of new readability formulas for Navy enlisted personnel", Research
//! Branch Report 8-75, Naval Technical Training Command, 1975.
//!
//! A sentence ends at `.`, `!`, `?` or the end of a line. Syllables are counted by the letters: see [`syllables`].
//! It is a help for writers and refuses nothing: a short word can be a hard one.

/// What texts for young people keep to, in years.
pub const MOST: f64 = 11.0;

/// The reading age of a text, in years; `None` for a text without a word.
pub fn reading_age(text: &str) -> Option<f64> {
    let sentences = sentences_of(text);
    let words: Vec<&str> = sentences.iter().flatten().copied().collect();
    if words.is_empty() {
        return None;
    }
    let count = |number: usize| u32::try_from(number).map_or(f64::from(u32::MAX), f64::from);
    let of_words: usize = words.iter().map(|word| syllables(word)).sum();
    let grade =
        0.39 * count(words.len()) / count(sentences.len()) + 11.8 * count(of_words) / count(words.len()) - 15.59;
    Some((grade + 5.0).max(5.0))
}

/// The same in whole years, rounded up: what is a little over eleven is not for eleven.
pub fn reading_years(text: &str) -> Option<u32> {
    let age = reading_age(text)?.ceil().min(99.0);
    (5..=99).find(|years| f64::from(*years) >= age)
}

/// The words of each sentence that has any.
fn sentences_of(text: &str) -> Vec<Vec<&str>> {
    let is_word = |word: &&str| word.chars().any(char::is_alphanumeric);
    let mut sentences = Vec::new();
    for line in text.lines() {
        let mut sentence = Vec::new();
        for word in line.split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '/')).filter(is_word) {
            sentence.push(word);
            let bare = word.trim_end_matches(['"', '”', '’', '\'', ')', ']']);
            if bare.ends_with(['.', '!', '?', '…']) {
                sentences.push(std::mem::take(&mut sentence));
            }
        }
        sentences.push(sentence);
    }
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

/// How many syllables an English word has: one for each group of vowels, with these corrections.
///
/// * A silent `e` at the end, and the `e` of `-es` and `-ed` where nobody says it, is none; so is the `e` before `-ly`, `-ful`,
///   `-less` and `-ment`. The `e` of `-le` after a consonant is one.
/// * Two vowels that are said apart are two: `ia`, `io`, `iu`, `eo`, `ua`, `iet`, and a vowel before `-ing`; but not in `-tion`,
///   `-sion`, `-cial`, `-tial`, `-cian`, `-cious`, `-tious`, nor after `q` or `g`.
/// * One more where it ends in `-sm`, or in `-n’t` after a consonant.
/// * Each figure of a number is one, every word has one, and the words of `KNOWN` are as they stand there.
pub fn syllables(word: &str) -> usize {
    let letters = word.to_lowercase();
    let figures = letters.chars().filter(char::is_ascii_digit).count();
    let word: String = letters.chars().filter(|c| c.is_alphabetic()).map(plain).collect();
    let stem = word.strip_suffix('s').unwrap_or(&word);
    if let Some((_, count)) = KNOWN.iter().find(|(known, _)| *known == word || *known == stem) {
        return figures + count;
    }
    let spoken = (vowel_groups(&word) + said_apart(&word) + extra_ending(&word)).saturating_sub(silent_vowels(&word));
    figures + spoken.max(usize::from(!word.is_empty()))
}

/// Words of our trade that the rules miscount.
const KNOWN: &[(&str, usize)] = &[
    ("anyone", 3),
    ("area", 3),
    ("being", 2),
    ("business", 2),
    ("created", 3),
    ("every", 2),
    ("everybody", 4),
    ("everyone", 3),
    ("everything", 3),
    ("experience", 4),
    ("idea", 3),
    ("people", 2),
    ("really", 2),
    ("safeguarding", 3),
    ("something", 2),
    ("sometime", 2),
    ("someone", 2),
    ("whoever", 3),
];

/// Letters with accents count as those without.
fn plain(letter: char) -> char {
    crate::words::fold_for_search(letter.encode_utf8(&mut [0; 4])).chars().next().unwrap_or(letter)
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

fn vowel_groups(word: &str) -> usize {
    let mut was_vowel = false;
    let begins = |letter: char| {
        let begins = is_vowel(letter) && !was_vowel;
        was_vowel = is_vowel(letter);
        begins
    };
    // A y before a vowel at the beginning is a consonant: you, year.
    let word = match word.strip_prefix('y') {
        Some(rest) if rest.starts_with(is_vowel) => rest,
        _ => word,
    };
    word.chars().map(begins).filter(|begins| *begins).count()
}

fn said_apart(word: &str) -> usize {
    const APART: [&str; 6] = ["ia", "io", "iu", "eo", "ua", "iet"];
    const TOGETHER: [&str; 10] = ["tion", "sion", "cial", "tial", "cian", "cious", "tious", "xious", "qua", "gua"];
    let places = |parts: &[&str]| parts.iter().map(|part| word.matches(part).count()).sum::<usize>();
    let stem = word.strip_suffix("ing").or_else(|| word.strip_suffix("ings")).unwrap_or_default();
    let before_ing = stem.ends_with(is_vowel) && !stem.ends_with("qu");
    places(&APART).saturating_sub(places(&TOGETHER)) + usize::from(before_ing)
}

fn silent_vowels(word: &str) -> usize {
    // The e before an ending: safely, hopeful, statement.
    for ending in ["ly", "ful", "less", "ment", "ments"] {
        if let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.ends_with('e')) {
            return silent_e(stem);
        }
    }
    let last = |stem: &str| stem.chars().last().unwrap_or(' ');
    let after_consonant =
        |ending: &str| word.strip_suffix(ending).filter(|s| s.contains(is_vowel) && !is_vowel(last(s)));
    if let Some(stem) = after_consonant("ed") {
        return usize::from(!matches!(last(stem), 't' | 'd'));
    }
    if let Some(stem) = after_consonant("es") {
        let said = stem.ends_with(['s', 'x', 'z', 'c', 'g']) || stem.ends_with("ch") || stem.ends_with("sh");
        return if said { 0 } else { silent_e(&word[..word.len() - 1]) };
    }
    silent_e(word)
}

/// One when it ends in an e that nobody says.
fn silent_e(word: &str) -> usize {
    let Some(stem) = word.strip_suffix('e').filter(|stem| stem.contains(is_vowel)) else { return 0 };
    let mut before = stem.chars().rev();
    match (before.next(), before.next()) {
        (Some(last), _) if is_vowel(last) => 0,
        (Some('l'), Some(second)) if !is_vowel(second) => 0,
        _ => 1,
    }
}

fn extra_ending(word: &str) -> usize {
    const NEGATED: [&str; 8] = ["didnt", "doesnt", "isnt", "hasnt", "couldnt", "wouldnt", "shouldnt", "wasnt"];
    usize::from(word.ends_with("sm") || NEGATED.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_of_known_words() {
        let known: &[(usize, &str)] = &[
            (
                1,
                "a you year the we will ask help like have safe came named looked words things times friend through young",
            ),
            (
                1,
                "can’t won't we’ll know rules plans funds club school heard two own eye queue quite voice choice chance",
            ),
            (
                2,
                "people respect picture little table started needed watches changes being doing music quiet prism didn’t",
            ),
            (2, "station special question leader adult decide promise welcome statement answer fairly Charter safely"),
            (2, "worries hopeful journey tables handles places using playing every something clubhouse"),
            (3, "area idea ideas radio family together organised decision audio video equally introduced volunteer"),
            (3, "deciding safeguarding everyone celebrate equipment"),
            (4, "fingerprinted community organiser everybody celebrated participate situation experience"),
            (5, "organisation opportunity university"),
        ];
        let mut wrong = Vec::new();
        for (count, words) in known {
            for word in words.split(' ') {
                if syllables(word) != *count {
                    wrong.push(format!("{word}: {}, not {count}", syllables(word)));
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert_eq!(
            (syllables(""), syllables("…"), syllables("300"), syllables("Łódź"), syllables("青年")),
            (0, 0, 3, 1, 1)
        );
    }

    #[test]
    fn sentences_end_at_their_marks_and_at_the_end_of_a_line() {
        let count = |text: &str| sentences_of(text).iter().map(Vec::len).collect::<Vec<_>>();
        assert_eq!(count("We ask. You say “yes.” And then?"), [2, 3, 2]);
        assert_eq!(count("One line\n\n- two words"), [2, 2]);
        assert_eq!(count("ten-minute catch-up"), [4]);
        assert_eq!(count(" … "), [0; 0]);
    }

    #[test]
    fn the_formula_is_the_published_one() {
        // 6 words, 1 sentence, 6 syllables: 0.39 × 6 + 11.8 − 15.59 + 5 = 3.55, and never under 5.
        assert_eq!(reading_age("The cat sat on the mat."), Some(5.0));
        // 9 words in one sentence, 17 syllables.
        let text = "The organisation will support every young person in decisions.";
        let syllables_there: usize = text.split(' ').map(syllables).sum();
        let expected = 0.39 * 9.0 + 11.8 * f64::from(u32::try_from(syllables_there).unwrap_or(0)) / 9.0 - 15.59 + 5.0;
        assert!(reading_age(text).is_some_and(|age| (age - expected).abs() < 1e-9));
        assert_eq!((reading_age(""), reading_age(" \n…"), reading_years("")), (None, None, None));
        assert_eq!(reading_years("The cat sat on the mat."), Some(5));
        assert_eq!(reading_years(&"internationalisation ".repeat(40)), Some(99));
    }
}
