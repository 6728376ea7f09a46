//! Photos of reviews: what a JPEG, PNG or WebP file shows, and which photos are the same.
//!
//! Only files under the folder of the review file, or under folders that the user names, are opened: addresses are never
//! fetched, and a review file that came from elsewhere cannot point at other files of this machine. Size and pixels are
//! checked before anything is decoded.

mod index;
mod look;
mod metadata;

pub use index::PhotoIndex;
pub use metadata::camera_class;

use super::contained::contained;
use crate::signals::PhotoFacts;
use exif::Tag;
use image::{DynamicImage, ImageDecoder, ImageReader};
use look::{Look, difference_hash};
use metadata::{exif_of, is_editor, text_of};
use std::fs::File;
use std::io::{Cursor, Read};
use std::path::{Component, Path, PathBuf};

/// What is decoded at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhotoLimits {
    /// Bytes of a file.
    pub bytes: u64,
    /// Pixels of a photo.
    pub pixels: u64,
}

impl Default for PhotoLimits {
    /// 50 MB and 120 megapixels: more than any phone writes.
    fn default() -> PhotoLimits {
        PhotoLimits {
            bytes: 50_000_000,
            pixels: 120_000_000,
        }
    }
}

/// Why a photo was left out.
#[derive(Debug, thiserror::Error)]
pub enum PhotoError {
    /// It is an address; addresses are never fetched.
    #[error("{0}: an address, photos are read from files only")]
    Address(String),
    /// It lies under none of the folders where photos may be.
    #[error("{0}: outside the folder of the review file and of those named for photos")]
    Outside(String),
    /// It cannot be opened.
    #[error("{}: {error}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What failed.
        #[source]
        error: std::io::Error,
    },
    /// It is too large to be a photo of a review.
    #[error("{}: expected at most {most} {unit}, found {found}", path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// The limit.
        most: u64,
        /// What the file has.
        found: u64,
        /// `bytes` or `pixels`.
        unit: &'static str,
    },
    /// It is no JPEG, PNG or WebP, or a damaged one.
    #[error("{}: {error}", path.display())]
    Image {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        #[source]
        error: image::ImageError,
    },
    /// It is damaged in a way that the decoder does not know of.
    #[error("{}: damaged: {reason}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What the decoder stumbled over.
        reason: String,
    },
}

/// Folders under which photos may lie: that of the review file, and those that the user names.
#[derive(Clone, Debug, Default)]
pub struct PhotoFolders {
    /// Each as it is written and with its links resolved, absolute.
    folders: Vec<(PathBuf, PathBuf)>,
}

impl PhotoFolders {
    /// # Errors
    /// Where one of them is not a folder that can be read.
    pub fn new<'a>(folders: impl IntoIterator<Item = &'a Path>) -> Result<PhotoFolders, PhotoError> {
        let one = |folder: &'a Path| {
            let folder = if folder.as_os_str().is_empty() {
                Path::new(".")
            } else {
                folder
            };
            let io = |error| PhotoError::Io {
                path: folder.to_owned(),
                error,
            };
            let canonical = folder.canonicalize().map_err(io)?;
            if !canonical.is_dir() {
                return Err(io(std::io::Error::other("expected a folder, found a file")));
            }
            Ok((without_dots(&std::path::absolute(folder).map_err(io)?), canonical))
        };
        Ok(PhotoFolders {
            folders: folders.into_iter().map(one).collect::<Result<_, _>>()?,
        })
    }

    /// The file that a review names: a path from one of the folders, the first that has it, or an absolute path or `file:`
    /// address that lies under one of them.
    ///
    /// # Errors
    /// [`PhotoError::Address`] for anything with another scheme, [`PhotoError::Outside`] for what lies under none of the
    /// folders, links included; [`PhotoError::Io`] where no such file exists.
    pub fn find(&self, name: &str) -> Result<PathBuf, PhotoError> {
        let name = name.trim();
        // Network shares are addresses too: to look at one is to connect.
        let written = name.replace('\\', "/");
        let local = written
            .strip_prefix("file://localhost/")
            .or_else(|| written.strip_prefix("file:///"))
            .map_or_else(|| written.clone(), |path| format!("/{path}"));
        if local.contains("://") || local.starts_with("//") || local.starts_with("data:") || local.starts_with("www.") {
            return Err(PhotoError::Address(name.to_owned()));
        }
        let outside = || PhotoError::Outside(name.to_owned());
        let drive = local.as_bytes().get(1) == Some(&b':');
        if drive && !Path::new(&local).is_absolute() {
            return Err(outside());
        }
        let mut failure = outside();
        for (folder, _) in &self.folders {
            let path = without_dots(&folder.join(&local));
            // Nothing is asked of the system about a path elsewhere.
            if !self
                .folders
                .iter()
                .any(|(written, canonical)| path.starts_with(written) || path.starts_with(canonical))
            {
                continue;
            }
            match path.canonicalize() {
                Ok(real) if self.folders.iter().any(|(_, folder)| real.starts_with(folder)) => return Ok(path),
                Ok(_) => failure = outside(),
                Err(error) => failure = PhotoError::Io { path, error },
            }
        }
        Err(failure)
    }
}

