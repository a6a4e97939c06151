//! Links to photos: good for minutes, and the same for a while, so that browsers find the picture in their cache.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::actions::Photos;
use super::photo::ObjectKey;
use super::variant::Variant;
use crate::media::{MediaError, PresignedGet};

/// Links to others' photos never live longer than this, whatever the settings say: a block must outlive them soon.
const LONGEST_LINK: Duration = Duration::from_secs(300);

/// Links to all sizes of one photo.
#[derive(Debug, Clone)]
pub struct PhotoLinks {
    /// The thumbnail.
    pub thumb: String,
    /// For cards.
    pub medium: String,
    /// The photo itself.
    pub large: String,
    /// When they end, all together.
    pub expires_at: DateTime<Utc>,
}

impl Photos {
    /// Links to other people's photos in one size, good for PRESIGNED_URL_EXPIRATION or 5 minutes, whichever is less,
    /// and for half of that at least.
    pub async fn links(&self, keys: &[ObjectKey], variant: Variant) -> Result<Vec<String>, MediaError> {
        self.links_for(keys, variant, self.link_life.min(LONGEST_LINK)).await
    }

    /// Links to one's own photos, good for PRESIGNED_URL_EXPIRATION, and for half of that at least.
    pub async fn own_links(&self, keys: &[ObjectKey], variant: Variant) -> Result<Vec<String>, MediaError> {
        self.links_for(keys, variant, self.link_life).await
    }

    /// A link to a file of one's own, of the same life.
    pub async fn own_link(&self, key: &ObjectKey) -> Result<PresignedGet, MediaError> {
        self.link(key, Variant::Large, self.link_life).await
    }

    /// For how long a link to a file of one's own is good at least. Always the same, so that an answer with such a link
    /// has the same bytes as long as the link is the same.
    pub fn own_links_last(&self) -> Duration {
        self.link_life / 2
    }

    /// Links to all sizes of a photo of one's own.
    pub async fn all_own_links(&self, key: &ObjectKey) -> Result<PhotoLinks, MediaError> {
        let link = async |variant| self.link(key, variant, self.link_life).await;
        let large = link(Variant::Large).await?;
        Ok(PhotoLinks {
            thumb: link(Variant::Thumb).await?.url.to_string(),
            medium: link(Variant::Medium).await?.url.to_string(),
            large: large.url.to_string(),
            expires_at: large.expires_at,
        })
    }

    async fn links_for(
        &self,
        keys: &[ObjectKey],
        variant: Variant,
        life: Duration,
    ) -> Result<Vec<String>, MediaError> {
        let mut links = Vec::with_capacity(keys.len());
        for key in keys {
            links.push(self.link(key, variant, life).await?.url.to_string());
        }
        Ok(links)
    }

    async fn link(
        &self,
        key: &ObjectKey,
        variant: Variant,
        life: Duration,
    ) -> Result<PresignedGet, MediaError> {
        self.media.presign_get(&key.variant(variant), life).await
    }
}
