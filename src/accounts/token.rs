//! Access tokens: short-lived JWTs (RFC 9068, RFC 8725) whose `sub` is the user id.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
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

/// The same, saying in more words whose it is. Nobody here reads these.
#[derive(Serialize)]
struct NamedClaims<'a> {
    #[serde(flatten)]
    claims: Claims,
    user_id: UserId,
    username: &'a str,
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

/// Signs and verifies access tokens with one pinned algorithm, HS256. While keys are exchanged, two of them are good.
pub struct AccessTokens {
    encoding: EncodingKey,
    current: NamedKey,
    previous: Option<NamedKey>,
    validation: Validation,
    ttl: Duration,
    long_ttl: Duration,
}

/// A key and the name (`kid`) by which tokens say that it signed them.
struct NamedKey {
    name: String,
    key: DecodingKey,
}

impl NamedKey {
    fn new(secret: &SecretString) -> Self {
        let secret = secret.expose_secret().as_bytes();
        let digest = Sha256::new().chain_update("access token key").chain_update(secret).finalize();
        let name = URL_SAFE_NO_PAD.encode(digest.iter().take(6).copied().collect::<Vec<u8>>());
        Self { name, key: DecodingKey::from_secret(secret) }
    }
}

impl AccessTokens {
    /// Tokens that live for `ttl`, signed with a secret of at least 32 bytes.
    pub fn new(secret: &SecretString, ttl: Duration) -> Self {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        validation.leeway = LEEWAY_SECONDS;
        let encoding = EncodingKey::from_secret(secret.expose_secret().as_bytes());
        Self { encoding, current: NamedKey::new(secret), previous: None, validation, ttl, long_ttl: ttl }
    }

    /// Accepts tokens of another key as well, which signs none.
    #[must_use]
    pub fn and_previous(mut self, secret: Option<&SecretString>) -> Self {
        self.previous = secret.map(NamedKey::new);
        self
    }

    /// Lets the tokens of clients that can't renew them live for `ttl`.
    #[must_use]
    pub fn and_long_lived(mut self, ttl: Duration) -> Self {
        self.long_ttl = ttl;
        self
    }

    /// How long a token lives.
    pub fn ttl(&self) -> Duration {
        self.ttl
    }

    /// How long the token of a client that can't renew it lives.
    pub fn long_ttl(&self) -> Duration {
        self.long_ttl
    }

    /// A new token of a session.
    pub fn issue(&self, user: UserId, session: SessionId) -> Result<String, TokenError> {
        self.sign(&claims(user, session, self.ttl))
    }

    /// A new, long-lived token of a session that also names its user in the claims `user_id` and `username`.
    pub fn issue_long_lived(
        &self,
        user: UserId,
        session: SessionId,
        username: &str,
    ) -> Result<String, TokenError> {
        self.sign(&NamedClaims { claims: claims(user, session, self.long_ttl), user_id: user, username })
    }

    fn sign(&self, claims: &impl Serialize) -> Result<String, TokenError> {
        let (typ, kid) = (Some(TYPE.to_owned()), Some(self.current.name.clone()));
        let header = Header { typ, kid, ..Header::new(Algorithm::HS256) };
        encode(&header, claims, &self.encoding).map_err(|_| TokenError::Invalid)
    }

    /// Whose token it is, and of which session.
    pub fn verify(&self, token: &str) -> Result<(UserId, SessionId), TokenError> {
        use jsonwebtoken::errors::ErrorKind;
        let data =
            decode::<Claims>(token, self.key_of(token)?, &self.validation).map_err(|error| {
                match error.kind() {
                    ErrorKind::ExpiredSignature => TokenError::Expired,
                    _ => TokenError::Invalid,
                }
            })?;
        // The library checks neither: a token of another kind, or one from the future, is none of ours.
        let from_future = data.claims.iat > jsonwebtoken::get_current_timestamp() + LEEWAY_SECONDS;
        if data.header.typ.as_deref() != Some(TYPE) || from_future {
            return Err(TokenError::Invalid);
        }
        Ok((data.claims.sub, data.claims.sid))
    }

