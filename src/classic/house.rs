//! What nearly every handler here needs, and who a path means.

use std::future::{Ready, ready};
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use diesel::PgConnection;
use uuid::Uuid;

use crate::accounts::{self, Accounts, UserId};
use crate::config::Config;
use crate::db::Db;
use crate::http::ApiError;
use crate::people::http::{OwnCard, own_card};
use crate::photos::Photos;

/// What the application is made of.
pub(super) struct House {
    pub(super) db: web::Data<Db>,
    pub(super) accounts: web::Data<Arc<Accounts>>,
    pub(super) photos: web::Data<Photos>,
    pub(super) config: web::Data<Config>,
}

impl FromRequest for House {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let house = || {
            Some(Self {
                db: request.app_data::<web::Data<Db>>()?.clone(),
                accounts: request.app_data::<web::Data<Arc<Accounts>>>()?.clone(),
                photos: request.app_data::<web::Data<Photos>>()?.clone(),
                config: request.app_data::<web::Data<Config>>()?.clone(),
            })
        };
        ready(house().ok_or_else(|| ApiError::internal(&"a part is not wired into the application")))
    }
}

impl House {
    /// Oneself, with everything.
    pub(super) async fn own_card(&self, user: UserId) -> Result<OwnCard, ApiError> {
        own_card(user, &self.db, &self.photos, &self.config).await
    }

    /// Whether the account's own path is asked for: 404 otherwise.
    pub(super) async fn demand_own(&self, user: UserId, name: String) -> Result<(), ApiError> {
        self.db.run(move |conn| demand_own(conn, user, &name)).await
    }
}

/// Who a path means: a user id, or a username in any case. 404 if nobody can be meant.
pub(super) fn named(conn: &mut PgConnection, name: &str) -> Result<UserId, ApiError> {
    if let Ok(id) = Uuid::parse_str(name) {
        return Ok(UserId(id));
    }
    accounts::user_named(conn, name)?.ok_or_else(ApiError::not_found)
}

/// 404 unless the path means whoever asks.
pub(super) fn demand_own(conn: &mut PgConnection, user: UserId, name: &str) -> Result<(), ApiError> {
    if named(conn, name)? == user { Ok(()) } else { Err(ApiError::not_found()) }
}
