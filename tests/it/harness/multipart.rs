//! A form with files, as a browser writes it.

/// A file to send: its name and its bytes.
#[derive(Debug, Clone, Default)]
pub struct Attachment {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The content type and the body of a form with these fields and files.
pub fn write_multipart(fields: &[(String, String)], files: &[(String, Attachment)]) -> (String, Vec<u8>) {
    const BOUNDARY: &str = "----a-boundary-that-no-test-types";
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n").bytes());
        body.extend(value.bytes());
        body.extend(b"\r\n");
    }
    for (name, file) in files {
        let file_name = file.name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
        body.extend(
            format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file_name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            )
            .bytes(),
        );
        body.extend(&file.bytes);
        body.extend(b"\r\n");
    }
    body.extend(format!("--{BOUNDARY}--\r\n").bytes());
    (format!("multipart/form-data; boundary={BOUNDARY}"), body)
}
