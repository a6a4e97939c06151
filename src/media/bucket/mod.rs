//! What a bucket needs before photos go into it: looked at by the doctor, put in place by `friender storage setup`.

mod cors;
pub(super) mod documents;
mod lifecycle;
mod policy;

use std::time::Duration;

use aws_sdk_s3::types::{
    BucketLocationConstraint, CreateBucketConfiguration, ObjectOwnership, OwnershipControls,
    OwnershipControlsRule, PublicAccessBlockConfiguration,
};

use super::error::{MediaError, chain};
use super::s3::{MediaStore, within};

/// Buckets change more slowly than objects.
const SETUP_TIMEOUT: Duration = Duration::from_secs(10);

/// The region that is none: it can't be named when a bucket is made.
const DEFAULT_REGION: &str = "us-east-1";

/// One thing that a bucket needs, beside being there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// No access list and no policy can open the bucket to everybody.
    PublicAccess,
    /// All objects belong to the bucket's owner, and access lists have no effect (BucketOwnerEnforced).
    Ownership,
    /// Requests without TLS are refused.
    TlsOnly,
    /// Scripts of our origins may use presigned URLs, and no others.
    Cors,
    /// What was uploaded but never confirmed goes after a day, and so do unfinished uploads.
    Lifecycle,
}

impl Measure {
    /// All of them, in the order in which a bucket becomes safe.
    pub const ALL: [Self; 5] =
        [Self::PublicAccess, Self::Ownership, Self::TlsOnly, Self::Cors, Self::Lifecycle];

    /// Its name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PublicAccess => "public access",
            Self::Ownership => "ownership",
            Self::TlsOnly => "bucket policy",
            Self::Cors => "CORS",
            Self::Lifecycle => "lifecycle",
        }
    }
}

impl MediaStore {
    /// Makes the bucket, in the region of the settings; false if it is ours already.
    ///
    /// # Errors
    /// [`MediaError::Refused`], also if somebody else has a bucket of this name, and [`MediaError::Unavailable`].
    pub async fn create_bucket(&self) -> Result<bool, MediaError> {
        let region = self.region();
        // Gateways know no regions, and Amazon's first one must not be named.
        let place = (region != DEFAULT_REGION).then(|| {
            let place = BucketLocationConstraint::from(region.as_str());
            CreateBucketConfiguration::builder().location_constraint(place).build()
        });
        let request = self.clients.own.create_bucket().bucket(&*self.bucket);
        let request = request.set_create_bucket_configuration(place);
        match setting(async { Ok(request.send().await?) }).await {
            Err(MediaError::Refused { code, .. }) if code == "BucketAlreadyOwnedByYou" => Ok(false),
            made => made.map(|_| true),
        }
    }

    /// Whether the bucket is as `measure` wants it; `origins` matter to [`Measure::Cors`] alone.
    ///
    /// # Errors
    /// [`MediaError::BucketMissing`], [`MediaError::Refused`], [`MediaError::Unavailable`].
    pub async fn has(&self, measure: Measure, origins: &[String]) -> Result<bool, MediaError> {
        match measure {
            Measure::PublicAccess => self.blocks_public_access().await,
            Measure::Ownership => self.belongs_to_its_owner().await,
            Measure::TlsOnly => self.has_policy().await,
            Measure::Cors => self.has_cors(origins).await,
            Measure::Lifecycle => self.has_lifecycle().await,
        }
    }

    /// Makes the bucket as `measure` wants it. Rules of others, about other things, stay.
    ///
    /// # Errors
    /// Those of [`MediaStore::has`].
    pub async fn put_in_place(&self, measure: Measure, origins: &[String]) -> Result<(), MediaError> {
        match measure {
            Measure::PublicAccess => self.block_public_access().await,
            Measure::Ownership => self.enforce_ownership().await,
            Measure::TlsOnly => self.put_policy().await,
            Measure::Cors => self.put_cors(origins).await,
            Measure::Lifecycle => self.put_lifecycle().await,
        }
    }

    pub(super) fn region(&self) -> String {
        self.clients.own.config().region().map_or_else(|| DEFAULT_REGION.to_owned(), ToString::to_string)
    }

    async fn blocks_public_access(&self) -> Result<bool, MediaError> {
        let request = self.clients.own.get_public_access_block().bucket(&*self.bucket);
        let answer = setting(async { Ok(request.send().await?) }).await;
        let block = absent_as_none(answer, "NoSuchPublicAccessBlockConfiguration")?
            .and_then(|answer| answer.public_access_block_configuration);
        Ok(block.is_some_and(|block| {
            [
                block.block_public_acls,
                block.ignore_public_acls,
                block.block_public_policy,
                block.restrict_public_buckets,
            ]
            .iter()
            .all(|one| *one == Some(true))
        }))
    }

    async fn block_public_access(&self) -> Result<(), MediaError> {
        let all = PublicAccessBlockConfiguration::builder()
            .block_public_acls(true)
            .ignore_public_acls(true)
            .block_public_policy(true)
            .restrict_public_buckets(true)
            .build();
        let request = self.clients.own.put_public_access_block().bucket(&*self.bucket);
        let request = request.public_access_block_configuration(all);
        setting(async { Ok(request.send().await?) }).await.map(drop)
    }

    async fn belongs_to_its_owner(&self) -> Result<bool, MediaError> {
        let request = self.clients.own.get_bucket_ownership_controls().bucket(&*self.bucket);
        let answer = setting(async { Ok(request.send().await?) }).await;
        let controls = absent_as_none(answer, "OwnershipControlsNotFoundError")?
            .and_then(|answer| answer.ownership_controls);
        Ok(controls.is_some_and(|controls| {
            controls.rules.iter().any(|rule| rule.object_ownership == ObjectOwnership::BucketOwnerEnforced)
        }))
    }

    async fn enforce_ownership(&self) -> Result<(), MediaError> {
        let controls = OwnershipControlsRule::builder()
            .object_ownership(ObjectOwnership::BucketOwnerEnforced)
            .build()
            .and_then(|rule| OwnershipControls::builder().rules(rule).build())
            .map_err(malformed)?;
        let request = self.clients.own.put_bucket_ownership_controls().bucket(&*self.bucket);
        let request = request.ownership_controls(controls);
        setting(async { Ok(request.send().await?) }).await.map(drop)
    }
}

async fn setting<T>(call: impl Future<Output = Result<T, MediaError>>) -> Result<T, MediaError> {
    within(SETUP_TIMEOUT, call).await
}

/// S3 answers with an error of its own kind where nothing was ever set.
fn absent_as_none<T>(answer: Result<T, MediaError>, absent: &str) -> Result<Option<T>, MediaError> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(MediaError::Refused { code, .. }) if code == absent => Ok(None),
        Err(error) => Err(error),
    }
}

fn malformed(error: impl std::error::Error + 'static) -> MediaError {
    MediaError::Refused { code: "MalformedRule".to_owned(), message: chain(&error) }
}
