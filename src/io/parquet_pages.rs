//! A Parquet file whose pages are looked at before they are decoded.
//!
//! The decoder makes room for as many values as a page says that it has, before it looks whether they are there: a few bytes
//! that claim two thousand million dictionary entries, or more lengths than there are atoms, would take all memory, and running
//! out of memory ends a program without a word. Claims are held here against what a page can hold.

use std::fs::File;

use parquet::basic::{Encoding, Type};
use parquet::bloom_filter::Sbbf;
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::{ParquetMetaData, RowGroupMetaData};
use parquet::file::reader::{FileReader, RowGroupReader, SerializedFileReader};
use parquet::record::reader::RowIter;
use parquet::schema::types::{ColumnDescPtr, Type as SchemaType};

/// A file whose dictionary pages hold what they claim.
pub struct CheckedFile(pub SerializedFileReader<File>);

impl FileReader for CheckedFile {
    fn metadata(&self) -> &ParquetMetaData {
        self.0.metadata()
    }

    fn num_row_groups(&self) -> usize {
        self.0.num_row_groups()
    }

    fn get_row_group(&self, group: usize) -> Result<Box<dyn RowGroupReader + '_>> {
        Ok(Box::new(CheckedGroup(self.0.get_row_group(group)?)))
    }

    fn get_row_iter(&self, projection: Option<SchemaType>) -> Result<RowIter<'_>> {
        RowIter::from_file(projection, self)
    }
}

struct CheckedGroup<'f>(Box<dyn RowGroupReader + 'f>);

impl RowGroupReader for CheckedGroup<'_> {
    fn metadata(&self) -> &RowGroupMetaData {
        self.0.metadata()
    }

    fn num_columns(&self) -> usize {
        self.0.num_columns()
    }

    fn get_column_page_reader(&self, column: usize) -> Result<Box<dyn PageReader>> {
        Ok(Box::new(CheckedPages {
            pages: self.0.get_column_page_reader(column)?,
            column: self.0.metadata().schema_descr().column(column),
        }))
    }

    fn get_column_bloom_filter(&self, column: usize) -> Option<&Sbbf> {
        self.0.get_column_bloom_filter(column)
    }

    fn get_row_iter(&self, projection: Option<SchemaType>) -> Result<RowIter<'_>> {
        RowIter::from_row_group(projection, self)
    }
}

struct CheckedPages {
    pages: Box<dyn PageReader>,
    column: ColumnDescPtr,
}

/// Pages are written with a megabyte or some ten thousand values each.
const MOST_VALUES: u64 = 50_000_000;

impl CheckedPages {
    /// The fewest bits that an entry of a dictionary takes.
    fn fewest_bits(&self) -> u64 {
        match self.column.physical_type() {
            Type::BOOLEAN | Type::FIXED_LEN_BYTE_ARRAY => 1,
            Type::INT32 | Type::FLOAT | Type::BYTE_ARRAY => 32,
            Type::INT64 | Type::DOUBLE => 64,
            Type::INT96 => 96,
        }
    }

    /// How many values a page says that it has: in its header, and once more where its encoding begins with their number.
    fn claimed(&self, page: &Page) -> u64 {
        let (encoding, values) = match page {
            Page::DictionaryPage { .. } => return u64::from(page.num_values()),
            Page::DataPage { buf, encoding, .. } => {
                let levels = [self.column.max_rep_level(), self.column.max_def_level()];
                let mut rest = &buf[..];
                for _ in levels.iter().filter(|most| **most > 0) {
                    let (length, after) = rest.split_at_checked(4).unwrap_or_default();
                    let length = length.try_into().map_or(0, u32::from_le_bytes) as usize;
                    rest = after.get(length..).unwrap_or_default();
                }
                (encoding, rest)
            }
            Page::DataPageV2 {
                buf,
                encoding,
                rep_levels_byte_len,
                def_levels_byte_len,
                ..
            } => {
                let levels = *rep_levels_byte_len as usize + *def_levels_byte_len as usize;
                (encoding, buf.get(levels..).unwrap_or_default())
            }
        };
        let encoded = match encoding {
            Encoding::DELTA_BINARY_PACKED | Encoding::DELTA_LENGTH_BYTE_ARRAY | Encoding::DELTA_BYTE_ARRAY => {
                third_number(values)
            }
            _ => 0,
        };
        encoded.max(u64::from(page.num_values()))
    }
}

/// The third of the numbers of seven bits a byte that begin a delta encoding: size of a block, parts of a block, values.
fn third_number(bytes: &[u8]) -> u64 {
    let mut numbers = bytes.split_inclusive(|byte| byte & 0x80 == 0);
    let third = numbers.nth(2).unwrap_or_default();
    let bits = third.iter().take(10).enumerate();
    bits.fold(0, |number, (at, byte)| number | u64::from(byte & 0x7f) << (7 * at))
}

impl PageReader for CheckedPages {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        let page = self.pages.get_next_page()?;
        if let Some(claimed) = page
            .as_ref()
            .map(|page| self.claimed(page))
            .filter(|claimed| *claimed > MOST_VALUES)
        {
            return Err(ParquetError::General(format!(
                "expected at most {MOST_VALUES} values on a page, found {claimed}"
            )));
        }
        if let Some(Page::DictionaryPage { buf, num_values, .. }) = &page
            && u64::from(*num_values) * self.fewest_bits() > 8 * buf.len() as u64
        {
            let found = buf.len();
            return Err(ParquetError::General(format!(
                "expected a dictionary of {num_values} entries, found {found} bytes"
            )));
        }
        Ok(page)
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        self.pages.peek_next_page()
    }

    fn skip_next_page(&mut self) -> Result<()> {
        self.pages.skip_next_page()
    }

    fn at_record_boundary(&mut self) -> Result<bool> {
        self.pages.at_record_boundary()
    }
}

impl Iterator for CheckedPages {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Result<Page>> {
        self.get_next_page().transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_delta_encoded_values_is_the_third() {
        assert_eq!(third_number(&[0x80, 0x01, 0x04, 0x03, 0x07]), 3);
        assert_eq!(
            third_number(&[0x80, 0x01, 0x04, 0xff, 0xff, 0xff, 0xff, 0x07]),
            i32::MAX as u64
        );
        assert_eq!(third_number(&[0xff; 40]), 0);
        assert_eq!(third_number(&[0x01, 0x01]), 0);
    }
}
