//! [`Language`] and its identification.

/// A language by its ISO 639 code, two letters where there are two, else three.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language([u8; 3]);

impl Language {
    /// English.
    pub const EN: Language = Language(*b"en\0");
    /// French.
    pub const FR: Language = Language(*b"fr\0");
    /// German.
    pub const DE: Language = Language(*b"de\0");
    /// Italian.
    pub const IT: Language = Language(*b"it\0");
    /// Spanish.
    pub const ES: Language = Language(*b"es\0");

    /// The language of a code such as `en`, `EN`, `en-GB`, `fr_FR` or `eng`; `None` where it is no such code.
    /// Names of languages are not read here.
    pub fn from_code(code: &str) -> Option<Language> {
        let primary = code.trim().split(['-', '_']).next()?;
        if !(2..=3).contains(&primary.len()) || !primary.bytes().all(|b| b.is_ascii_alphabetic()) {
            return None;
        }
        let mut bytes = [0; 3];
        for (slot, b) in bytes.iter_mut().zip(primary.bytes()) {
            *slot = b.to_ascii_lowercase();
        }
        Some(match &bytes {
            b"eng" => Language::EN,
            b"fra" | b"fre" => Language::FR,
            b"deu" | b"ger" => Language::DE,
            b"ita" => Language::IT,
            b"spa" => Language::ES,
            _ => Language(bytes),
        })
    }

    /// The code, lower case.
    pub fn code(&self) -> &str {
        let length = if self.0[2] == 0 { 2 } else { 3 };
        // Only ASCII letters are ever stored.
        std::str::from_utf8(&self.0[..length]).unwrap_or("")
    }
}

impl std::fmt::Debug for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

impl std::fmt::Display for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}
