//! A QR code as the path of an SVG picture, for pages that allow no style or script of their own.

use fast_qr::QRBuilder;
use serde::Serialize;

use crate::error::{Error, Result};

/// Light modules around the dark ones, as scanners want them.
const QUIET: usize = 4;

/// `<svg viewBox="0 0 {size} {size}"><path d="{path}"/></svg>`: one unit a module.
#[derive(Debug, Clone, Serialize)]
pub struct QrCode {
    pub size: usize,
    pub path: String,
}

impl QrCode {
    /// Draws a text. Fails when it is longer than a QR code can hold, some 2,300 bytes.
    pub fn draw(text: &str) -> Result<Self> {
        let code = QRBuilder::new(text).build().map_err(|_| Error::unexpected("too long for a QR code"))?;
        let mut path = String::new();
        for row in 0..code.size {
            for column in (0..code.size).filter(|column| code[row][*column].value()) {
                path.push_str(&format!("M{} {}h1v1h-1z", column + QUIET, row + QUIET));
            }
        }
        Ok(Self { size: code.size + 2 * QUIET, path })
    }
}

#[cfg(test)]
mod tests {
    use super::QrCode;

    #[test]
    fn a_code_has_a_quiet_border_and_dark_corners() {
        let code = QrCode::draw("https://charter.example.org/verify/PL-7K3M9QXZ").expect("it is short");
        assert!(code.path.starts_with("M4 4h1v1h-1z"));
        assert!(!code.path.contains("M3 "));
        assert!(QrCode::draw(&"x".repeat(5000)).is_err());
    }
}