/// An absolute path without `.` and `..`, by its letters alone.
fn without_dots(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

/// What a photo file shows. Reuse is not known from one file: [`PhotoIndex`] tells it.
///
/// # Errors
/// Where the file cannot be opened, is larger than the limits, or is no image that can be decoded.
pub fn read(path: &Path, limits: &PhotoLimits) -> Result<PhotoFacts, PhotoError> {
    let io = |error| PhotoError::Io {
        path: path.to_owned(),
        error,
    };

    // Asked before opening: opening a pipe would wait for a writer.
    let about = path.metadata().map_err(io)?;
    if !about.is_file() {
        return Err(io(std::io::Error::other("not a file")));
    }
    if about.len() > limits.bytes {
        return Err(PhotoError::TooLarge {
            path: path.to_owned(),
            most: limits.bytes,
            found: about.len(),
            unit: "bytes",
        });
    }
    let mut bytes = Vec::new();
    File::open(path)
        .map_err(io)?
        .take(limits.bytes)
        .read_to_end(&mut bytes)
        .map_err(io)?;
    contained(|| facts(path, &bytes, limits)).unwrap_or_else(|reason| {
        Err(PhotoError::Damaged {
            path: path.to_owned(),
            reason,
        })
    })
}

/// What the bytes of a photo show; the path is for messages.
pub(super) fn facts(path: &Path, bytes: &[u8], limits: &PhotoLimits) -> Result<PhotoFacts, PhotoError> {
    let io = |error| PhotoError::Io {
        path: path.to_owned(),
        error,
    };
    let invalid = |error| PhotoError::Image {
        path: path.to_owned(),
        error,
    };
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(io)?;
    let mut allowed = image::Limits::default();
    // Eight bytes a pixel: what the widest formats decode to.
    allowed.max_alloc = Some(limits.pixels.saturating_mul(8));
    reader.limits(allowed);
    let decoder = reader.into_decoder().map_err(invalid)?;
    let size = decoder.dimensions();
    let pixels = u64::from(size.0) * u64::from(size.1);
    if pixels > limits.pixels {
        return Err(PhotoError::TooLarge {
            path: path.to_owned(),
            most: limits.pixels,
            found: pixels,
            unit: "pixels",
        });
    }
    let photo = DynamicImage::from_decoder(decoder).map_err(invalid)?;
    let exif = exif_of(bytes);
    let field = |tag: Tag| exif.as_ref().and_then(|exif| text_of(exif, tag));
    let camera = camera_class(
        &field(Tag::Make).unwrap_or_default(),
        &field(Tag::Model).unwrap_or_default(),
    );
    let editor = field(Tag::Software).filter(|software| is_editor(software));
    let look = Look::of(&photo);
    Ok(PhotoFacts {
        size,
        camera,
        editor,
        has_exif: exif.is_some(),
        sharpness: look.sharpness,
        exposure: look.exposure,
        clipped: look.clipped,
        saturation: look.saturation,
        hash: difference_hash(&photo),
        seen_by_others: 0,
        seen_elsewhere: 0,
    })
}

#[cfg(test)]
pub(super) mod tests {
    use super::index::DISTANCE;
    use super::*;
    use crate::signals::Camera;
    use image::codecs::jpeg::JpegEncoder;
    use image::{Rgb, RgbImage};

    /// A picture made of formulas, the same every time; `seed` changes its forms.
    fn picture(width: u32, height: u32, seed: f64) -> RgbImage {
        RgbImage::from_fn(width, height, |x, y| {
            let (x, y) = (f64::from(x) / f64::from(width), f64::from(y) / f64::from(height));
            let wave =
                |a: f64, b: f64| (127.0 + 90.0 * (a * x * 6.0 + seed).sin() * (b * y * 5.0 + 2.0 * seed).cos()) as u8;
            Rgb([wave(1.0, 2.0), wave(2.0, 1.0), wave(1.5, 3.0)])
        })
    }

    fn jpeg(picture: &RgbImage, quality: u8) -> Vec<u8> {
        let mut bytes = Vec::new();
        JpegEncoder::new_with_quality(&mut bytes, quality)
            .encode_image(picture)
            .expect("encodes");
        bytes
    }

    /// A JPEG with an EXIF segment of three text tags, built by hand.
    pub fn with_exif(jpeg: &[u8], make: &str, model: &str, software: &str) -> Vec<u8> {
        let values = [(0x010fu16, make), (0x0110, model), (0x0131, software)];
        let mut tiff = b"II*\0\x08\0\0\0".to_vec();
        tiff.extend((values.len() as u16).to_le_bytes());
        let mut data = Vec::new();
        let data_at = 8 + 2 + 12 * values.len() + 4;
        for (tag, value) in values {
            let value = format!("{value:_<4}\0");
            tiff.extend(tag.to_le_bytes());
            tiff.extend(2u16.to_le_bytes());
            tiff.extend((value.len() as u32).to_le_bytes());
            tiff.extend(((data_at + data.len()) as u32).to_le_bytes());
            data.extend(value.bytes());
        }
        tiff.extend(0u32.to_le_bytes());
        tiff.extend(data);
        let mut bytes = jpeg[..2].to_vec();
        bytes.extend([0xff, 0xe1]);
        bytes.extend((tiff.len() as u16 + 8).to_be_bytes());
        bytes.extend(b"Exif\0\0");
        bytes.extend(tiff);
        bytes.extend(&jpeg[2..]);
        bytes
    }

    fn folder_with(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, bytes) in files {
            std::fs::write(folder.path().join(name), bytes).expect("writes");
        }
        folder
    }

    fn facts(bytes: &[u8]) -> PhotoFacts {
        let folder = folder_with(&[("photo", bytes)]);
        read(&folder.path().join("photo"), &PhotoLimits::default()).expect("reads")
    }

    #[test]
    fn exif_tells_camera_and_editor() {
        let plain = jpeg(&picture(400, 300, 1.0), 90);
        let studio = facts(&with_exif(
            &plain,
            "Canon",
            "Canon EOS 5D Mark IV",
            "Adobe Photoshop Lightroom 6.1",
        ));
        assert_eq!(
            (studio.size, studio.camera, studio.has_exif),
            ((400, 300), Some(Camera::Professional), true)
        );
        assert_eq!(studio.editor.as_deref(), Some("Adobe Photoshop Lightroom 6.1"));
        let phone = facts(&with_exif(&plain, "Apple", "iPhone 12", "15.1.2"));
        assert_eq!((phone.camera, phone.editor), (Some(Camera::Phone), None));
        let stripped = facts(&plain);
        assert_eq!(
            (stripped.camera, stripped.editor, stripped.has_exif),
            (None, None, false)
        );
    }

    #[test]
    fn cameras_fall_into_classes() {
        for (make, model, class) in [
            ("samsung", "SM-G991B", Some(Camera::Phone)),
            ("SAMSUNG", "NX300", Some(Camera::Professional)),
            ("SAMSUNG", "WB350F", Some(Camera::Compact)),
            ("Sony", "G8141", Some(Camera::Phone)),
            ("SONY", "ILCE-7M3", Some(Camera::Professional)),
            ("SONY", "DSC-RX100", Some(Camera::Compact)),
            ("NIKON CORPORATION", "NIKON D750", Some(Camera::Professional)),
            ("NIKON", "COOLPIX P900", Some(Camera::Compact)),
            ("Canon", "Canon PowerShot G7 X", Some(Camera::Compact)),
            ("LG Electronics", "LG-H850", Some(Camera::Phone)),
            ("DJI", "FC220", Some(Camera::Professional)),
            ("GoPro", "HERO9 Black", Some(Camera::Compact)),
            ("OLYMPUS IMAGING CORP.", "E-M10", Some(Camera::Professional)),
            ("ACME", "Box", None),
            ("", "", None),
        ] {
            assert_eq!(camera_class(make, model), class, "{make} {model}");
        }
    }

    #[test]
    fn png_and_webp_are_read_by_content() {
        let picture = DynamicImage::from(picture(60, 80, 1.0));
        for format in [image::ImageFormat::Png, image::ImageFormat::WebP] {
            let mut bytes = Cursor::new(Vec::new());
            picture.write_to(&mut bytes, format).expect("encodes");
            assert_eq!(facts(bytes.get_ref()).size, (60, 80), "{format:?}");
        }
    }

    #[test]
    fn looks_are_measured() {
        let of = |pixel: &dyn Fn(u32, u32) -> [u8; 3]| {
            Look::of(&DynamicImage::from(RgbImage::from_fn(64, 64, |x, y| Rgb(pixel(x, y)))))
        };
        let chequers = of(&|x, y| [if (x + y) % 2 == 0 { 255 } else { 0 }; 3]);
        assert!(chequers.sharpness > 100_000.0 && chequers.clipped == 1.0 && chequers.saturation == 0.0);
        let red = of(&|_, _| [128, 0, 0]);
        assert_eq!((red.sharpness, red.clipped, red.saturation), (0.0, 0.0, 1.0));
        assert!((of(&|_, _| [128; 3]).exposure - 0.5).abs() < 0.01);
    }

    #[test]
    fn the_same_photo_is_found_after_scaling_and_compressing() {
        let original = picture(800, 600, 1.0);
        let copy = image::imageops::resize(&original, 500, 375, image::imageops::FilterType::Triangle);
        let (original, copy, other) = (
            facts(&jpeg(&original, 95)),
            facts(&jpeg(&copy, 50)),
            facts(&jpeg(&picture(800, 600, 2.5), 95)),
        );
        assert!((original.hash ^ copy.hash).count_ones() <= DISTANCE);
        let mut index = PhotoIndex::default();
        let mut more = PhotoIndex::default();
        index.add(original.hash, Some(1), Some(10));
        index.add(other.hash, Some(2), Some(20));
        more.add(copy.hash, Some(3), Some(10));
        index.merge(&more);
        let seen = |facts: &PhotoFacts, reviewer, property| {
            let mut facts = facts.clone();
            index.fill(&mut facts, reviewer, property);
            (facts.seen_by_others, facts.seen_elsewhere)
        };
        assert_eq!(seen(&original, Some(1), Some(10)), (1, 0));
        assert_eq!(seen(&original, Some(9), Some(90)), (2, 2));
        assert_eq!(seen(&other, Some(2), Some(20)), (0, 0));
        assert_eq!(seen(&original, None, None), (0, 0));
    }

    #[test]
    fn plain_surfaces_are_never_the_same_photo() {
        let mut index = PhotoIndex::default();
        index.add(0, Some(1), Some(1));
        let mut wall = PhotoFacts::default();
        index.fill(&mut wall, Some(2), Some(2));
        assert_eq!((wall.seen_by_others, wall.seen_elsewhere), (0, 0));
    }

    #[test]
    fn limits_hold_before_decoding() {
        let folder = folder_with(&[
            ("a.jpg", &jpeg(&picture(100, 100, 1.0), 90)),
            ("b.jpg", b"no image at all"),
        ]);
        let limited = |bytes, pixels| read(&folder.path().join("a.jpg"), &PhotoLimits { bytes, pixels });
        assert!(matches!(
            limited(100, 1_000_000),
            Err(PhotoError::TooLarge { unit: "bytes", .. })
        ));
        assert!(matches!(
            limited(1_000_000, 9_999),
            Err(PhotoError::TooLarge {
                unit: "pixels",
                found: 10_000,
                ..
            })
        ));
        assert!(limited(1_000_000, 10_000).is_ok());
        let wrong = read(&folder.path().join("b.jpg"), &PhotoLimits::default());
        assert!(matches!(wrong, Err(PhotoError::Image { .. })), "{wrong:?}");
        assert!(matches!(
            read(folder.path(), &PhotoLimits::default()),
            Err(PhotoError::Io { .. })
        ));
    }

    #[test]
    fn names_lead_nowhere_but_below_the_folders() {
        let folder = folder_with(&[("a.jpg", b"x")]);
        let folders = PhotoFolders::new([folder.path()]).expect("a folder");
        let here = folder.path().join("a.jpg");
        let absolute = here.display().to_string();
        for inside in [
            " a.jpg ",
            "./a.jpg",
            "x/../a.jpg",
            &absolute,
            &format!("file://{absolute}"),
        ] {
            assert_eq!(folders.find(inside).expect(inside), here, "{inside}");
        }
        for address in [
            "https://example.org/a.jpg",
            "//example.org/a.jpg",
            "\\\\server\\share\\a.jpg",
            "file://server/a.jpg",
            "www.example.org/a.jpg",
            "data:image/png;base64,xx",
        ] {
            assert!(
                matches!(folders.find(address), Err(PhotoError::Address(_))),
                "{address}"
            );
        }
        for outside in ["/etc/passwd", "../a.jpg", "x/../../a.jpg", "file:///etc/passwd"] {
            assert!(
                matches!(folders.find(outside), Err(PhotoError::Outside(_))),
                "{outside}"
            );
        }
        assert!(matches!(folders.find("b.jpg"), Err(PhotoError::Io { .. })));
        assert!(matches!(
            PhotoFolders::default().find("a.jpg"),
            Err(PhotoError::Outside(_))
        ));
    }

    #[test]
    fn photos_lie_in_further_folders_when_they_are_named() {
        let (own, album) = (
            folder_with(&[("a.jpg", b"x")]),
            folder_with(&[("a.jpg", b"y"), ("b.jpg", b"z")]),
        );
        let folders = PhotoFolders::new([own.path(), album.path()]).expect("folders");
        let (a, b) = (own.path().join("a.jpg"), album.path().join("b.jpg"));
        assert_eq!(folders.find("a.jpg").expect("its own first"), a);
        assert_eq!(folders.find("b.jpg").expect("in the album"), b);
        assert_eq!(folders.find(&b.display().to_string()).expect("absolute"), b);
        let missing = PhotoFolders::new([Path::new("no/such/folder")]);
        assert!(matches!(missing, Err(PhotoError::Io { .. })));
        assert!(matches!(PhotoFolders::new([a.as_path()]), Err(PhotoError::Io { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_does_not_lead_out() {
        let (own, other) = (folder_with(&[]), folder_with(&[("a.jpg", b"x")]));
        std::os::unix::fs::symlink(other.path().join("a.jpg"), own.path().join("link.jpg")).expect("links");
        let find = |folders: &[&Path]| {
            PhotoFolders::new(folders.iter().copied())
                .expect("folders")
                .find("link.jpg")
        };
        assert!(matches!(find(&[own.path()]), Err(PhotoError::Outside(_))));
        assert!(find(&[own.path(), other.path()]).is_ok());
    }
}
