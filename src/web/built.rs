//! Where the built files lie.

use std::borrow::Cow;
use std::fs;
use std::path::Path;

use bytes::Bytes;
use rust_embed::RustEmbed;

/// In a release they are part of the program; in other builds they are read from `web/dist` when it starts.
#[derive(RustEmbed)]
#[folder = "web/dist/"]
#[allow_missing = true]
struct Dist;

/// The names and contents of the files in this program; none, if it was compiled without a build.
pub(super) fn in_program() -> Vec<(String, Bytes)> {
    let bytes = |content| match content {
        Cow::Borrowed(content) => Bytes::from_static(content),
        Cow::Owned(content) => Bytes::from(content),
    };
    let read = |name: Cow<'static, str>| Some((name.to_string(), bytes(Dist::get(&name)?.data)));
    Dist::iter().filter_map(read).collect()
}

/// The names and contents of the files in a folder; none, if it can't be read.
pub(super) fn in_folder(folder: &Path) -> Vec<(String, Bytes)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let read = |entry: fs::DirEntry| {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        match fs::read(&path) {
            Ok(content) => vec![(name, Bytes::from(content))],
            Err(_) => in_folder(&path)
                .into_iter()
                .map(|(below, content)| (format!("{name}/{below}"), content))
                .collect(),
        }
    };
    entries.flat_map(read).collect()
}
