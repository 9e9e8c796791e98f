//! A form as it is shown: each field's name, what stands in it, and what is wrong with it.

use std::collections::BTreeMap;

use serde::Serialize;

/// A field of a form.
#[derive(Debug, Clone, Serialize, Default, PartialEq, Eq)]
pub struct Field {
    pub name: String,
    pub id: String,
    /// The first value, or nothing.
    pub value: String,
    pub values: Vec<String>,
    pub error: Option<String>,
}

/// One line of the summary at the top of a refused form.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct Problem {
    /// `#` and the id of the field.
    pub href: String,
    pub text: String,
}

/// A radio button, check box or option.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub hint: Option<String>,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), hint: None }
    }

    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// Choices without hints, from pairs of value and label.
pub fn choices(pairs: &[(&str, &str)]) -> Vec<Choice> {
    pairs.iter().map(|(value, label)| Choice::new(*value, *label)).collect()
}

/// A form's fields by name, and its problems in the order of the page.
#[derive(Debug, Clone, Serialize, Default, PartialEq, Eq)]
pub struct Filled {
    #[serde(flatten)]
    fields: BTreeMap<String, Field>,
    pub problems: Vec<Problem>,
}

impl Filled {
    /// An empty form with these fields.
    pub fn blank(names: &[&str]) -> Self {
        names.iter().fold(Self::default(), |form, name| form.with(name, ""))
    }

    /// Puts one value into a field.
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        let value = value.into();
        let values = if value.is_empty() { Vec::new() } else { vec![value] };
        self.fields.insert(name.to_owned(), field(name, values));
        self
    }

    /// Puts several values into a field: ticked boxes.
    pub fn with_all(mut self, name: &str, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let values = values.into_iter().map(Into::into).collect();
        self.fields.insert(name.to_owned(), field(name, values));
        self
    }

    /// Says what is wrong with a field, beside it and in the summary.
    pub fn with_problem(mut self, name: &str, text: impl Into<String>) -> Self {
        let text = text.into();
        let field = self.fields.entry(name.to_owned()).or_insert_with(|| field(name, Vec::new()));
        if field.error.is_none() {
            field.error = Some(text.clone());
            self.problems.push(Problem { href: format!("#{}", field.id), text });
        }
        self
    }

    /// A field as it is shown; an empty one if the form has none of that name.
    pub fn field(&self, name: &str) -> Field {
        self.fields.get(name).cloned().unwrap_or_else(|| field(name, Vec::new()))
    }

    /// Is there nothing wrong?
    pub fn is_right(&self) -> bool {
        self.problems.is_empty()
    }
}

fn field(name: &str, values: Vec<String>) -> Field {
    Field {
        name: name.to_owned(),
        id: name.to_owned(),
        value: values.first().cloned().unwrap_or_default(),
        values,
        error: None,
    }
}
