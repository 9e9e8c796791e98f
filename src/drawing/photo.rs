//! A picture made of dots, such as a photograph, with what it shows in words.
//! Its bytes are a file that somebody sent, so its size is looked at before anything is unpacked.

use krilla::image::Image;

/// The most dots a side may have: unpacked, more would fill the memory of whoever draws it.
pub const MOST_DOTS: u32 = 4000;

/// A picture that can be put on a paper.
#[derive(Debug, Clone)]
pub struct Photo {
    pub(super) image: Image,
    /// All that the picture shows.
    pub(super) alternative: String,
}

/// Why a picture cannot be put on a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhotoFlaw {
    /// Not a JPEG, PNG or WebP picture.
    WrongKind,
    /// A side is longer than [`MOST_DOTS`].
    TooLarge,
    /// Damaged, or of a kind of its kind that papers do not know.
    Unreadable,
}

impl Photo {
    /// Reads how large it is, and unpacks nothing yet: what is wrong with the rest shows when it is drawn.
    pub fn read(media_type: &str, bytes: Vec<u8>, alternative: &str) -> Result<Self, PhotoFlaw> {
        let read = match media_type {
            "image/jpeg" => Image::from_jpeg,
            "image/png" => Image::from_png,
            "image/webp" => Image::from_webp,
            _ => return Err(PhotoFlaw::WrongKind),
        };
        let image = read(bytes.into(), false).map_err(|_| PhotoFlaw::Unreadable)?;
        match image.size() {
            (0, _) | (_, 0) => Err(PhotoFlaw::Unreadable),
            (wide, high) if wide.max(high) > MOST_DOTS => Err(PhotoFlaw::TooLarge),
            _ => Ok(Self { image, alternative: alternative.to_owned() }),
        }
    }

    /// Width and height in dots.
    pub(super) fn size(&self) -> (f32, f32) {
        let (wide, high) = self.image.size();
        (wide as f32, high as f32)
    }
}
