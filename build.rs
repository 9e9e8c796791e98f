//! Takes the GOV.UK design system from its npm package: one style sheet, one script, neither kept in this tree.
//! The style sheet loses the fonts that only GOV.UK may use. `GOVUK_FRONTEND_DIR` names an unpacked package instead.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

const GOVUK_FONT: &str = "GDS Transport,arial,sans-serif";
const OUR_FONT: &str = "system-ui,-apple-system,\"Segoe UI\",Roboto,\"Noto Sans\",\"Liberation Sans\",Arial,sans-serif";

fn main() {
    println!("cargo:rerun-if-changed=package.json");
    println!("cargo:rerun-if-changed=package-lock.json");
    println!("cargo:rerun-if-changed=migrations");
    println!("cargo:rerun-if-env-changed=GOVUK_FRONTEND_DIR");
    let out = PathBuf::from(env::var("OUT_DIR").expect("cargo gives OUT_DIR"));
    let package = match env::var("GOVUK_FRONTEND_DIR") {
        Ok(folder) => PathBuf::from(folder),
        Err(_) => fetch(&out),
    };
    let dist = package.join("dist/govuk");
    let css = read(&dist.join("govuk-frontend.min.css"));
    fs::write(out.join("govuk.css"), without_source_map(&without_govuk_fonts(&css), "/*# sourceMappingURL"))
        .expect("OUT_DIR takes files");
    let js = read(&dist.join("govuk-frontend.min.js"));
    fs::write(out.join("govuk.js"), without_source_map(&js, "//# sourceMappingURL")).expect("OUT_DIR takes files");
}

fn fetch(out: &Path) -> PathBuf {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").expect("cargo gives CARGO_MANIFEST_DIR"));
    let folder = out.join("npm");
    fs::create_dir_all(&folder).expect("OUT_DIR takes folders");
    for name in ["package.json", "package-lock.json"] {
        fs::copy(root.join(name), folder.join(name)).unwrap_or_else(|e| panic!("cannot copy {name}: {e}"));
    }
    let npm = Command::new("npm")
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"])
        .current_dir(&folder)
        .status();
    match npm {
        Ok(status) if status.success() => folder.join("node_modules/govuk-frontend"),
        Ok(status) => panic!("npm ci ended with {status}; the page styles come from the npm package govuk-frontend"),
        Err(e) => panic!(
            "npm was not found ({e}). Install Node.js 18 or later, or unpack the npm package govuk-frontend and set \
             GOVUK_FRONTEND_DIR to its folder"
        ),
    }
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn without_govuk_fonts(css: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    let (mut rest, mut faces) = (css, 0);
    while let Some(start) = rest.find("@font-face{") {
        kept.push_str(&rest[..start]);
        let end = rest[start..].find('}').expect("a font face ends");
        rest = &rest[start + end + 1..];
        faces += 1;
    }
    kept.push_str(rest);
    let families = kept.matches(GOVUK_FONT).count();
    assert!(
        faces == 2 && families > 10,
        "govuk-frontend has changed ({faces} font faces, {families} font families): look at build.rs"
    );
    kept.replace(GOVUK_FONT, OUR_FONT)
}

fn without_source_map<'a>(text: &'a str, mark: &str) -> &'a str {
    text.rfind(mark).map_or(text, |at| &text[..at])
}
