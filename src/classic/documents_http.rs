//! Pictures and the profile as the five documents spell them: requests in their words, answers in theirs and in ours.

use std::collections::{BTreeMap, HashMap};

use actix_web::{get, post, put, web};
use serde::Serialize;
use serde_json::{Value, json};

use super::house::House;
use super::texts::{Unread, profile_fields, take_any};
use crate::accounts::{SignedIn, UserId};
use crate::config::UploadType;
use crate::http::{ApiError, Fields, Params};
use crate::people;
use crate::people::http::OwnCard;
use crate::photos::direct_http::announced;
use crate::photos::files_http::named_file;
use crate::photos::{FileRef, Form, PhotoError};
use crate::profiles::ProfileChanges;

/// How requests name a file.
const KEYS: [&str; 4] = ["fileKey", "file_key", "s3Key", "key"];

/// A URL to upload to, also without the file's length.
#[actix_web::routes]
#[post("/upload-url")]
#[post("/api/upload-url")]
pub(super) async fn upload_url(
    me: SignedIn,
    house: House,
    body: Unread,
) -> Result<web::Json<Value>, ApiError> {
    let form = body.read(&house.config.photos).await?;
    grant(&house, me.user, form, false).await
}

/// The same for the profile image.
#[post("/profile/image")]
pub(super) async fn profile_image_url(
    me: SignedIn,
    house: House,
    body: Unread,
) -> Result<web::Json<Value>, ApiError> {
    let form = body.read(&house.config.photos).await?;
    grant(&house, me.user, form, true).await
}

async fn grant(
    house: &House,
    me: UserId,
    mut form: Form,
    as_profile_image: bool,
) -> Result<web::Json<Value>, ApiError> {
    let filename = take_any(&mut form, &["fileName", "file_name", "filename"]).unwrap_or_default();
    let content_type = take_any(&mut form, &["contentType", "content_type", "fileType"]);
    // Some clients leave it to the name.
    let by_name = || filename.rsplit_once('.').and_then(|(_, ending)| UploadType::named(ending));
    let content_type = content_type.or_else(|| Some(by_name()?.mime.to_owned())).unwrap_or_default();
    let size = take_any(&mut form, &["size", "fileSize"]).map(|size| size.trim().parse().unwrap_or(0));
    let announced = announced((&filename, &content_type, size), as_profile_image, &house.config)?;
    let grant = house.photos.grant(me, announced).await?;
    let (url, key, expires_in) = (&grant.put.url, grant.key.as_str(), grant.put.expires_in());
    let headers: BTreeMap<_, _> = grant.put.headers.iter().cloned().collect();
    Ok(web::Json(json!({
        "presigned_url": url, "presignedUrl": url, "url": url, "method": "PUT", "headers": headers,
        "file_key": key, "fileKey": key, "s3Key": key, "expires_in": expires_in, "expiresIn": expires_in,
    })))
}

/// A link to one of one's own files.
#[actix_web::routes]
#[post("/download-url")]
#[post("/api/read-url")]
pub(super) async fn read_url(me: SignedIn, house: House, body: Unread) -> Result<web::Json<Value>, ApiError> {
    let mut form = body.read(&house.config.photos).await?;
    link(&house, me.user, take_any(&mut form, &KEYS)).await
}

/// The same, asked for by GET.
#[get("/api/read-url")]
pub(super) async fn read_url_by_query(
    me: SignedIn,
    house: House,
    Params(mut query): Params<HashMap<String, String>>,
) -> Result<web::Json<Value>, ApiError> {
    link(&house, me.user, KEYS.iter().find_map(|name| query.remove(*name))).await
}

async fn link(house: &House, me: UserId, key: Option<String>) -> Result<web::Json<Value>, ApiError> {
    let file = file_named(house, me, &demanded(key)?).await?;
    let (key, link) = house.photos.download(me, file).await?;
    let (url, key, expires_in) = (&*link.url, key.as_str(), link.expires_in());
    Ok(web::Json(json!({
        "presigned_url": url, "presignedUrl": url, "url": url, "readUrl": url,
        "file_key": key, "fileKey": key, "expires_in": expires_in, "expiresIn": expires_in,
    })))
}

