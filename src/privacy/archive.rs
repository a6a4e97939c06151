//! The archive: one ZIP file, written to disk piece by piece. What is in memory at once is one row or one photo.

use std::fs::File;
use std::io::{self, Write};
#[cfg(test)]
use std::path::Path;

use tempfile::{NamedTempFile, TempPath};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::error::PrivacyError;

impl From<zip::result::ZipError> for PrivacyError {
    fn from(error: zip::result::ZipError) -> Self {
        Self::Archive(error.to_string())
    }
}

impl From<io::Error> for PrivacyError {
    fn from(error: io::Error) -> Self {
        Self::Archive(error.to_string())
    }
}

/// What the archive says of itself.
const README: &str = "This is the copy of everything that Friender keeps of you.\n\n\
    Each .json file is a list; times are in UTC. The photos lie in photos/, as others see them: we don't keep\n\
    the originals. Documents lie in documents/, as you sent them; files.json has their names.\n\
    Of other people there is only what you can see in the app.\n\
    docs/privacy.md in Friender's source says what each list is and how long we keep it.\n";

/// An archive that is being written, into a file that goes when it is dropped.
pub(super) struct Archive {
    zip: ZipWriter<File>,
    path: TempPath,
}

impl Archive {
    pub(super) fn create() -> Result<Self, PrivacyError> {
        let (file, path) = NamedTempFile::new()?.into_parts();
        let mut archive = Self { zip: ZipWriter::new(file), path };
        archive.begin("README.txt", CompressionMethod::Deflated)?;
        archive.zip.write_all(README.as_bytes())?;
        Ok(archive)
    }

    fn begin(&mut self, name: &str, method: CompressionMethod) -> Result<(), PrivacyError> {
        let options = SimpleFileOptions::default().compression_method(method).unix_permissions(0o600);
        Ok(self.zip.start_file(name, options)?)
    }

    /// Begins a file that is one JSON list.
    pub(super) fn list(&mut self, name: &str) -> Result<List<'_>, PrivacyError> {
        self.begin(name, CompressionMethod::Deflated)?;
        self.zip.write_all(b"[")?;
        Ok(List { zip: &mut self.zip, is_empty: true })
    }

    /// Adds a file as it is: pictures are compressed already.
    pub(super) fn file(&mut self, name: &str, bytes: &[u8]) -> Result<(), PrivacyError> {
        self.begin(name, CompressionMethod::Stored)?;
        Ok(self.zip.write_all(bytes)?)
    }

    /// Ends it; the file lies on disk as long as the path isn't dropped. Gives its length, too.
    pub(super) fn finish(self) -> Result<(TempPath, u64), PrivacyError> {
        let file = self.zip.finish()?;
        Ok((self.path, file.metadata()?.len()))
    }

    #[cfg(test)]
    fn path(&self) -> &Path {
        &self.path
    }
}

/// A JSON list that is being written.
pub(super) struct List<'a> {
    zip: &'a mut ZipWriter<File>,
    is_empty: bool,
}

impl List<'_> {
    pub(super) fn push(&mut self, row: &serde_json::Value) -> Result<(), PrivacyError> {
        self.zip.write_all(if self.is_empty { b"\n" } else { b",\n" })?;
        self.is_empty = false;
        serde_json::to_writer(&mut self.zip, row).map_err(|error| PrivacyError::Archive(error.to_string()))
    }

    pub(super) fn end(self) -> Result<(), PrivacyError> {
        Ok(self.zip.write_all(b"\n]\n")?)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use serde_json::{Value, json};

    use super::*;

    #[test]
    fn what_was_written_can_be_read_and_a_dropped_archive_is_gone() {
        let dropped = Archive::create().unwrap();
        let path = dropped.path().to_owned();
        assert!(path.exists());
        drop(dropped);
        assert!(!path.exists());

        let mut archive = Archive::create().unwrap();
        let mut list = archive.list("rows.json").unwrap();
        for row in [json!({"a": "é"}), json!(2)] {
            list.push(&row).unwrap();
        }
        list.end().unwrap();
        archive.list("none.json").unwrap().end().unwrap();
        archive.file("photos/1.jpg", b"\xff\xd8").unwrap();
        let (path, length) = archive.finish().unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().len(), length);
        let mut zip = zip::ZipArchive::new(File::open(&path).unwrap()).unwrap();
        let mut read = |name: &str| {
            let mut bytes = Vec::new();
            zip.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
            bytes
        };
        let json = |bytes: Vec<u8>| serde_json::from_slice::<Value>(&bytes).unwrap();
        assert_eq!(json(read("rows.json")), json!([{"a": "é"}, 2]));
        assert_eq!(json(read("none.json")), json!([]));
        assert_eq!(read("photos/1.jpg"), b"\xff\xd8");
        assert!(read("README.txt").starts_with(b"This is the copy"));
    }
}
