//! Whether a JPEG is all there.

const END: u8 = 0xD9;

/// Whether the picture's own end marker comes after its data (and not only that of a thumbnail inside it).
/// Source: ITU-T T.81, annex B: markers are 0xFF and a code; within the coded data 0xFF is followed by 0x00 or by a
/// restart code.
pub(super) fn is_complete(bytes: &[u8]) -> bool {
    let mut rest = bytes.get(2..).unwrap_or_default();
    while let Some((code, after)) = next_marker(rest) {
        if code == END {
            return true;
        }
        let Some((length, _)) = after.split_first_chunk() else { return false };
        let Some(behind) = after.get(usize::from(u16::from_be_bytes(*length))..) else { return false };
        rest = behind;
    }
    false
}

/// The next marker that begins or ends something, and what follows it.
fn next_marker(mut bytes: &[u8]) -> Option<(u8, &[u8])> {
    loop {
        let at = bytes.iter().position(|byte| *byte == 0xFF)?;
        match bytes.get(at + 1..)?.split_first()? {
            (0xFF, _) => bytes = bytes.get(at + 1..)?,
            (0x00 | 0x01 | 0xD0..=0xD8, after) => bytes = after,
            (code, after) => return Some((*code, after)),
        }
    }
}
