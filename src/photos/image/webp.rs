//! What a WebP's chunks tell: whether what the decoder makes room for, before it looks, is really there.
//! Source: RFC 9649, section 2.3: behind the 12 bytes of the head, a chunk has four letters, its length in four bytes, the
//! content, and one byte more if the length is odd.

/// Chunks that are read in one piece, into as much memory as they say that they need.
const READ_WHOLE: [&[u8; 4]; 2] = [b"EXIF", b"ICCP"];

struct Chunk<'a> {
    name: &'a [u8; 4],
    length: usize,
    /// Its content, and all that follows.
    rest: &'a [u8],
}

fn chunks(mut bytes: &[u8]) -> impl Iterator<Item = Chunk<'_>> {
    std::iter::from_fn(move || {
        let (name, after) = bytes.split_first_chunk()?;
        let (length, rest) = after.split_first_chunk()?;
        let length = u32::from_le_bytes(*length) as usize;
        bytes = rest.get(length + length % 2..).unwrap_or_default();
        Some(Chunk { name, length, rest })
    })
}

fn chunks_of(bytes: &[u8]) -> impl Iterator<Item = Chunk<'_>> {
    chunks(bytes.get(12..).unwrap_or_default())
}

/// Whether the chunks that are read in one piece end within the file.
pub(super) fn is_complete(bytes: &[u8]) -> bool {
    chunks_of(bytes).all(|chunk| chunk.length <= chunk.rest.len() || !READ_WHOLE.contains(&chunk.name))
}

/// Whether no frame says that it is larger than the picture.
pub(super) fn frames_fit(bytes: &[u8], (width, height): (u32, u32)) -> bool {
    let fits = |chunk: Chunk<'_>| {
        frame_size(&chunk).is_none_or(|(its_width, its_height)| its_width <= width && its_height <= height)
    };
    chunks_of(bytes).all(|chunk| match chunk.name {
        // Frames of moving pictures, behind 16 bytes on where they stand and how long.
        b"ANMF" => chunks(chunk.rest.get(16..).unwrap_or_default()).all(fits),
        _ => fits(chunk),
    })
}

/// What a frame's own head says: 14 bits for each side.
fn frame_size(chunk: &Chunk<'_>) -> Option<(u32, u32)> {
    const SIDE: u32 = 0x3FFF;
    match (chunk.name, chunk.rest) {
        (b"VP8 ", [_, _, _, 0x9D, 1, 0x2A, a, b, c, d, ..]) => {
            let side = |bytes| u32::from(u16::from_le_bytes(bytes)) & SIDE;
            Some((side([*a, *b]), side([*c, *d])))
        }
        (b"VP8L", [0x2F, a, b, c, d, ..]) => {
            let head = u32::from_le_bytes([*a, *b, *c, *d]);
            Some(((head & SIDE) + 1, (head >> 14 & SIDE) + 1))
        }
        _ => None,
    }
}