    /// The key that a token names; the current one if it names none.
    fn key_of(&self, token: &str) -> Result<&DecodingKey, TokenError> {
        let header = decode_header(token).map_err(|_| TokenError::Invalid)?;
        let Some(name) = header.kid else { return Ok(&self.current.key) };
        let mut keys = std::iter::once(&self.current).chain(&self.previous);
        keys.find(|key| key.name == name).map(|key| &key.key).ok_or(TokenError::Invalid)
    }
}

fn claims(user: UserId, session: SessionId, ttl: Duration) -> Claims {
    let iat = jsonwebtoken::get_current_timestamp();
    Claims {
        iss: ISSUER.to_owned(),
        aud: AUDIENCE.to_owned(),
        sub: user,
        sid: session,
        jti: Uuid::new_v4(),
        iat,
        exp: iat + ttl.as_secs(),
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

    fn claims() -> Value {
        let now = jsonwebtoken::get_current_timestamp();
        json!({"iss": "friender", "aud": "friender", "sub": Uuid::now_v7(), "sid": Uuid::now_v7(),
            "jti": Uuid::new_v4(), "iat": now, "exp": now + 60})
    }

    fn forged(algorithm: Algorithm, typ: &str, change: impl FnOnce(&mut Value)) -> String {
        let mut claims = claims();
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
    fn a_long_lived_token_is_as_good_and_says_who_it_is() {
        let tokens = tokens().and_long_lived(Duration::from_secs(43_200));
        let (user, session) = (UserId::new(), SessionId(Uuid::now_v7()));
        let token = tokens.issue_long_lived(user, session, "ada").unwrap();
        assert_eq!(tokens.verify(&token), Ok((user, session)));
        let body = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
        let body: Value = serde_json::from_slice(&body).unwrap();
        assert_eq!((&body["user_id"], &body["username"]), (&json!(user), &json!("ada")));
        assert_eq!(body["exp"].as_u64().unwrap() - body["iat"].as_u64().unwrap(), 43_200);
    }

    #[test]
    fn while_keys_are_exchanged_two_are_good_and_one_signs() {
        let other = SecretString::from("fedcba9876543210fedcba9876543210");
        let (user, session) = (UserId::new(), SessionId(Uuid::now_v7()));
        let (old, new) = (tokens(), AccessTokens::new(&other, Duration::from_secs(900)));
        let both = AccessTokens::new(&other, Duration::from_secs(900)).and_previous(Some(&SECRET.into()));
        for token in [&old, &new, &both].map(|tokens| tokens.issue(user, session).unwrap()) {
            assert_eq!(both.verify(&token), Ok((user, session)));
        }
        let token = both.issue(user, session).unwrap();
        assert_eq!((new.verify(&token), old.verify(&token)), (Ok((user, session)), Err(TokenError::Invalid)));
        assert_eq!(new.verify(&old.issue(user, session).unwrap()), Err(TokenError::Invalid));
    }

    /// Naming a key doesn't make its signature.
    #[test]
    fn a_token_is_checked_with_the_key_that_it_names() {
        let name = |secret: &str| Some(NamedKey::new(&secret.into()).name);
        let sign = |kid: Option<String>| {
            let header = Header { typ: Some("at+jwt".to_owned()), kid, ..Header::new(Algorithm::HS256) };
            encode(&header, &claims(), &EncodingKey::from_secret(SECRET.as_bytes())).unwrap()
        };
        let other = "fedcba9876543210fedcba9876543210";
        let both = tokens().and_previous(Some(&other.into()));
        assert!(both.verify(&sign(name(SECRET))).is_ok() && both.verify(&sign(None)).is_ok());
        for kid in [name(other), Some(String::new()), Some("../../key".to_owned())] {
            assert_eq!(both.verify(&sign(kid)), Err(TokenError::Invalid));
        }
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
        let now = jsonwebtoken::get_current_timestamp();
        assert_eq!(bad(hs, "at+jwt", &|c| c["exp"] = json!(now - LEEWAY_SECONDS - 1)), TokenError::Expired);
        assert_eq!(bad(hs, "at+jwt", &|c| c["iat"] = json!(now + 60)), TokenError::Invalid);
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
