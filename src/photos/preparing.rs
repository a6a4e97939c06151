//! From bytes to what is kept, a few at a time: those who wait hold nothing in memory.

use bytes::Bytes;

use super::actions::Photos;
use super::document;
use super::error::PhotoError;
use super::prepared::{Prepared, Wanted};

/// Documents whose bytes may be in memory at once, on their way to the store.
pub(super) const COURIERS: usize = 4;

impl Photos {
    /// Checks what `content` gives, and makes a picture anew. `content` is asked for when it is this file's turn, not
    /// before.
    pub(super) async fn prepare(
        &self,
        filename: String,
        wanted: Wanted,
        content: impl Future<Output = Result<Bytes, PhotoError>>,
    ) -> Result<Prepared, PhotoError> {
        let enlarger = self.enlargers.clone().acquire_owned().await.map_err(|_| PhotoError::Lost)?;
        let bytes = content.await?;
        let kind = match wanted {
            Wanted::Photo => None,
            Wanted::Document(kind) => Some(kind),
            Wanted::Either => document::kind_of(&bytes, &filename, &self.allowed),
        };
        let room = match kind {
            Some(_) => self.couriers.clone().acquire_owned().await.ok(),
            None => None,
        };
        let darkroom = self.darkroom.clone();
        let work = actix_web::web::block(move || {
            // Held by the work itself: the request may be gone before it ends.
            let _enlarger = enlarger;
            match kind {
                Some(kind) => Ok(Prepared::document(&filename, kind, bytes, room)?),
                None => Ok(Prepared::photo(filename, darkroom.process(&bytes)?)),
            }
        });
        work.await.map_err(|_| PhotoError::Lost)?
    }
}
