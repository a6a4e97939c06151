//! What a WebP's chunks tell: whether what is read in one piece is all there.

/// Chunks that the decoder makes room for, as much as they say that they hold, before it looks whether they do.
const READ_WHOLE: [&[u8; 4]; 2] = [b"EXIF", b"ICCP"];

/// Whether these chunks end within the file.
/// Source: RFC 9649, section 2.3: behind the 12 bytes of the head, a chunk has four letters, its length in four bytes,
/// the content, and one byte more if the length is odd.
pub(super) fn is_complete(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(12..).unwrap_or_default();
    while let Some((name, after)) = rest.split_first_chunk()
        && let Some((length, content)) = after.split_first_chunk()
    {
        let length = u32::from_le_bytes(*length) as usize;
        if length > content.len() {
            return !READ_WHOLE.contains(&name);
        }
        rest = content.get(length + length % 2..).unwrap_or_default();
    }
    true
}
