//! How a certificate says that it can be checked: a paper shows a day, its code shows every day after.

/// Where a code is looked up; `site` without a slash at its end.
pub(super) fn checking_address(site: &str, code: &str) -> String {
    format!("{site}/verify/{code}")
}

/// The words beside the picture of that address.
pub(super) fn how_to_check(made_on: &str, code: &str) -> Vec<String> {
    vec![
        format!(
            "This paper says how things stood on {made_on}. Anyone can see how they stand now, with the camera of a phone \
             or at this address."
        ),
        format!("Code: {code}"),
    ]
}
