//! Pictures of unusual make: many frames, deep and few colours, inks, extreme shapes, and headers that promise too much.

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use jpeg_encoder::{ColorType, Encoder};

use super::talkative::{chunk, marked, webp, webp_chunk, webp_picture};
use super::{Fate, Hostile, hostile};
use crate::photos::pictures::encoded;

pub fn files() -> Vec<Hostile> {
    let mut files = vec![
        hostile("animated.png", animated_png(), Fate::Kept),
        hostile("animated.webp", animated_webp(), Fate::Either),
        hostile(
            "animated.gif",
            b"GIF89a\x01\0\x01\0\x80\0\0\xFF\xFF\xFF\0\0\0!\xFF\x0BNETSCAPE2.0".to_vec(),
            Fate::Refused("file_type_not_supported"),
        ),
        hostile("cmyk.jpg", cmyk(ColorType::Cmyk), Fate::Kept),
        hostile("ycck.jpg", cmyk(ColorType::CmykAsYcck), Fate::Kept),
        hostile("progressive.jpg", progressive(), Fate::Kept),
    ];
    files.extend(depths());
    files.extend(shapes());
    files.extend(promises());
    files
}

fn write(picture: DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// The same frame twice: APNG 1.0's control chunk, and the second frame's own.
fn animated_png() -> Vec<u8> {
    let png = encoded(marked(56, 40, 1), ImageFormat::Png);
    let data = png.windows(4).position(|name| name == b"IDAT").unwrap() - 4;
    let control = |sequence: u8| {
        let sides = [0, 0, 0, 56, 0, 0, 0, 40];
        [&[0, 0, 0, sequence], sides.as_slice(), &[0; 8], &[0, 1, 0, 10, 0, 0]].concat()
    };
    let length = u32::from_be_bytes(png[data..data + 4].try_into().unwrap()) as usize;
    let frame = [&[0, 0, 0, 2], &png[data + 8..data + 8 + length]].concat();
    let end = png.len() - 12;
    [
        &png[..data],
        &chunk(b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]),
        &chunk(b"fcTL", &control(0)),
        &png[data..end],
        &chunk(b"fcTL", &control(1)),
        &chunk(b"fdAT", &frame),
        &png[end..],
    ]
    .concat()
}

fn animated_webp() -> Vec<u8> {
    let frame = |shade: u8| {
        let head = [&[0; 6], [55, 0, 0].as_slice(), &[39, 0, 0], &[100, 0, 0], &[0]].concat();
        webp_chunk(b"ANMF", &[head, webp_picture(marked(56, 40, shade))].concat())
    };
    webp((56, 40), 0x02, &[webp_chunk(b"ANIM", &[0; 6]), frame(7), frame(8)])
}

fn cmyk(kind: ColorType) -> Vec<u8> {
    let (mut bytes, magenta) = (Vec::new(), [if kind == ColorType::Cmyk { 0 } else { 30 }, 200, 40, 10]);
    Encoder::new(&mut bytes, 90).encode(&magenta.repeat(32 * 32), 32, 32, kind).unwrap();
    bytes
}

fn progressive() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 90);
    encoder.set_progressive(true);
    encoder.encode(&marked(60, 40, 9), 60, 40, ColorType::Rgb).unwrap();
    bytes
}

fn depths() -> Vec<Hostile> {
    let picture = |shade| DynamicImage::from(marked(40, 36, shade));
    let deep: [(&str, DynamicImage); 6] = [
        ("grey-8", picture(1).into_luma8().into()),
        ("grey-alpha-8", picture(2).into_luma_alpha8().into()),
        ("colour-alpha-8", picture(3).into_rgba8().into()),
        ("grey-16", DynamicImage::from(marked(30, 36, 4)).into_luma16().into()),
        ("colour-16", picture(5).into_rgb16().into()),
        ("colour-alpha-16", picture(6).into_rgba16().into()),
    ];
    let mut files: Vec<Hostile> = deep
        .into_iter()
        .map(|(name, picture)| hostile(format!("{name}.png"), write(picture, ImageFormat::Png), Fate::Kept))
        .collect();
    let grey = DynamicImage::from(marked(32, 36, 7)).into_luma8();
    files.push(hostile("grey.jpg", write(grey.into(), ImageFormat::Jpeg), Fate::Kept));
    let clear = DynamicImage::from(marked(32, 38, 8)).into_rgba8();
    files.push(hostile("alpha.webp", write(clear.into(), ImageFormat::WebP), Fate::Kept));
    files
}

fn shapes() -> Vec<Hostile> {
    let shapes = [(1, 1), (1, 9), (16_384, 1), (1, 16_384), (4_000, 3_000), (9, 1)];
    shapes
        .map(|(width, height)| {
            let format = if width > 2_000 && height > 2_000 { ImageFormat::Jpeg } else { ImageFormat::Png };
            let picture = RgbImage::from_pixel(width, height, Rgb([width as u8 ^ 5, height as u8, 77]));
            hostile(format!("{width}x{height}"), encoded(picture, format), Fate::Kept)
        })
        .into()
}

/// Measures that the content doesn't have.
fn promises() -> Vec<Hostile> {
    let mut files = Vec::new();
    for (width, height) in [(30_000, 30_000), (16_385, 1), (1, 16_385), (8_000, 8_000), (60_000, 60_000)] {
        let [w, h] = [width, height].map(|side: u32| side.to_be_bytes());
        let mut png = encoded(marked(8, 8, 1), ImageFormat::Png);
        let head = [&w, h.as_slice(), &png[24..29]].concat();
        let head = chunk(b"IHDR", &head);
        png.splice(8..33, head);
        files.push(hostile(format!("bomb-{width}x{height}.png"), png, Fate::Refused("too_many_pixels")));
        let mut jpeg = encoded(marked(8, 8, 1), ImageFormat::Jpeg);
        let frame = jpeg.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
        jpeg[frame + 5..frame + 7].copy_from_slice(&h[2..]);
        jpeg[frame + 7..frame + 9].copy_from_slice(&w[2..]);
        files.push(hostile(format!("bomb-{width}x{height}.jpg"), jpeg, Fate::Refused("too_many_pixels")));
    }
    // Few bytes, many pixels, and all of them true.
    let black = encoded(RgbImage::new(7_000, 7_000), ImageFormat::Png);
    files.push(hostile("black-49-megapixels.png", black, Fate::Kept));
    let huge = webp((16_384, 16_384), 0, &[webp_picture(marked(8, 8, 1))]);
    files.push(hostile("bomb.webp", huge, Fate::Refused("")));
    files
}
