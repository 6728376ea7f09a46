//! Compiles the word lists, so that no run of the program has to: see `src/text/wordlists.rs`.

#[allow(dead_code)]
#[path = "src/text/fold.rs"]
mod fold;
#[allow(dead_code)]
#[path = "src/text/tokens.rs"]
mod tokens;
#[path = "src/text/wordlists.rs"]
mod wordlists;

use std::error::Error;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    for changed in [
        "src/lexicons",
        "src/text/fold.rs",
        "src/text/tokens.rs",
        "src/text/wordlists.rs",
    ] {
        println!("cargo::rerun-if-changed={changed}");
    }
    let to = env::var("OUT_DIR")?;
    for language in ["en", "fr", "de", "es", "it"] {
        let mut files = Vec::new();
        for file in fs::read_dir(Path::new("src/lexicons").join(language))? {
            let path = file?.path();
            let name = path
                .file_stem()
                .ok_or("a file without a name")?
                .to_string_lossy()
                .into_owned();
            files.push((name, fs::read_to_string(&path)?));
        }
        files.sort();
        let compiled = wordlists::compile(language, &files);
        fs::write(Path::new(&to).join(format!("{language}.lexicon")), compiled)?;
    }
    Ok(())
}
