//! Who somebody is to the server: account, password, session, tokens.

mod account;
mod actions;
mod bulk;
pub mod http;
mod password;
mod queries;
mod refresh_token;
mod signed_in;
mod token;

pub use account::{Email, EmailError, Password, PasswordError, SessionId, UserId, Username, UsernameError};
pub use actions::{
    AccountError, Accounts, IssuedSession, NewAccount, OwnAccount, account_names, create_account, log_in,
    log_out, log_out_refresh, open_session, own_account, refresh, username_taken,
};
pub use bulk::{copy_accounts, holders};
pub use password::{HashedPassword, PasswordHasher};
pub use signed_in::{MaybeSignedIn, SignedIn, bearer};
pub use token::{AccessTokens, TokenError};
