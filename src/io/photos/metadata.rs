//! What the EXIF block of a photo says of its camera and of editors.

use crate::signals::Camera;
use exif::{In, Tag};
use std::io::Cursor;

/// The EXIF block; what can be read of it where it is damaged.
pub(super) fn exif_of(bytes: &[u8]) -> Option<exif::Exif> {
    let read = exif::Reader::new()
        .continue_on_error(true)
        .read_from_container(&mut Cursor::new(bytes));
    read.or_else(|error| error.distill_partial_result(|_| {})).ok()
}

pub(super) fn text_of(exif: &exif::Exif, tag: Tag) -> Option<String> {
    let field = exif.get_field(tag, In::PRIMARY)?;
    let exif::Value::Ascii(lines) = &field.value else {
        return None;
    };
    let text = String::from_utf8_lossy(lines.first()?).trim().to_owned();
    Some(text).filter(|text| !text.is_empty())
}

/// The class of a camera by its EXIF make and model; `None` where neither is known here.
pub fn camera_class(make: &str, model: &str) -> Option<Camera> {
    const PHONES: [&str; 29] = [
        "apple",
        "huawei",
        "honor",
        "xiaomi",
        "redmi",
        "poco",
        "oneplus",
        "google",
        "oppo",
        "vivo",
        "realme",
        "motorola",
        "lge",
        "lg ",
        "htc",
        "nokia",
        "hmd",
        "zte",
        "tcl",
        "asus",
        "lenovo",
        "meizu",
        "blackberry",
        "wiko",
        "fairphone",
        "nothing",
        "tecno",
        "infinix",
        "microsoft",
    ];
    /// Make, and how its models with interchangeable lenses and drones begin.
    const PROFESSIONAL: [(&str, &[&str]); 13] = [
        ("canon", &["canon eos", "eos"]),
        ("nikon", &["nikon d", "nikon z", "nikon 1", "nikon f"]),
        ("sony", &["ilce", "ilca", "slt", "dslr", "nex", "ilme"]),
        (
            "fujifilm",
            &[
                "x-t",
                "x-pro",
                "x-h",
                "x-e",
                "x-a",
                "x-m",
                "x-s1",
                "x-s2",
                "gfx",
                "finepix s5 pro",
            ],
        ),
        ("pentax", &["pentax k", "k-", "pentax 645"]),
        ("ricoh", &["pentax k", "pentax 645"]),
        ("olympus", &["e-"]),
        ("om digital", &["om-"]),
        ("panasonic", &["dmc-g", "dmc-l1", "dc-g", "dc-s1", "dc-s5", "dc-s9"]),
        (
            "leica",
            &["leica m", "leica sl", "leica s", "leica cl", "leica tl", "m10", "m9"],
        ),
        ("hasselblad", &[""]),
        ("phase one", &[""]),
        ("sigma", &[""]),
    ];
    const COMPACTS: [&str; 15] = [
        "canon",
        "nikon",
        "sony",
        "fujifilm",
        "pentax",
        "ricoh",
        "olympus",
        "om digital",
        "panasonic",
        "leica",
        "casio",
        "kodak",
        "gopro",
        "insta360",
        "samsung",
    ];
    let (make, model) = (
        make.trim().to_ascii_lowercase() + " ",
        model.trim().to_ascii_lowercase(),
    );
    let makes = |name: &str| make.starts_with(name);
    if PHONES.iter().any(|name| makes(name)) {
        return Some(Camera::Phone);
    }
    // Makers of phones and of cameras.
    if makes("samsung")
        && ["sm-", "gt-", "galaxy", "sch-", "sgh-", "sph-"]
            .iter()
            .any(|phone| model.starts_with(phone))
    {
        return Some(Camera::Phone);
    }
    if makes("samsung") && model.starts_with("nx") {
        return Some(Camera::Professional);
    }
    let sony_camera = ["dsc", "ilce", "ilca", "ilme", "slt", "dslr", "nex", "zv", "hdr", "fdr"];
    if makes("sony") && !sony_camera.iter().any(|camera| model.starts_with(camera)) {
        return (!model.is_empty()).then_some(Camera::Phone);
    }
    if makes("dji") {
        return Some(if model.contains("osmo") || model.contains("pocket") {
            Camera::Compact
        } else {
            Camera::Professional
        });
    }
    // The Ixus, PowerShot and Coolpix lines, whose names begin otherwise, fall through to the compacts.
    let professional = PROFESSIONAL
        .iter()
        .any(|(name, models)| makes(name) && models.iter().any(|start| model.starts_with(start)));
    if professional {
        return Some(Camera::Professional);
    }
    COMPACTS.iter().any(|name| makes(name)).then_some(Camera::Compact)
}

/// Whether a software tag names an editor or a generator of images. Phones write their own version there.
pub(super) fn is_editor(software: &str) -> bool {
    const EDITORS: [&str; 32] = [
        "lightroom",
        "photoshop",
        "camera raw",
        "capture one",
        "snapseed",
        "gimp",
        "affinity",
        "luminar",
        "dxo",
        "vsco",
        "picasa",
        "acdsee",
        "darktable",
        "rawtherapee",
        "paint.net",
        "pixelmator",
        "facetune",
        "canva",
        "polarr",
        "aperture",
        "photoscape",
        "on1",
        "topaz",
        "picsart",
        "meitu",
        "photomatix",
        "corel",
        "paintshop",
        "midjourney",
        "stable diffusion",
        "dall-e",
        "firefly",
    ];
    let software = software.to_ascii_lowercase();
    EDITORS.iter().any(|editor| software.contains(editor))
}
