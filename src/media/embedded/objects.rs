//! Objects on disk: `<root>/<bucket>/<two hex digits>/<62 hex digits>`, one file each.
//!
//! A file's name is the SHA-256 of its key, so no key can name a place. Its first [`HEADER_BYTES`] are one line of
//! JSON padded with spaces; the object follows. Files are written under `incoming/`, synced, renamed into place, and
//! their folder is synced: an acknowledged write survives a crash, and a half-written one is never seen.
//! Everything here blocks: call it off the async threads.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};

use md5::{Digest, Md5};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use uuid::Uuid;

/// The reserved room before an object's first byte.
pub(super) const HEADER_BYTES: usize = 4096;
/// S3's limit, in bytes of UTF-8.
const MAX_KEY_BYTES: usize = 1024;
const INCOMING: &str = "incoming";
const FORMAT: u32 = 1;

/// What is known of an object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Header {
    /// The layout of this file.
    pub(super) format: u32,
    /// The object's key, as given.
    pub(super) key: String,
    /// The media type that it was stored with.
    pub(super) content_type: Option<String>,
    /// Whether and how long browsers may keep it.
    pub(super) cache_control: Option<String>,
    /// Whether browsers save it instead of showing it, and under which name.
    #[serde(default)]
    pub(super) content_disposition: Option<String>,
    /// Its length in bytes.
    pub(super) size: u64,
    /// Its MD5 in hex: the entity tag without quotes.
    pub(super) md5: String,
    /// When it was stored, in milliseconds since 1970.
    pub(super) modified: u64,
}

impl Header {
    /// A header whose size and digest come when the body has been received.
    pub(super) fn new(key: String) -> Self {
        let modified = u64::try_from(chrono::Utc::now().timestamp_millis()).unwrap_or_default();
        Self {
            format: FORMAT,
            key,
            content_type: None,
            cache_control: None,
            content_disposition: None,
            size: 0,
            md5: String::new(),
            modified,
        }
    }

    fn read(file: &File) -> io::Result<Self> {
        let mut block = Vec::with_capacity(HEADER_BYTES);
        Read::by_ref(&mut &*file).take(HEADER_BYTES as u64).read_to_end(&mut block)?;
        serde_json::from_slice(&block).map_err(io::Error::from)
    }

    fn block(&self) -> io::Result<Vec<u8>> {
        let mut block = serde_json::to_vec(self)?;
        if block.len() >= HEADER_BYTES {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "the object's metadata is too long"));
        }
        block.resize(HEADER_BYTES - 1, b' ');
        block.push(b'\n');
        Ok(block)
    }
}

/// Whether S3 and every browser can carry the key as it is: 1 to 1,024 bytes, no control characters, and no `.` or
/// `..` between slashes, which URL parsers fold away.
pub(super) fn is_valid_key(key: &str) -> bool {
    (1..=MAX_KEY_BYTES).contains(&key.len())
        && !key.chars().any(char::is_control)
        && !key.split('/').any(|part| part == "." || part == "..")
}

/// The folder of all buckets.
#[derive(Debug, Clone)]
pub(super) struct Objects {
    root: PathBuf,
}

impl Objects {
    /// Makes the folder if needed and clears what unfinished uploads left behind.
    pub(super) fn open(root: &Path) -> io::Result<Self> {
        fs::create_dir_all(root)?;
        for bucket in fs::read_dir(root)? {
            let incoming = bucket?.path().join(INCOMING);
            if incoming.is_dir() {
                fs::remove_dir_all(&incoming)?;
                fs::create_dir(&incoming)?;
            }
        }
        Ok(Self { root: root.to_owned() })
    }

    /// Whether the bucket exists. The name has been checked by the protocol's layer.
    pub(super) fn has_bucket(&self, bucket: &str) -> bool {
        self.incoming(bucket).is_dir()
    }

