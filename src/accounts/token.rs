//! Access tokens: short-lived JWTs (RFC 9068, RFC 8725) whose `sub` is the user id.

use std::time::Duration;

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::account::{SessionId, UserId};

const ISSUER: &str = "friender";
const AUDIENCE: &str = "friender";
/// The media type of access tokens (RFC 9068, section 2.1).
const TYPE: &str = "at+jwt";
/// How far two clocks may be apart.
const LEEWAY_SECONDS: u64 = 5;

#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: UserId,
    sid: SessionId,
    jti: Uuid,
    iat: u64,
    exp: u64,
}

/// Why a token isn't accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// It was good once.
    #[error("the access token has expired")]
    Expired,
    /// It never was.
    #[error("the access token is not valid")]
    Invalid,
}

/// Signs and verifies access tokens with one pinned algorithm, HS256.
pub struct AccessTokens {
    encoding: EncodingKey,
    decoding: DecodingKey,
    validation: Validation,
    ttl: Duration,
}

impl AccessTokens {
    /// Tokens that live for `ttl`, signed with a secret of at least 32 bytes.
    pub fn new(secret: &SecretString, ttl: Duration) -> Self {
        let secret = secret.expose_secret().as_bytes();
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        validation.leeway = LEEWAY_SECONDS;
        let (encoding, decoding) = (EncodingKey::from_secret(secret), DecodingKey::from_secret(secret));
        Self { encoding, decoding, validation, ttl }
    }

    /// How long a token lives.
    pub fn ttl(&self) -> Duration {
        self.ttl
    }

    /// A new token of a session.
    pub fn issue(&self, user: UserId, session: SessionId) -> Result<String, TokenError> {
        let iat = jsonwebtoken::get_current_timestamp();
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: user,
            sid: session,
            jti: Uuid::new_v4(),
            iat,
            exp: iat + self.ttl.as_secs(),
        };
        let header = Header { typ: Some(TYPE.to_owned()), ..Header::new(Algorithm::HS256) };
        encode(&header, &claims, &self.encoding).map_err(|_| TokenError::Invalid)
    }

    /// Whose token it is, and of which session.
    pub fn verify(&self, token: &str) -> Result<(UserId, SessionId), TokenError> {
        use jsonwebtoken::errors::ErrorKind;
        let data = decode::<Claims>(token, &self.decoding, &self.validation).map_err(|error| match error
            .kind()
        {
            ErrorKind::ExpiredSignature => TokenError::Expired,
            _ => TokenError::Invalid,
        })?;
        // The library checks neither: a token of another kind, or one from the future, is none of ours.
        let from_future = data.claims.iat > jsonwebtoken::get_current_timestamp() + LEEWAY_SECONDS;
        if data.header.typ.as_deref() != Some(TYPE) || from_future {
            return Err(TokenError::Invalid);
        }
        Ok((data.claims.sub, data.claims.sid))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const SECRET: &str = "0123456789abcdef0123456789abcdef";

    fn tokens() -> AccessTokens {
        AccessTokens::new(&SECRET.into(), Duration::from_secs(900))
    }

    fn forged(algorithm: Algorithm, typ: &str, change: impl FnOnce(&mut Value)) -> String {
        let now = jsonwebtoken::get_current_timestamp();
        let mut claims = json!({"iss": "friender", "aud": "friender", "sub": Uuid::now_v7(), "sid": Uuid::now_v7(),
            "jti": Uuid::new_v4(), "iat": now, "exp": now + 60});
        change(&mut claims);
        let header = Header { typ: Some(typ.to_owned()), ..Header::new(algorithm) };
        encode(&header, &claims, &EncodingKey::from_secret(SECRET.as_bytes())).unwrap()
    }

    #[test]
    fn a_token_names_its_user_and_session() {
        let (user, session) = (UserId::new(), SessionId(Uuid::now_v7()));
        let token = tokens().issue(user, session).unwrap();
        assert_eq!(tokens().verify(&token), Ok((user, session)));
    }

    #[test]
    fn the_forger_knows_the_form() {
        assert!(tokens().verify(&forged(Algorithm::HS256, "at+jwt", |_| ())).is_ok());
    }

    #[test]
    fn forged_tokens_are_refused() {
        let bad = |algorithm, typ, change: &dyn Fn(&mut Value)| {
            tokens().verify(&forged(algorithm, typ, |claims| change(claims))).unwrap_err()
        };
        let hs = Algorithm::HS256;
        assert_eq!(bad(Algorithm::HS512, "at+jwt", &|_| ()), TokenError::Invalid);
        assert_eq!(bad(hs, "JWT", &|_| ()), TokenError::Invalid);
        assert_eq!(bad(hs, "at+jwt", &|c| c["exp"] = json!(1)), TokenError::Expired);
        assert_eq!(bad(hs, "at+jwt", &|c| c["exp"] = json!("9999999999")), TokenError::Invalid);
        assert_eq!(bad(hs, "at+jwt", &|c| c["iat"] = json!(9_999_999_999_u64)), TokenError::Invalid);
        for (claim, value) in [("iss", "else"), ("aud", "else"), ("sub", "ada"), ("sid", "x"), ("jti", "x")] {
            assert_eq!(bad(hs, "at+jwt", &|c| c[claim] = json!(value)), TokenError::Invalid, "{claim}");
        }
        for claim in ["iss", "aud", "sub", "sid", "jti", "iat", "exp"] {
            let without = |c: &mut Value| drop(c.as_object_mut().unwrap().remove(claim));
            assert_eq!(bad(hs, "at+jwt", &without), TokenError::Invalid, "{claim}");
        }
        let other = AccessTokens::new(&"x".repeat(32).into(), Duration::from_secs(900));
        let token = other.issue(UserId::new(), SessionId(Uuid::now_v7())).unwrap();
        assert_eq!(tokens().verify(&token), Err(TokenError::Invalid));
        let none = "eyJhbGciOiJub25lIiwidHlwIjoiYXQrand0In0.e30.";
        assert_eq!(tokens().verify(none), Err(TokenError::Invalid));
    }
}
