use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use super::{encoded, large, made, noisy, rendition};
use crate::photos::image::ProcessedImage;
use crate::photos::variant::Variant;

#[test]
fn every_variant_is_made_in_its_size_and_no_larger_than_what_was_sent() {
    for (sent, sides) in
        [((3_200, 1_600), [200, 800, 1_600]), ((300, 600), [200, 600, 600]), ((40, 30), [40; 3])]
    {
        let made = made(&encoded(noisy(sent.0, sent.1), ImageFormat::Png));
        for (variant, side) in Variant::ALL.into_iter().zip(sides) {
            let picture = image::load_from_memory(rendition(&made, variant)).unwrap();
            assert_eq!(picture.width().max(picture.height()), side, "{variant:?}");
            assert_eq!(picture.width() > picture.height(), sent.0 > sent.1);
        }
        if sent == (40, 30) {
            assert_eq!(rendition(&made, Variant::Thumb), large(&made));
        }
    }
}

#[test]
fn the_same_picture_is_known_again_and_alike_pictures_are_close() {
    let picture = RgbImage::from_fn(600, 400, |x, y| Rgb([(x / 3) as u8, (y / 2) as u8, (x ^ y) as u8]));
    let first = made(&encoded(picture.clone(), ImageFormat::Png));
    assert_eq!(made(&encoded(picture.clone(), ImageFormat::WebP)).content_hash, first.content_hash);
    let again = made(&encoded(picture.clone(), ImageFormat::Jpeg));
    let smaller = DynamicImage::from(picture).resize(300, 300, image::imageops::FilterType::Triangle);
    let smaller = made(&encoded(smaller, ImageFormat::Png));
    let other = made(&encoded(noisy(600, 400), ImageFormat::Png));
    let apart = |made: &ProcessedImage| (made.perceptual_hash ^ first.perceptual_hash).count_ones();
    assert!(again.content_hash != first.content_hash && other.content_hash != first.content_hash);
    assert!(
        apart(&again) <= 4 && apart(&smaller) <= 4 && apart(&other) > 12,
        "{} {} {}",
        apart(&again),
        apart(&smaller),
        apart(&other)
    );
}

#[test]
fn a_placeholder_has_the_picture_s_colours_and_shape() {
    for (width, height, length) in [(120, 80, 28), (80, 120, 28), (1, 1, 6), (2_000, 1, 12)] {
        let made = made(&encoded(RgbImage::from_pixel(width, height, Rgb([200, 40, 10])), ImageFormat::Png));
        assert_eq!(made.blurhash.len(), length, "{}", made.blurhash);
        let shown = blurhash::decode(&made.blurhash, 1, 1, 1.0).unwrap();
        assert!(shown[0].abs_diff(200) < 30 && shown[1].abs_diff(40) < 30 && shown[2] < 40, "{shown:?}");
    }
}