fn demanded(key: Option<String>) -> Result<String, ApiError> {
    key.ok_or_else(|| Fields::refuse_one("/fileKey", "Name the file: fileKey."))
}

/// One of one's own files. These clients never confirm what they put into the bucket, and go on calling it as it was
/// called there: naming it confirms it.
pub(super) async fn file_named(house: &House, me: UserId, key: &str) -> Result<FileRef, ApiError> {
    match house.photos.confirm(me, key).await {
        Ok(confirmed) => Ok(confirmed.file.id.into()),
        Err(PhotoError::NotFound) => named_file(key),
        Err(error) => Err(error.into()),
    }
}

/// Makes a photo the profile image.
#[post("/api/save-profile")]
pub(super) async fn save_profile(
    me: SignedIn,
    house: House,
    body: Unread,
) -> Result<web::Json<Value>, ApiError> {
    let mut form = body.read(&house.config.photos).await?;
    let file = file_named(&house, me.user, &demanded(take_any(&mut form, &KEYS))?).await?;
    change(&house, me.user, ProfileChanges::default(), Some(file)).await?;
    own(&house, me.user).await
}

/// Oneself, and the key of one's profile image.
#[get("/api/me")]
pub(super) async fn get_me(me: SignedIn, house: House) -> Result<web::Json<Value>, ApiError> {
    own(&house, me.user).await
}

async fn own(house: &House, me: UserId) -> Result<web::Json<Value>, ApiError> {
    let own = house.own_card(me).await?;
    let key = &own.profile_image_key;
    Ok(web::Json(json!({"username": own.username, "fileKey": key, "file_key": key, "user": own})))
}

async fn change(
    house: &House,
    me: UserId,
    changes: ProfileChanges,
    image: Option<FileRef>,
) -> Result<(), ApiError> {
    Ok(house.db.run(move |conn| people::change_own(conn, me, &changes, image.as_ref())).await?)
}

/// One's own profile in both spellings.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ProfileAnswer {
    user_id: UserId,
    nombre: Option<String>,
    apellido: Option<String>,
    profile_image_key: Option<String>,
    profile_image_url: Option<String>,
    profile_image_url_expires_in: Option<u64>,
    /// Seconds since 1970.
    profile_image_updated_at: Option<i64>,
    profile_image_content_type: Option<String>,
    profile_image_file_name: Option<String>,
    created_at: chrono::DateTime<chrono::Utc>,
    #[serde(flatten)]
    own: OwnCard,
}

impl From<OwnCard> for ProfileAnswer {
    fn from(own: OwnCard) -> Self {
        Self {
            user_id: own.id,
            nombre: own.first_name.clone(),
            apellido: own.last_name.clone(),
            profile_image_key: own.profile_image_key.clone(),
            profile_image_url: own.profile_image_url.clone(),
            profile_image_url_expires_in: own.profile_image_url_expires_in,
            profile_image_updated_at: own.profile_image_updated_at.map(|time| time.timestamp()),
            profile_image_content_type: own.profile_image_content_type.clone(),
            profile_image_file_name: own.profile_image_file_name.clone(),
            created_at: own.created_at,
            own,
        }
    }
}

/// One's own profile.
#[get("/profile")]
pub(super) async fn get_profile(me: SignedIn, house: House) -> Result<web::Json<ProfileAnswer>, ApiError> {
    Ok(web::Json(house.own_card(me.user).await?.into()))
}

/// Changes what is given of it, and answers all of it.
#[put("/profile")]
pub(super) async fn put_profile(
    me: SignedIn,
    house: House,
    body: Unread,
) -> Result<web::Json<ProfileAnswer>, ApiError> {
    let mut form = body.read(&house.config.photos).await?;
    let image = take_any(&mut form, &["profileImageKey", "profile_image_key"]);
    let mut fields = profile_fields(&mut form);
    fields.first_name = take_any(&mut form, &["nombre", "first_name"]);
    fields.last_name = take_any(&mut form, &["apellido", "last_name"]);
    let mut refused = Fields::new();
    let changes = fields.parse(&mut refused);
    refused.finish()?;
    let image = match image {
        Some(key) => Some(file_named(&house, me.user, &key).await?),
        None => None,
    };
    change(&house, me.user, changes, image).await?;
    Ok(web::Json(house.own_card(me.user).await?.into()))
}
