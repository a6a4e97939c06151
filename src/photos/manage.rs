//! What people do with the files they have: look through them, arrange, name, choose and remove them.

use diesel::{Connection, PgConnection};
use futures_util::future::join_all;
use uuid::Uuid;

use super::actions::Photos;
use super::error::PhotoError;
use super::event::FileAction;
use super::own_file::{Caption, FileRef, ProfileImage};
use super::own_file_queries as own_queries;
use super::photo::{FileKind, ObjectKey, StoredFile};
use super::queries;
use super::trail::{Deed, record};
use super::upload_queries;
use crate::accounts::{AccountError, UserId, own_account};
use crate::db::DbError;
use crate::media::PresignedGet;

/// What to change of a file.
#[derive(Debug, Clone, Default)]
pub struct FileChanges {
    /// Its caption; empty for none.
    pub caption: Option<Caption>,
    /// Whether it becomes the profile image.
    pub choose: bool,
}

/// Somebody's files in their order; [`PhotoError::Gone`] if the account is gone.
pub fn own_files(conn: &mut PgConnection, user: UserId) -> Result<Vec<StoredFile>, PhotoError> {
    still_there(conn, user)?;
    Ok(own_queries::own(conn, user)?)
}

/// Puts these files first, in this order; whatever isn't named follows in the order it had.
///
/// [`PhotoError::NotFound`], and nothing changes, if one of them isn't there.
pub fn reorder(conn: &mut PgConnection, user: UserId, first: &[FileRef]) -> Result<(), PhotoError> {
    watching_profile_image(conn, user, |conn| {
        let mut rest = own_queries::ids_and_keys(conn, user)?;
        let mut order = Vec::with_capacity(rest.len());
        for file in first {
            let place = rest.iter().position(|(id, key)| *id == file.id && file.fits(key));
            order.push(rest.remove(place.ok_or(PhotoError::NotFound)?).0);
        }
        order.extend(rest.into_iter().map(|(id, _)| id));
        own_queries::arrange(conn, user, &order)?;
        Ok(())
    })
}

/// Changes what is given, and tells what the file is now.
pub fn change_file(
    conn: &mut PgConnection,
    user: UserId,
    wanted: &FileRef,
    changes: &FileChanges,
) -> Result<StoredFile, PhotoError> {
    watching_profile_image(conn, user, |conn| {
        let file = find(conn, user, wanted)?;
        if let Some(caption) = &changes.caption {
            own_queries::set_caption(conn, user, file.id, caption.as_str())?;
        }
        match file.kind {
            _ if !changes.choose => {}
            FileKind::Photo => own_queries::choose(conn, user, file.id)?,
            FileKind::Document => return Err(PhotoError::NotAPhoto),
        }
        own_queries::own(conn, user)?.into_iter().find(|own| own.id == file.id).ok_or(PhotoError::NotFound)
    })
}

/// Makes a photo the profile image.
pub fn choose_profile_image(
    conn: &mut PgConnection,
    user: UserId,
    photo: &FileRef,
) -> Result<(), PhotoError> {
    change_file(conn, user, photo, &FileChanges { choose: true, ..FileChanges::default() }).map(drop)
}

/// The photo that stands for somebody, if they have any.
pub fn profile_image(conn: &mut PgConnection, user: UserId) -> Result<Option<ProfileImage>, DbError> {
    Ok(own_queries::profile_image(conn, user)?.map(|(_, image)| image))
}

/// Somebody's documents, in their order.
pub fn own_documents(conn: &mut PgConnection, user: UserId) -> Result<Vec<StoredFile>, DbError> {
    let own = own_queries::own(conn, user)?;
    Ok(own.into_iter().filter(|file| file.kind == FileKind::Document).collect())
}

fn find(conn: &mut PgConnection, user: UserId, wanted: &FileRef) -> Result<StoredFile, PhotoError> {
    let found = queries::find_ready(conn, user, wanted.id)?.map(StoredFile::from);
    found.filter(|file| wanted.fits(&file.key)).ok_or(PhotoError::NotFound)
}

/// [`PhotoError::Gone`] if the account is gone.
pub(super) fn still_there(conn: &mut PgConnection, user: UserId) -> Result<(), PhotoError> {
    match own_account(conn, user) {
        Ok(Some(_)) => Ok(()),
        Err(AccountError::Db(error)) => Err(error.into()),
        _ => Err(PhotoError::Gone),
    }
}

