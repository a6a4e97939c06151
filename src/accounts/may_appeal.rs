//! The extractor for those who may read their sanctions: everybody who is signed in, and who is kept out.

use std::pin::Pin;
use std::sync::Arc;

use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::{FromRequest, HttpRequest, web};

use super::account::UserId;
use super::actions::Accounts;
use super::signed_in::{SignedIn, token_in};
use crate::http::ApiError;

/// A person with a good access token, or with the appeal token that a refused login gave.
#[derive(Debug, Clone, Copy)]
pub struct MayAppeal(pub UserId);

impl FromRequest for MayAppeal {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, ApiError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        if let Some(user) = by_appeal_token(request) {
            return Box::pin(std::future::ready(Ok(Self(user))));
        }
        let signed_in = SignedIn::from_request(request, payload);
        Box::pin(async move { signed_in.await.map(|me| Self(me.user)) })
    }
}

fn by_appeal_token(request: &HttpRequest) -> Option<UserId> {
    let token = token_in(request.headers().get(AUTHORIZATION)?)?;
    request.app_data::<web::Data<Arc<Accounts>>>()?.appeal_tokens().verify(token)
}
