//! What answers show of a file.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::actions::Photos;
use super::links::PhotoLinks;
use super::photo::{FileKind, StoredFile};
use crate::media::PresignedGet;

/// A file of yours.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FileCard {
    /// Its id, the UUID in its key.
    id: Uuid,
    /// A photo, or a document: that one is yours alone, and nothing but a file to save.
    kind: FileKind,
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
    /// A link to it, good for minutes; the same as `urls.large` or `urls.original`.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    /// Links to all sizes of a photo, or to a document.
    #[serde(skip_serializing_if = "Option::is_none")]
    urls: Option<FileUrls>,
    /// When the links end.
    #[serde(skip_serializing_if = "Option::is_none")]
    urls_expire_at: Option<DateTime<Utc>>,
}

/// Links to a file.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(untagged)]
pub enum FileUrls {
    /// To a photo.
    Photo(VariantUrls),
    /// To a document.
    Document(DocumentUrls),
}

/// The link to a document.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DocumentUrls {
    /// The file as you sent it, as an attachment.
    original: String,
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

/// What a card says of links.
struct Links {
    url: String,
    urls: FileUrls,
    expire_at: DateTime<Utc>,
}

impl Photos {
    /// A file as its owner sees it: with links, if they can be made just now.
    pub async fn own_card(&self, file: StoredFile) -> FileCard {
        let links = match file.kind {
            FileKind::Photo => self.all_own_links(&file.key).await.map(Links::to_photo),
            FileKind::Document => self.own_link(&file.key).await.map(|link| Links::to_document(&link)),
        };
        FileCard::new(file, links.ok())
    }
}

impl Links {
    fn to_photo(links: PhotoLinks) -> Self {
        let PhotoLinks { thumb, medium, large, expires_at: expire_at } = links;
        Self { url: large.clone(), urls: FileUrls::Photo(VariantUrls { thumb, medium, large }), expire_at }
    }

    fn to_document(link: &PresignedGet) -> Self {
        let url = link.url.to_string();
        let urls = FileUrls::Document(DocumentUrls { original: url.clone() });
        Self { url, urls, expire_at: link.expires_at }
    }
}

impl FileCard {
    fn new(file: StoredFile, links: Option<Links>) -> Self {
        let (url, urls, urls_expire_at) = match links {
            Some(links) => (Some(links.url), Some(links.urls), Some(links.expire_at)),
            None => (None, None, None),
        };
        Self {
            id: file.id,
            kind: file.kind,
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
            url,
            urls,
            urls_expire_at,
        }
    }
}
