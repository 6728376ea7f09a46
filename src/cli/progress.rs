//! A progress bar on long work, on standard error and only where that is a terminal.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::time::Duration;

/// A bar that counts reviews; `total` is 0 where it is not known.
pub fn bar(total: u64, what: &'static str) -> ProgressBar {
    let bar = ProgressBar::with_draw_target((total > 0).then_some(total), ProgressDrawTarget::stderr_with_hz(4));
    let template = if total > 0 {
        "{msg} [{bar:30}] {human_pos}/{human_len} {rate}/s {eta}"
    } else {
        "{msg} {spinner} {human_pos} {rate}/s"
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        let rate = |state: &ProgressState, out: &mut dyn std::fmt::Write| _ = write!(out, "{:.0}", state.per_sec());
        bar.set_style(style.with_key("rate", rate));
    }
    bar.set_message(what);
    bar.enable_steady_tick(Duration::from_millis(250));
    bar
}
