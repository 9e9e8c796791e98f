//! A mail server on loopback that keeps what it is given, and reads it back as a mail program would.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A mail server in a thread of its own.
pub struct MailServer {
    pub address: SocketAddr,
    received: Arc<Mutex<Vec<String>>>,
}

/// A letter as it arrived.
#[derive(Debug)]
pub struct ReceivedLetter {
    pub from: String,
    pub to: String,
    pub subject: String,
    pub message_id: String,
    /// The headers by which a mail program stops letters like it.
    pub unsubscribe: (String, String),
    pub text: String,
    pub html: String,
    /// Every header, its name in lower case.
    pub headers: Vec<(String, String)>,
}

impl MailServer {
    /// Answers on a free port.
    pub fn start() -> Self {
        Self::start_at(([127, 0, 0, 1], 0).into())
    }

    /// Answers on a port that was free a moment ago.
    pub fn start_at(address: SocketAddr) -> Self {
        let listener = TcpListener::bind(address).expect("there is a free port");
        let address = listener.local_addr().expect("a bound port");
        let received = Arc::new(Mutex::new(Vec::new()));
        let kept = received.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let kept = kept.clone();
                // A conversation that breaks off is the sender's to repeat.
                std::thread::spawn(move || converse(stream, &kept).ok());
            }
        });
        Self { address, received }
    }

    /// Its address, for `SMTP_URL`.
    pub fn url(&self) -> String {
        format!("smtp://{}", self.address)
    }

    /// Everything it was given so far.
    pub fn letters(&self) -> Vec<ReceivedLetter> {
        self.received.lock().expect("one reader at a time").iter().map(|raw| read_letter(raw)).collect()
    }
}

/// An address where nobody answers.
pub fn nobodys_address() -> SocketAddr {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("there is a free port");
    listener.local_addr().expect("a bound port")
}

/// Takes letters, but none for an address that begins with `refused`; says nothing after one to `unanswered`.
fn converse(stream: TcpStream, kept: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut out = stream.try_clone()?;
    let mut lines = BufReader::new(stream).lines();
    let mut say = |words: &str| out.write_all(format!("{words}\r\n").as_bytes());
    say("220 a test")?;
    while let Some(line) = lines.next().transpose()? {
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
        match verb.as_str() {
            "EHLO" => say("250-a test\r\n250-AUTH PLAIN LOGIN\r\n250 8BITMIME")?,
            "AUTH" => say("235 welcome")?,
            "RCPT" if line.contains("<refused") => say("550 no such person")?,
            "DATA" => {
                say("354 go on")?;
                let mut letter = String::new();
                while let Some(line) = lines.next().transpose()?.filter(|line| line != ".") {
                    letter.push_str(line.strip_prefix('.').filter(|_| line.starts_with("..")).unwrap_or(&line));
                    letter.push_str("\r\n");
                }
                let is_left_waiting = letter.contains("To: unanswered");
                kept.lock().expect("one writer at a time").push(letter);
                if is_left_waiting {
                    // It has the letter, and the sender never hears of it.
                    std::thread::sleep(std::time::Duration::from_secs(3600));
                }
                say("250 kept")?;
            }
            "QUIT" => return say("221 goodbye"),
            _ => say("250 well")?,
        }
    }
    Ok(())
}

fn read_letter(raw: &str) -> ReceivedLetter {
    let (headers, body) = read_headers(raw);
    let kind = header(&headers, "content-type");
    let boundary = kind.split("boundary=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("several parts");
    let between = format!("--{boundary}");
    let part = |wanted: &str| {
        let parts = body.split(&between).map(|part| part.trim_start_matches("\r\n"));
        let mut read =
            parts.map(read_headers).filter(|(headers, _)| header(headers, "content-type").starts_with(wanted));
        let (headers, body) = read.next().unwrap_or_else(|| panic!("no {wanted} in {raw}"));
        decode(&header(&headers, "content-transfer-encoding"), &body)
    };
    ReceivedLetter {
        from: decode_words(&header(&headers, "from")),
        to: decode_words(&header(&headers, "to")),
        subject: decode_words(&header(&headers, "subject")),
        message_id: header(&headers, "message-id"),
        unsubscribe: (header(&headers, "list-unsubscribe"), header(&headers, "list-unsubscribe-post")),
        text: part("text/plain"),
        html: part("text/html"),
        headers: headers.clone(),
    }
}

/// Headers unfolded, and what follows them.
fn read_headers(text: &str) -> (Vec<(String, String)>, String) {
    let (headers, body) = text.split_once("\r\n\r\n").unwrap_or((text, ""));
    let unfolded = headers.replace("\r\n ", " ").replace("\r\n\t", " ");
    let pairs = unfolded.split("\r\n").filter_map(|line| line.split_once(": "));
    (pairs.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect(), body.to_owned())
}

fn header(headers: &[(String, String)], name: &str) -> String {
    headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone()).unwrap_or_default()
}

fn decode(encoding: &str, body: &str) -> String {
    let bytes = match encoding {
        "base64" => from_base64(body),
        "quoted-printable" => from_quoted(&body.replace("=\r\n", "")),
        _ => body.as_bytes().to_vec(),
    };
    String::from_utf8(bytes).expect("letters are UTF-8").replace("\r\n", "\n")
}

/// Reads `=?utf-8?b?…?=` in a header; white space between two such words does not count.
fn decode_words(value: &str) -> String {
    let (mut decoded, mut rest) = (String::new(), value);
    while let Some((before, word)) = rest.split_once("=?") {
        decoded.push_str(if before.trim().is_empty() { "" } else { before });
        let mut parts = word.splitn(3, '?').skip(1);
        let (encoding, text) = (parts.next().expect("an encoding"), parts.next().expect("a text"));
        let (text, after) = text.split_once("?=").expect("an encoded word ends");
        let bytes = match encoding.to_lowercase().as_str() {
            "b" => from_base64(text),
            _ => from_quoted(&text.replace('_', " ")),
        };
        decoded.push_str(&String::from_utf8(bytes).expect("whole characters in each word"));
        rest = after;
    }
    decoded + rest
}

fn from_quoted(text: &str) -> Vec<u8> {
    let mut parts = text.split('=');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).expect("two hexadecimal digits"));
        bytes.extend(&part.as_bytes()[2..]);
    }
    bytes
}

fn from_base64(text: &str) -> Vec<u8> {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0u32, 0);
    for digit in text.bytes().filter_map(|letter| DIGITS.iter().position(|d| *d == letter)) {
        (bits, held) = (bits << 6 | digit as u32, held + 6);
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    bytes
}
