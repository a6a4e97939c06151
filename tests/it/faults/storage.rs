//! The way to the photo store.

use image::ImageFormat;

use super::{BUSY, FAULTS, TOLD_WITHIN, in_time, is_well_again, the_part_is_named};
use crate::photos::ground::{Ground, upload};
use crate::photos::pictures::numbered;
use crate::photos::pictures::picture;
use crate::support::gate::Way;
use crate::support::someone;

#[actix_web::test]
async fn whatever_happens_to_it_uploads_are_told_the_rest_goes_on_and_it_comes_back() {
    let ground = Ground::with(|config| config.photos.max_photos = 20).await;
    let ada = someone().insert(&ground.app).client;
    upload(&ada, &[("0.jpg", &picture(ImageFormat::Jpeg))]).await.expect(201);
    for (number, fault) in FAULTS.into_iter().enumerate() {
        let (what, photo) = (format!("{fault:?}"), numbered(number));
        ground.gate.set(fault);
        let begun = std::time::Instant::now();
        let refused = upload(&ada, &[("a.jpg", &photo)]).await.expect(503);
        let told = begun.elapsed();
        assert!(told < TOLD_WITHIN + BUSY, "{what}: told after {told:?}");
        assert_eq!((refused.code(), refused.lacks_as_problem()), ("storage_unavailable", None));
        the_part_is_named(&ground.app, ["ok", "unavailable"]).await;
        for path in ["/me", "/deck", "/matches"] {
            in_time(path, ada.get(path)).await.0.expect(200);
        }
        let images = ada.get("/me").await.expect(200).body["user"]["image_urls"].clone();
        assert_eq!(images.as_array().map(Vec::len), Some(1 + number));
        ground.gate.set(Way::Open);
        let ready = is_well_again(&what, &ground.app.anon(), "//readyz").await;
        upload(&ada, &[("a.jpg", &photo)]).await.expect(201);
        println!("{what}: told after {told:.1?}, ready {ready:.1?} after it was back");
    }
}
