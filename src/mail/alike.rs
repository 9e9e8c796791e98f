//! Letters that are told the same and say it differently: one struct of what they are told, and a kind for each template.

/// `letters_alike! { Told: AskedLetter = "affiliation-asked"; }` makes a kind of letter around `Told<'_>` for each line.
#[macro_export]
macro_rules! letters_alike {
    ($told:ident: $($name:ident = $file:literal;)+) => {$(
        #[derive(serde::Serialize)]
        #[serde(transparent)]
        struct $name<'a>($told<'a>);
        impl $crate::mail::Letter for $name<'_> {
            const NAME: &'static str = $file;
        }
    )+};
}
