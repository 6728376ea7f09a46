//! Keeping the panic of a decoder of foreign data inside: damaged input costs itself and never the run.
//!
//! The decoders of pictures and of Parquet are large and are fed whatever a file holds. They answer damage with errors; where
//! one panics instead, that is its bug, and here it becomes an error too.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};

thread_local! {
    static CONTAINED: Cell<bool> = const { Cell::new(false) };
}

/// Runs `work`; its panic comes back as the panic's message. What `work` changed before it panicked must not be used again.
pub(super) fn contained<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    let outer = CONTAINED.replace(true);
    let done = panic::catch_unwind(AssertUnwindSafe(work));
    CONTAINED.set(outer);
    done.map_err(|panic| {
        let message = panic
            .downcast_ref::<&str>()
            .map(|message| (*message).to_owned())
            .or_else(|| panic.downcast_ref::<String>().cloned());
        format!("the decoder failed: {}", message.unwrap_or_default())
    })
}

/// Keeps panics that become errors off standard error, for a program. All others are reported as before.
pub fn silence_contained_panics() {
    let report = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        if !CONTAINED.get() {
            report(panic);
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_its_message() {
        let empty: &[u8] = std::hint::black_box(&[]);
        let message = contained(|| empty[3]).unwrap_err();
        assert!(message.contains("index out of bounds"), "{message}");
        assert_eq!(contained(|| 7), Ok(7));
        assert!(!CONTAINED.get());
    }
}
