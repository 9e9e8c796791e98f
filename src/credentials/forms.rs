//! A code as people copy it from paper.

/// The most characters of what was typed that are shown again.
const SHOWN: usize = 60;

/// In capitals and without spaces; empty when nothing was typed.
pub(super) fn tidy_code(typed: &str) -> String {
    let kept = typed.chars().filter(|c| !c.is_whitespace() && !c.is_control());
    kept.take(SHOWN).collect::<String>().to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::tidy_code;

    #[test]
    fn a_code_copied_by_hand_is_found_all_the_same() {
        assert_eq!(tidy_code(" pl-7k3m 9qxz\n"), "PL-7K3M9QXZ");
        assert_eq!(tidy_code(&"x".repeat(500)).len(), 60);
    }
}
