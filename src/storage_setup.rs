//! `friender storage setup`: makes a bucket ready for photos, saying of each step what came of it.

use crate::backing;
use crate::config::{Config, StorageConfig};
use crate::doctor::{Finding, fix_of_store, not_needed, not_offered, wanted};
use crate::media::{Measure, MediaError, MediaStore};

/// Takes every step that is still to be taken, or with `dry_run` only says which; `tell` hears of each at once.
/// Answers how many failed.
pub async fn set_up(config: &Config, dry_run: bool, mut tell: impl FnMut(&Finding)) -> usize {
    if config.storage.bucket.is_none() {
        tell(&Finding::noted(
            "bucket",
            "the photo store is private, in the data folder, and sets itself up; S3_BUCKET_NAME names a real one",
        ));
        return 0;
    }
    let media = MediaStore::connect(backing::real_store(&config.storage)).await;
    let setup = Setup { media, storage: &config.storage, origins: config.browser_origins(), dry_run };
    let (finding, bucket) = setup.bucket().await;
    tell(&finding);
    let mut failed = usize::from(finding.is_failure());
    // Without a bucket every other step would only repeat that there is none.
    for measure in Measure::ALL.into_iter().filter(|_| bucket != Bucket::Unusable) {
        let finding = setup.step(measure, bucket).await;
        tell(&finding);
        failed += usize::from(finding.is_failure());
    }
    failed
}

struct Setup<'a> {
    media: MediaStore,
    storage: &'a StorageConfig,
    origins: Vec<String>,
    dry_run: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bucket {
    There,
    ToBeMade,
    Unusable,
}

impl Setup<'_> {
    async fn bucket(&self) -> (Finding, Bucket) {
        let (name, region) = (self.media.bucket(), &self.storage.region);
        let ok = |said: String| (Finding::ok("bucket", said), Bucket::There);
        match self.media.check().await {
            Ok(()) => return ok(format!("{name} is there")),
            Err(MediaError::BucketMissing) => {}
            Err(error) => return (failed("bucket", &error), Bucket::Unusable),
        }
        if self.dry_run {
            let would = format!("{name} is not there: would be made in {region}");
            return (Finding::noted("bucket", would), Bucket::ToBeMade);
        }
        match self.media.create_bucket().await {
            Ok(_) => ok(format!("made {name} in {region}")),
            Err(MediaError::Refused { code, .. }) if code == "BucketAlreadyExists" => {
                let said = format!("{name} belongs to somebody else: names are unique in all of S3");
                (Finding::failed("bucket", said, "choose another name in S3_BUCKET_NAME"), Bucket::Unusable)
            }
            Err(error) => (failed("bucket", &error), Bucket::Unusable),
        }
    }

    async fn step(&self, measure: Measure, bucket: Bucket) -> Finding {
        let name = measure.name();
        if let Some(reason) = not_needed(measure, self.storage, &self.origins) {
            return Finding::noted(name, reason);
        }
        let wanted = wanted(measure, &self.origins);
        let is_so = match bucket {
            Bucket::There => self.media.has(measure, &self.origins).await,
            Bucket::ToBeMade | Bucket::Unusable => Ok(false),
        };
        match is_so {
            Ok(true) => Finding::ok(name, format!("so already: {wanted}")),
            Ok(false) if self.dry_run => Finding::noted(name, format!("would be set: {wanted}")),
            Ok(false) => self.put_in_place(measure, &wanted).await,
            Err(error) => refused(measure, &error),
        }
    }

    async fn put_in_place(&self, measure: Measure, wanted: &str) -> Finding {
        if let Err(error) = self.media.put_in_place(measure, &self.origins).await {
            return refused(measure, &error);
        }
        // Some servers take what they don't know, and forget it.
        match self.media.has(measure, &self.origins).await {
            Ok(true) => Finding::ok(measure.name(), format!("set: {wanted}")),
            Ok(false) => Finding::noted(measure.name(), not_offered(measure)),
            Err(error) => refused(measure, &error),
        }
    }
}

fn refused(measure: Measure, error: &MediaError) -> Finding {
    if error.is_not_offered() {
        return Finding::noted(measure.name(), not_offered(measure));
    }
    failed(measure.name(), error)
}

fn failed(what: &'static str, error: &MediaError) -> Finding {
    let fix = match error {
        MediaError::Refused { code, .. } if code == "AccessDenied" || code == "status 403" => {
            "use a key with the rights of deploy/aws/iam_setup_policy.json, on a bucket of your own account"
        }
        _ => fix_of_store(error, false),
    };
    Finding::failed(what, error, fix)
}
