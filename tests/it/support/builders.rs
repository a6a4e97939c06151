//! People, made through the same actions as the API.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};

use friender::accounts::{HashedPassword, NewAccount, Password, PasswordHasher, UserId, Username};
use friender::geo::ZipCode;
use friender::matches::{self, MatchId};
use friender::people;
use friender::profiles::{FriendRadius, ProfileChanges, TagList};

use super::app::TestApp;
use super::client::Client;

/// Everybody's password in the tests.
pub const PASSWORD: &str = "correct horse battery";

static HASHED: LazyLock<HashedPassword> = LazyLock::new(|| {
    let secret = "only for tests, only for tests, only for tests";
    let password = Password::parse(PASSWORD).expect("a password");
    PasswordHasher::new(secret.into(), 4).hash_blocking(&password).expect("a hash")
});

static COUNT: AtomicU32 = AtomicU32::new(0);

/// Somebody who exists.
pub struct Someone {
    pub id: UserId,
    pub username: String,
    pub client: Client,
}

/// Somebody about to exist: complete, in New York, unless told otherwise.
pub struct SomeoneBuilder {
    zip: Option<String>,
    radius: i64,
    hobbies: String,
    interests: String,
}

/// Begins with a complete profile in New York with a radius of 25 miles.
pub fn someone() -> SomeoneBuilder {
    SomeoneBuilder {
        zip: Some("10001".to_owned()),
        radius: 25,
        hobbies: "hiking, chess".to_owned(),
        interests: "jazz".to_owned(),
    }
}

impl SomeoneBuilder {
    pub fn zip(mut self, zip: &str) -> Self {
        self.zip = Some(zip.to_owned());
        self
    }

    pub fn nowhere(mut self) -> Self {
        self.zip = None;
        self
    }

    pub fn radius(mut self, miles: i64) -> Self {
        self.radius = miles;
        self
    }

    pub fn hobbies(mut self, hobbies: &str) -> Self {
        self.hobbies = hobbies.to_owned();
        self
    }

    pub fn interests(mut self, interests: &str) -> Self {
        self.interests = interests.to_owned();
        self
    }

    /// Makes the account and profile, past HTTP.
    pub fn insert(self, app: &TestApp) -> Someone {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let username = format!("someone-{number}");
        let id = UserId::new();
        let (account, profile) = self.build(id, Username::parse(&username).expect("a username"));
        people::create(&mut app.connect(), &account, &profile).expect("an account");
        Someone { id, username, client: app.client_of(id) }
    }

    fn build(self, id: UserId, username: Username) -> (NewAccount, ProfileChanges) {
        let account = NewAccount { id, username, email: None, password: HASHED.clone() };
        let profile = ProfileChanges {
            zip: self.zip.map(|zip| ZipCode::parse(&zip).expect("a ZIP code")),
            friend_radius: Some(FriendRadius::parse(self.radius).expect("a radius")),
            hobbies: Some(TagList::parse(self.hobbies.split(',')).expect("tags")),
            interests: Some(TagList::parse(self.interests.split(',')).expect("tags")),
            ..ProfileChanges::default()
        };
        (account, profile)
    }
}

impl SomeoneBuilder {
    /// Makes account and profile over a given connection, for crowds.
    pub fn create(self, conn: &mut diesel::PgConnection, id: UserId) {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let username = Username::parse(&format!("someone-{number}")).expect("a username");
        let (account, profile) = self.build(id, username);
        people::create(conn, &account, &profile).expect("an account");
    }
}

/// Everybody may move again, as if their last moves were a day ago.
pub fn forget_moves(conn: &mut diesel::PgConnection) {
    use diesel::RunQueryDsl;
    diesel::sql_query("UPDATE profiles SET moved_at = '{}'").execute(conn).expect("profiles");
}

/// Matches two people, past HTTP.
pub fn befriend(app: &TestApp, ada: &Someone, bob: &Someone) -> MatchId {
    let mut conn = app.connect();
    matches::decide(&mut conn, ada.id, bob.id, true, false).expect("a yes");
    let decided = matches::decide(&mut conn, bob.id, ada.id, true, false).expect("a yes");
    decided.matched.expect("a match").id
}
