//! The way to the pages of a long list before and after one, as `components/pagination` shows it. Pages count from 1.
//! Not here: what is on a page, and how many.

use serde::Serialize;

/// Nothing is shown where both ways are missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PageLinks {
    previous: Option<String>,
    next: Option<String>,
    label: String,
}

impl PageLinks {
    /// Around a page where nobody counts how many there are.
    pub fn uncounted(page: impl Into<i64>, has_more: bool, link: impl Fn(i64) -> String) -> Self {
        let page = page.into();
        Self {
            previous: (page > 1).then(|| link(page - 1)),
            next: has_more.then(|| link(page + 1)),
            label: format!("Page {page}"),
        }
    }

    /// Around a page of a list that holds so many, so many on each page. From past the end the way leads back to it.
    pub fn counted(page: i64, found: i64, on_each: i64, link: impl Fn(i64) -> String) -> Self {
        let last = (found - 1).max(0) / on_each + 1;
        Self {
            previous: (page > 1).then(|| link((page - 1).min(last))),
            next: (page < last).then(|| link(page + 1)),
            label: format!("Page {page} of {last}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_a_list_lead_no_further_and_past_the_end_leads_back() {
        let ways = |links: PageLinks| (links.previous, links.next, links.label);
        let counted = |page, found| ways(PageLinks::counted(page, found, 20, |page| page.to_string()));
        assert_eq!(counted(1, 0), (None, None, "Page 1 of 1".into()));
        assert_eq!(counted(1, 20), (None, None, "Page 1 of 1".into()));
        assert_eq!(counted(1, 21), (None, Some("2".into()), "Page 1 of 2".into()));
        assert_eq!(counted(2, 41), (Some("1".into()), Some("3".into()), "Page 2 of 3".into()));
        assert_eq!(counted(9, 41), (Some("3".into()), None, "Page 9 of 3".into()));
        let uncounted = |page: u32, more| ways(PageLinks::uncounted(page, more, |page| page.to_string()));
        assert_eq!(uncounted(1, true), (None, Some("2".into()), "Page 1".into()));
        assert_eq!(uncounted(2, false), (Some("1".into()), None, "Page 2".into()));
    }
}
