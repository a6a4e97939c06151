//! Tokens: nobody's text is one, and what is one says the same as what was issued.

use std::sync::LazyLock;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use friender::accounts::{AccessTokens, AppealTokens, PasswordHasher, RefreshToken, UserId};
use friender::mail::MailToken;
use jsonwebtoken::{Algorithm, EncodingKey};
use secrecy::{ExposeSecret, SecretString};
use serde_json::Value;
use uuid::Uuid;

/// How far clocks may be apart; and a second, because both of us look at one.
const LEEWAY: u64 = 6;

struct Keys {
    signing: EncodingKey,
    tokens: AccessTokens,
    passwords: PasswordHasher,
}

static KEYS: LazyLock<Keys> = LazyLock::new(|| {
    let secret = Uuid::new_v4().to_string();
    let before = SecretString::from(Uuid::new_v4().to_string());
    let signing = EncodingKey::from_secret(secret.as_bytes());
    let secret = SecretString::from(secret);
    let tokens = AccessTokens::new(&secret, Duration::from_secs(900)).and_previous(Some(&before));
    Keys { signing, tokens, passwords: PasswordHasher::new(secret, 4) }
});

/// Panics if one of this doesn't hold.
pub fn check(text: &str) {
    unsigned(text);
    signed(text);
    refresh(text);
    mailed(text);
    appeal(text);
}

fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Nobody knows the key.
fn unsigned(text: &str) {
    assert!(KEYS.tokens.verify(text).is_err());
    if let Some((header, claims)) = text.split_once('\n') {
        for signature in [claims, ""] {
            let forged = format!("{}.{}.{}", encode(header), encode(claims), encode(signature));
            assert!(KEYS.tokens.verify(&forged).is_err());
        }
    }
}

/// Two lines, a header and claims, signed with the right key: good only if they say what ours say.
fn signed(text: &str) {
    let Some((header, claims)) = text.split_once('\n') else { return };
    let message = format!("{}.{}", encode(header), encode(claims));
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), &KEYS.signing, Algorithm::HS256);
    let token = format!("{message}.{}", signature.expect("a key of ours signs"));
    let Ok((user, session)) = KEYS.tokens.verify(&token) else { return };
    let [header, claims] = [header, claims].map(|json| serde_json::from_str::<Value>(json).expect("JSON"));
    assert_eq!((header["alg"].as_str(), header["typ"].as_str()), (Some("HS256"), Some("at+jwt")));
    for name in ["iss", "aud"] {
        assert_eq!(claims[name].as_str(), Some("friender"), "{claims}");
    }
    let now = jsonwebtoken::get_current_timestamp();
    assert!(claims["exp"].as_u64().is_some_and(|exp| exp + LEEWAY >= now), "{claims}");
    assert!(claims["iat"].as_u64().is_some_and(|iat| iat <= now + LEEWAY), "{claims}");
    let id = |name: &str| claims[name].as_str().and_then(|text| Uuid::parse_str(text).ok());
    assert_eq!((id("sub"), id("sid")), (Some(user.0), Some(session.0)), "{claims}");
}

/// One token is one text.
fn refresh(text: &str) {
    if let Some(token) = RefreshToken::parse(text) {
        assert_eq!(token.to_secret().expose_secret(), text);
    }
    let Some((handle, secret)) = text.as_bytes().split_at_checked(32) else { return };
    let Some((user, session)) = handle.split_at_checked(16) else { return };
    let read = RefreshToken::parse(&format!("{}.{}", encode(handle), encode(secret)));
    assert_eq!(read.is_some(), secret.len() == 32);
    if let Some(read) = read {
        assert_eq!(
            (read.user.0.as_bytes().as_slice(), read.session.0.as_bytes().as_slice()),
            (user, session)
        );
    }
}

fn mailed(text: &str) {
    if let Some(token) = MailToken::parse(text) {
        assert_eq!(token.to_text(), text.trim());
    }
    let again = MailToken::parse(&encode(text));
    assert_eq!(again.is_some(), text.len() == 32);
    assert!(again.is_none_or(|token| token.to_text() == encode(text)));
}

/// Only what was issued is good, unchanged.
fn appeal(text: &str) {
    let tokens = AppealTokens::new(&KEYS.passwords);
    assert!(tokens.verify(text).is_none());
    assert!(tokens.verify(&format!("appeal_{}", encode(text))).is_none());
    let Some((id, rest)) = text.as_bytes().split_first_chunk() else { return };
    let user = UserId(Uuid::from_bytes(*id));
    let token = tokens.issue(user).expect("a key of ours signs");
    assert_eq!(tokens.verify(&token), Some(user));
    // One character changed, by the input.
    if let [place, other, ..] = rest
        && let place = usize::from(*place) % token.len()
        && other.is_ascii()
        && token.as_bytes()[place] != *other
    {
        let mut changed = token.into_bytes();
        changed[place] = *other;
        assert!(String::from_utf8(changed).is_ok_and(|changed| tokens.verify(&changed).is_none()));
    }
}
