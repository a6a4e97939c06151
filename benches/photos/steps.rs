//! One photo, step by step, by the same calls as the server's, and by Pillow's.

use std::io::Cursor;
use std::process::Command;

use image::{DynamicImage, ImageFormat, RgbImage};
use jpeg_encoder::{ChromaSubsamplingMethod, ColorType, Encoder};
use pic_scale::{ImageSize, ImageStore, ImageStoreMut, ResamplingFunction, Scaler, ThreadingPolicy};

use super::server::cpu_seconds;

/// Linux counts processor time in hundredths of a second: few rounds would tell little.
const ROUNDS: usize = 50;
const SIDES: [u32; 3] = [1_600, 800, 200];

/// A portrait, made as large as a phone would have taken it.
pub(crate) fn picture(width: u32, height: u32) -> Vec<u8> {
    let portrait = include_bytes!("../../seed/portraits/abby.ct-1.webp");
    let portrait = image::load_from_memory(portrait).expect("a portrait");
    let mut large = portrait.resize_exact(width, height, image::imageops::FilterType::CatmullRom).into_rgb8();
    // What a sensor adds: else a decoder has too little to do.
    for (n, pixel) in large.pixels_mut().enumerate() {
        let noise = ((n as u32).wrapping_mul(2_654_435_761) >> 29) as u8;
        pixel.0 = pixel.0.map(|part| part.saturating_add(noise));
    }
    let mut bytes = Cursor::new(Vec::new());
    let encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, 90);
    large.write_with_encoder(encoder).expect("a JPEG");
    bytes.into_inner()
}

/// Prints what each step takes of the processor, so that other work on the machine doesn't count.
pub(crate) fn compare(picture: &[u8]) {
    let (decode, opened) = cpu_of(|| image::load_from_memory_with_format(picture, ImageFormat::Jpeg));
    let opened = opened.expect("a picture");
    let (resize, made) = cpu_of(|| sizes(&opened));
    let (encode, ()) = cpu_of(|| made.iter().for_each(encode));
    println!("{:<24} {:>8} {:>8} {:>8}", "ms of CPU a photo", "decode", "resize", "encode");
    println!("{:<24} {decode:>8.1} {resize:>8.1} {encode:>8.1}", "Friender");
    pillow(picture);
}

/// The average milliseconds of processor time of some work, and what it made.
fn cpu_of<T>(work: impl Fn() -> T) -> (f64, T) {
    let before = cpu_seconds(std::process::id());
    let mut made = work();
    for _ in 1..ROUNDS {
        made = work();
    }
    ((cpu_seconds(std::process::id()) - before) * 1000.0 / ROUNDS as f64, made)
}

fn sizes(picture: &DynamicImage) -> Vec<RgbImage> {
    let mut made: Vec<RgbImage> = Vec::new();
    for side in SIDES {
        let source = made.last().unwrap_or_else(|| picture.as_rgb8().expect("colours of 8 bits"));
        let (width, height) = source.dimensions();
        let (wide, high) = (side, (side * height + width / 2) / width);
        let size = |width: u32, height: u32| ImageSize::new(width as usize, height as usize);
        let scaler = Scaler::new(ResamplingFunction::Lanczos3).set_threading_policy(ThreadingPolicy::Single);
        let plan = scaler.plan_rgb_resampling(size(width, height), size(wide, high)).expect("a plan");
        let from = ImageStore::borrow(source, width as usize, height as usize).expect("a source");
        let mut to = ImageStoreMut::alloc(wide as usize, high as usize);
        plan.resample(&from, &mut to).expect("a smaller picture");
        made.push(RgbImage::from_raw(wide, high, to.as_bytes().to_vec()).expect("a picture"));
    }
    made
}

fn encode(picture: &RgbImage) {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 82);
    encoder.set_progressive(true);
    encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Average);
    encoder.set_optimized_huffman_tables(true);
    let side = |side: u32| u16::try_from(side).expect("a small side");
    encoder.encode(picture, side(picture.width()), side(picture.height()), ColorType::Rgb).expect("a JPEG");
}

fn pillow(picture: &[u8]) {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), picture).expect("a picture on disk");
    let python = std::env::var("BENCH_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/photos/pillow.py");
    let said = Command::new(python).arg(script).arg(file.path()).arg(ROUNDS.to_string()).output();
    let said = said.ok().filter(|said| said.status.success()).map(|said| said.stdout);
    let said = said.and_then(|said| String::from_utf8(said).ok()).unwrap_or_default();
    match said.split_whitespace().collect::<Vec<_>>()[..] {
        [version, decode, resize, encode, peak] => {
            println!("Pillow {version:<17} {decode:>8} {resize:>8} {encode:>8}   ({peak} MiB at most)\n");
        }
        _ => println!("Pillow isn't there: pip install pillow, BENCH_PYTHON=…\n"),
    }
}
