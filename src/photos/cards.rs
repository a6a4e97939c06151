//! What answers show of a file.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::actions::Photos;
use super::links::PhotoLinks;
use super::photo::StoredFile;

/// A file of yours.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FileCard {
    /// Its id, the UUID in its key.
    id: Uuid,
    /// Its key; opens nothing by itself.
    key: String,
    /// As you called it.
    filename: String,
    /// What you say about it.
    caption: String,
    /// MIME type of what is kept.
    content_type: String,
    /// Bytes of what is kept; of a photo, of its large variant.
    size: i64,
    /// When it was added.
    last_modified: DateTime<Utc>,
    /// The store's entity tag of what is kept.
    etag: Option<String>,
    /// Pixels of a photo's large variant.
    width: Option<i32>,
    /// Pixels of a photo's large variant.
    height: Option<i32>,
    /// What to show while it loads: <https://blurha.sh>.
    blurhash: Option<String>,
    /// Whether you chose it as your profile image.
    is_profile_image: bool,
    /// A link to it, good for minutes; the same as `urls.large`.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// Links to all sizes.
    #[serde(skip_serializing_if = "Option::is_none")]
    urls: Option<VariantUrls>,
    /// When the links end.
    #[serde(skip_serializing_if = "Option::is_none")]
    urls_expire_at: Option<DateTime<Utc>>,
}

/// Links to all sizes of a photo.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct VariantUrls {
    /// At most 200 pixels a side, for lists.
    thumb: String,
    /// At most 800 pixels a side, for cards.
    medium: String,
    /// At most 1,600 pixels a side: the photo itself.
    large: String,
}

impl Photos {
    /// A file as its owner sees it: with links, if they can be made just now.
    pub async fn own_card(&self, file: StoredFile) -> FileCard {
        let links = self.all_own_links(&file.key).await.ok();
        FileCard::new(file, links)
    }
}

impl FileCard {
    fn new(file: StoredFile, links: Option<PhotoLinks>) -> Self {
        Self {
            id: file.id,
            key: file.key.as_str().to_owned(),
            filename: file.filename,
            caption: file.caption,
            content_type: file.content_type,
            size: file.size,
            last_modified: file.created_at,
            etag: file.etag,
            width: file.width,
            height: file.height,
            blurhash: file.blurhash,
            is_profile_image: file.is_profile_image,
            url: links.as_ref().map(|links| links.large.clone()),
            urls_expire_at: links.as_ref().map(|links| links.expires_at),
            urls: links.map(|links| VariantUrls {
                thumb: links.thumb,
                medium: links.medium,
                large: links.large,
            }),
        }
    }
}