/// One change of a person's files at a time; notes when it makes another photo the profile image.
fn watching_profile_image<T>(
    conn: &mut PgConnection,
    user: UserId,
    change: impl FnOnce(&mut PgConnection) -> Result<T, PhotoError>,
) -> Result<T, PhotoError> {
    conn.transaction(|conn| {
        queries::lock_files_of(conn, user)?;
        let shown = |conn: &mut PgConnection| {
            own_queries::profile_image(conn, user).map(|image| image.map(|(id, _)| id))
        };
        let before = shown(conn)?;
        let changed = change(conn)?;
        let after = shown(conn)?;
        if let Some(now_shown) = after.filter(|_| after != before) {
            own_queries::note_profile_image(conn, user, now_shown)?;
        }
        Ok(changed)
    })
}

/// A file whose row is doomed, or an upload that is over: its objects go next.
type Removed = (Uuid, ObjectKey);

impl Photos {
    /// Removes files of `owner`; tells of each whether it was there. What is told to be removed is seen by nobody any
    /// more, even if the store can't be reached to delete its objects: the sweep does that.
    pub async fn remove(
        &self,
        owner: UserId,
        actor: UserId,
        wanted: Vec<FileRef>,
    ) -> Result<Vec<bool>, PhotoError> {
        let removed = self.db.run(move |conn| remove_rows(conn, owner, actor, &wanted)).await?;
        join_all(removed.iter().flatten().map(|(id, key)| self.clear(owner, *id, key))).await;
        Ok(removed.iter().map(Option::is_some).collect())
    }

    async fn clear(&self, owner: UserId, id: Uuid, key: &ObjectKey) {
        match self.forget(owner, id, key).await {
            Ok(()) => tracing::info!(user = %owner, file = %id, "file removed"),
            Err(error) => {
                tracing::warn!(user = %owner, file = %id, %error, "a removed file's objects are left for the sweep");
            }
        }
    }

    /// Removes everything that somebody ever uploaded, finished or not, objects first: for the end of an account, before
    /// its row goes. Fails if anything is left; call it again then.
    pub async fn remove_everything(&self, owner: UserId) -> Result<usize, PhotoError> {
        let (removed, sent) = self.db.run(move |conn| doom_all(conn, owner)).await?;
        for (id, key) in &removed {
            self.forget(owner, *id, key).await?;
        }
        for (id, key) in &sent {
            self.end_upload(owner, *id, key).await?;
        }
        Ok(removed.len())
    }

    /// A link to one of one's own files, made only if its object is there.
    pub async fn download(
        &self,
        user: UserId,
        file: FileRef,
    ) -> Result<(ObjectKey, PresignedGet), PhotoError> {
        let file = self.db.run(move |conn| find(conn, user, &file)).await?;
        self.media.head(file.key.as_str()).await?;
        let link = self.own_link(&file.key).await?;
        Ok((file.key, link))
    }
}

fn remove_rows(
    conn: &mut PgConnection,
    owner: UserId,
    actor: UserId,
    wanted: &[FileRef],
) -> Result<Vec<Option<Removed>>, PhotoError> {
    still_there(conn, owner)?;
    watching_profile_image(conn, owner, |conn| {
        let one = |file: &FileRef| match find(conn, owner, file) {
            Ok(file) => remove_row(conn, owner, actor, &file).map(|()| Some((file.id, file.key))),
            Err(PhotoError::NotFound) => Ok(None),
            Err(error) => Err(error),
        };
        wanted.iter().map(one).collect()
    })
}

fn remove_row(
    conn: &mut PgConnection,
    owner: UserId,
    actor: UserId,
    file: &StoredFile,
) -> Result<(), PhotoError> {
    own_queries::remove(conn, owner, file.id)?;
    let deed = Deed { owner, actor: Some(actor), file: file.id, filename: &file.filename };
    Ok(record(conn, deed, FileAction::Removed)?)
}

/// Dooms all files; gives them, and the uploads.
fn doom_all(conn: &mut PgConnection, owner: UserId) -> Result<(Vec<Removed>, Vec<Removed>), PhotoError> {
    conn.transaction(|conn| {
        queries::lock_files_of(conn, owner)?;
        let all = own_queries::all_of(conn, owner)?;
        for (id, _) in &all {
            if !own_queries::remove(conn, owner, *id)? {
                queries::doom(conn, owner, *id)?;
            }
        }
        Ok((all, upload_queries::all_of(conn, owner)?))
    })
}
