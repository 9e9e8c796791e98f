//! PDFs as another program sees them: the tools of poppler (Debian and Ubuntu: the package poppler-utils).

use std::process::Command;

/// What a tool such as `pdfinfo` or `pdftotext` says of a PDF.
#[track_caller]
pub fn poppler(tool: &str, options: &[&str], pdf: &[u8]) -> String {
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    std::fs::write(file.path(), pdf).expect("a temporary file takes bytes");
    let mut command = Command::new(tool);
    command.args(options).arg(file.path());
    if tool == "pdftotext" {
        command.arg("-");
    }
    let answer =
        command.output().unwrap_or_else(|cause| panic!("{tool} is not there (package poppler-utils): {cause}"));
    assert!(answer.status.success(), "{tool}: {}", String::from_utf8_lossy(&answer.stderr));
    String::from_utf8_lossy(&answer.stdout).into_owned()
}

/// What a PDF says, with one space between words.
#[track_caller]
pub fn words_of_paper(pdf: &[u8]) -> String {
    poppler("pdftotext", &["-layout"], pdf).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A page as a camera sees it: its width, and the brightness of each point.
#[track_caller]
pub fn picture_of(pdf: &[u8], page: usize) -> (usize, Vec<u8>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (file, picture) = (folder.path().join("paper.pdf"), folder.path().join("page"));
    std::fs::write(&file, pdf).expect("a temporary folder takes files");
    let number = page.to_string();
    let mut command = Command::new("pdftoppm");
    command.args(["-r", "100", "-gray", "-singlefile", "-f", &number, "-l", &number]).arg(&file).arg(&picture);
    assert!(command.status().expect("pdftoppm is there (package poppler-utils)").success());
    let bytes = std::fs::read(picture.with_extension("pgm")).expect("it has drawn a picture");
    // P5, width and height, the brightest value, then a byte a point.
    let head: Vec<&[u8]> = bytes.splitn(5, u8::is_ascii_whitespace).collect();
    let width = std::str::from_utf8(head[1]).expect("a number").parse().expect("a number");
    (width, head[4].to_vec())
}
