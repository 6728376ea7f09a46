//! [`Output`]: a file that appears whole or not at all, or standard output.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::NamedTempFile;

/// Where bytes are written. A regular file is written under another name in the same folder and takes its name in
/// [`Output::finish`]; until then, and where that is never reached, what stood there before stays.
pub struct Output {
    target: BufWriter<Target>,
}

enum Target {
    File {
        temporary: NamedTempFile,
        path: PathBuf,
        _unfinished: Unfinished,
    },
    /// A pipe or a device, which cannot be renamed to.
    Device(File),
    Stdout(io::Stdout),
}

/// Files that are being written under their other name.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

fn unfinished() -> MutexGuard<'static, Vec<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes what is half written: for a process that is interrupted, in which nothing is dropped.
pub fn abandon() {
    for path in unfinished().drain(..) {
        // Nobody is left to be told, and what stays behind has not the name of an output.
        _ = std::fs::remove_file(path);
    }
}

/// A file's place in [`UNFINISHED`], until it is dropped.
struct Unfinished(PathBuf);

impl Unfinished {
    fn list(path: &Path) -> Unfinished {
        unfinished().push(path.to_owned());
        Unfinished(path.to_owned())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        unfinished().retain(|path| *path != self.0);
    }
}

impl Output {
    /// Begins a file, or standard output where there is no path or the path is `-`.
    ///
    /// # Errors
    /// Where the file cannot be created.
    pub fn create(path: Option<&Path>) -> io::Result<Output> {
        let Some(path) = path.filter(|path| *path != Path::new("-")) else {
            return Ok(Output {
                target: BufWriter::new(Target::Stdout(io::stdout())),
            });
        };
        if path
            .metadata()
            .is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir())
        {
            return Ok(Output {
                target: BufWriter::new(Target::Device(File::create(path)?)),
            });
        }
        if path.is_dir() {
            return Err(io::Error::new(
                io::ErrorKind::IsADirectory,
                "expected a file, found a folder",
            ));
        }
        // What a link leads to is replaced, not the link.
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(".turfwatch-").suffix(".tmp");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let temporary = builder.tempfile_in(folder)?;
        Ok(Output {
            target: BufWriter::new(Target::File {
                _unfinished: Unfinished::list(temporary.path()),
                temporary,
                path,
            }),
        })
    }

    /// Ends the file: it now stands under its name.
    ///
    /// # Errors
    /// Where what is left cannot be written.
    pub fn finish(self) -> io::Result<()> {
        match self.target.into_inner().map_err(|error| error.into_error())? {
            Target::File { temporary, path, .. } => temporary.persist(path).map(|_| ()).map_err(|error| error.error),
            Target::Device(mut file) => file.flush(),
            Target::Stdout(mut stdout) => stdout.flush(),
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.target.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.target.flush()
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Target::File { temporary, .. } => temporary.write(bytes),
            Target::Device(file) => file.write(bytes),
            Target::Stdout(stdout) => stdout.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Target::File { temporary, .. } => temporary.flush(),
            Target::Device(file) => file.flush(),
            Target::Stdout(stdout) => stdout.flush(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_appears_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.csv");
        std::fs::write(&path, "before").unwrap();
        let mut dropped = Output::create(Some(&path)).unwrap();
        dropped.write_all(b"half").unwrap();
        drop(dropped);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "before");
        let mut finished = Output::create(Some(&path)).unwrap();
        finished.write_all(b"after").unwrap();
        finished.finish().unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "after");
        assert_eq!(
            std::fs::read_dir(folder.path()).unwrap().count(),
            1,
            "nothing else is left in the folder"
        );
    }
}
