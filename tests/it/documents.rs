//! What the documents name is there.

use crate::harness::root;

#[test]
fn every_file_that_the_security_page_names_is_there() {
    let text = std::fs::read_to_string(root().join("SECURITY.md")).expect("the page");
    let named = text.split('`').skip(1).step_by(2).filter(|name| name.ends_with(".rs") || name.ends_with('/'));
    let named: Vec<&str> = named.filter(|name| !name.contains('<')).collect();
    assert!(named.len() > 15, "only {} files are named", named.len());
    for name in named {
        let found = ["", "src"].iter().any(|folder| root().join(folder).join(name).exists());
        assert!(found, "SECURITY.md names {name}, which is not there");
    }
}
