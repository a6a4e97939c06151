//! Undoing what didn't end: at once by a guard, and for good by a pass now and then.

use chrono::TimeDelta;
use uuid::Uuid;

use super::actions::Photos;
use super::error::PhotoError;
use super::photo::ObjectKey;
use super::queries;
use crate::accounts::UserId;

/// No upload takes this long: what is older and unfinished is swept away.
const SWEEP_GRACE: TimeDelta = TimeDelta::minutes(10);

impl Photos {
    /// Removes what uploads that didn't end left behind, objects and rows, and tells how many. What fails is left for
    /// the next time.
    pub async fn sweep(&self) -> Result<usize, PhotoError> {
        let rows = self.db.run(|conn| Ok::<_, PhotoError>(queries::unfinished(conn, SWEEP_GRACE)?)).await?;
        let mut swept = 0;
        for (user, id, key) in rows {
            match self.forget(user, id, &key).await {
                Ok(()) => swept += 1,
                Err(error) => {
                    tracing::warn!(%user, file = %id, %error, "an unfinished upload could not be swept")
                }
            }
        }
        Ok(swept + self.sweep_uploads().await?)
    }

    /// Removes what is doomed, or unfinished: its objects, then its row.
    pub(super) async fn forget(&self, user: UserId, id: Uuid, key: &ObjectKey) -> Result<(), PhotoError> {
        self.give_up(user, id, key).await?;
        self.db.run(move |conn| Ok::<_, PhotoError>(queries::delete_doomed(conn, user, id)?)).await?;
        Ok(())
    }

    /// From here on an unfinished upload takes no place. What fails is left for the guard and the sweep.
    pub(super) async fn doom(&self, user: UserId, id: Uuid) {
        let doomed = self.db.run(move |conn| Ok::<_, PhotoError>(queries::doom(conn, user, id)?)).await;
        if let Err(error) = doomed {
            tracing::warn!(%user, file = %id, %error, "an unfinished upload could not be given up");
        }
    }

    /// Removes an unfinished upload's objects. Its row stays for the sweep: a write to the store that timed out here may
    /// still arrive there.
    async fn give_up(&self, user: UserId, id: Uuid, key: &ObjectKey) -> Result<(), PhotoError> {
        if self.db.run(move |conn| Ok::<_, PhotoError>(queries::doom(conn, user, id)?)).await? {
            for object in key.objects() {
                self.media.delete(&object).await?;
            }
        }
        Ok(())
    }
}

/// Undoes an upload that doesn't end, also when its request is dropped half-way.
pub(super) struct UploadGuard(Option<(Photos, UserId, Uuid, ObjectKey)>);

impl UploadGuard {
    pub(super) fn new(photos: &Photos, user: UserId, id: Uuid, key: &ObjectKey) -> Self {
        Self(Some((photos.clone(), user, id, key.clone())))
    }

    pub(super) fn disarm(mut self) {
        self.0 = None;
    }
}

impl Drop for UploadGuard {
    fn drop(&mut self) {
        let Some((photos, user, id, key)) = self.0.take() else { return };
        actix_web::rt::spawn(async move {
            if let Err(error) = photos.give_up(user, id, &key).await {
                tracing::warn!(%user, file = %id, %error, "an unfinished upload is left for the sweep");
            }
        });
    }
}