    /// Makes a bucket; false if it was there.
    pub(super) fn create_bucket(&self, bucket: &str) -> io::Result<bool> {
        if self.has_bucket(bucket) {
            return Ok(false);
        }
        let bucket_folder = self.root.join(bucket);
        for folder in 0..=u8::MAX {
            fs::create_dir_all(bucket_folder.join(hex(&[folder])))?;
        }
        // Last, because it is what makes a bucket exist.
        fs::create_dir_all(self.incoming(bucket))?;
        sync_folder(&bucket_folder)?;
        sync_folder(&self.root)?;
        Ok(true)
    }

    /// The header and the open file of an object, whose bytes start at [`HEADER_BYTES`].
    pub(super) fn find(&self, bucket: &str, key: &str) -> io::Result<Option<(Header, File)>> {
        let file = match File::open(self.place(bucket, key).path()) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            file => file?,
        };
        let header = Header::read(&file)?;
        Ok((header.key == key).then_some((header, file)))
    }

    /// Removes an object; a missing one is fine.
    pub(super) fn remove(&self, bucket: &str, key: &str) -> io::Result<()> {
        let place = self.place(bucket, key);
        match fs::remove_file(place.path()) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            removed => removed.and_then(|()| sync_folder(&place.folder)),
        }
    }

    /// Starts an object; nobody sees it before [`Objects::publish`].
    pub(super) fn begin(&self, bucket: &str) -> io::Result<Upload> {
        let path = Temporary(self.incoming(bucket).join(Uuid::new_v4().to_string()));
        let mut file = File::create_new(&path.0)?;
        file.seek(SeekFrom::Start(HEADER_BYTES as u64))?;
        Ok(Upload { file, path, md5: Md5::new(), size: 0 })
    }

    /// Puts a received object in the place of its key, for good, and answers its full header.
    pub(super) fn publish(&self, bucket: &str, upload: Upload, mut header: Header) -> io::Result<Header> {
        let Upload { file, path, md5, size } = upload;
        header.size = size;
        header.md5 = hex(&md5.finalize());
        file.write_all_at(&header.block()?, 0)?;
        file.sync_all()?;
        let place = self.place(bucket, &header.key);
        fs::rename(&path.0, place.path())?;
        sync_folder(&place.folder)?;
        Ok(header)
    }

    /// Visits the header of every object of a bucket, in no order. What vanishes meanwhile is left out.
    pub(super) fn scan(&self, bucket: &str, mut visit: impl FnMut(Header)) -> io::Result<()> {
        for folder in fs::read_dir(self.root.join(bucket))? {
            let folder = folder?;
            if folder.file_name() == INCOMING || !folder.file_type()?.is_dir() {
                continue;
            }
            for file in fs::read_dir(folder.path())? {
                match File::open(file?.path()) {
                    Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                    file => visit(Header::read(&file?)?),
                }
            }
        }
        Ok(())
    }

    fn incoming(&self, bucket: &str) -> PathBuf {
        self.root.join(bucket).join(INCOMING)
    }

    fn place(&self, bucket: &str, key: &str) -> Place {
        let name = hex(&Sha256::digest(key));
        let (folder, file) = name.split_at(2);
        Place { folder: self.root.join(bucket).join(folder), file: file.to_owned() }
    }
}

/// An object on its way in. Dropped before it is published, it leaves nothing.
#[derive(Debug)]
pub(super) struct Upload {
    file: File,
    path: Temporary,
    md5: Md5,
    size: u64,
}

impl Upload {
    /// Adds the next bytes.
    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.md5.update(bytes);
        self.size += bytes.len() as u64;
        Ok(())
    }

    /// How many bytes came so far.
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// The MD5 of what came so far.
    pub(super) fn digest(&self) -> [u8; 16] {
        self.md5.clone().finalize().into()
    }
}

/// A file that goes with its guard; after the rename there is nothing left to remove.
#[derive(Debug)]
struct Temporary(PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

struct Place {
    folder: PathBuf,
    file: String,
}

impl Place {
    fn path(&self) -> PathBuf {
        self.folder.join(&self.file)
    }
}

/// Reads `length` bytes of an object from `offset`.
pub(super) fn read_at(file: &File, offset: u64, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; length];
    file.read_exact_at(&mut bytes, HEADER_BYTES as u64 + offset)?;
    Ok(bytes)
}

fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
