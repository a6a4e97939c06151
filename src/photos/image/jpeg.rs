//! What a JPEG's markers tell: whether it is all there, and whether it comes in passes.

const END: u8 = 0xD9;
const PROGRESSIVE_FRAME: u8 = 0xC2;
const FRAMES: [u8; 3] = [0xC0, 0xC1, PROGRESSIVE_FRAME];

/// Whether the picture's own end marker comes after its data (and not only that of a thumbnail inside it).
/// Source: ITU-T T.81, annex B: markers are 0xFF and a code; within the coded data 0xFF is followed by 0x00 or by a
/// restart code.
pub(super) fn is_complete(bytes: &[u8]) -> bool {
    first_of(&[END], bytes).is_some()
}

/// Whether the picture is sent in passes, which are all kept until the last one is there.
pub(super) fn is_progressive(bytes: &[u8]) -> bool {
    first_of(&FRAMES, bytes) == Some(PROGRESSIVE_FRAME)
}

/// The first marker that is one of these; not those inside of what others hold.
fn first_of(wanted: &[u8], bytes: &[u8]) -> Option<u8> {
    let mut rest = bytes.get(2..)?;
    loop {
        let (code, after) = next_marker(rest)?;
        if wanted.contains(&code) || code == END {
            return wanted.contains(&code).then_some(code);
        }
        let (length, _) = after.split_first_chunk()?;
        rest = after.get(usize::from(u16::from_be_bytes(*length))..)?;
    }
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
