//! Reads a CSV file with the `csv` crate and does nothing with it: the floor that benches/whole.sh compares with.
//!
//! ```text
//! cargo run --release --example bare_read -- FILE.csv
//! ```

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: bare_read FILE.csv")?;
    let mut reader = csv::Reader::from_path(path)?;
    let mut record = csv::ByteRecord::new();
    let (mut records, mut bytes) = (0u64, 0u64);
    while reader.read_byte_record(&mut record)? {
        records += 1;
        bytes += record.as_slice().len() as u64;
    }
    println!("{records} records, {bytes} bytes in fields");
    Ok(())
}
