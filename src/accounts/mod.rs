//! Who somebody is to the server: account, password, session, tokens.

mod account;
mod actions;
mod address_queries;
mod addresses;
mod appeal_token;
mod audit;
mod banned;
mod bulk;
mod cookies;
mod device;
mod ending;
mod ending_queries;
mod error;
mod event_queries;
mod fresh;
mod fresh_http;
mod hashing;
pub mod http;
mod login;
mod may_appeal;
mod moderators;
mod own_sessions;
mod password;
mod pepper;
mod purge;
mod queries;
mod refresh_token;
mod revocation_queries;
mod revocations;
mod role_queries;
mod security_event;
mod session_queries;
mod sessions;
mod signed_in;
mod state;
mod token;
mod visitor;

pub use account::{Email, EmailError, Password, PasswordError, SessionId, UserId, Username, UsernameError};
pub use actions::{
    Accounts, NewAccount, OwnAccount, account_names, account_state, create_account, own_account,
    set_account_state, user_named, username_taken,
};
pub use addresses::{
    OwnAddress, address_of, claim_address, find_account, free_address, hold_address, holder_of,
    purge_held_addresses, set_address,
};
pub use appeal_token::AppealTokens;
pub use audit::record_event;
pub use banned::{ban_addresses, refuse_banned, unban_addresses};
pub use bulk::{copy_accounts, holders};
pub use cookies::{ACCESS_COOKIE, Cookies, RefreshDelivery, set_cookies};
pub use ending::{delete_account, entomb, entombed, entombed_among, lock_account};
pub use error::AccountError;
pub use fresh::{change_password, confirm_password, require_fresh, set_password};
pub use login::log_in;
pub use may_appeal::MayAppeal;
pub use moderators::{demote, is_moderator, promote};
pub use own_sessions::{OwnSession, end_own_session, list_sessions, log_out_everywhere};
pub use password::{HashedPassword, PasswordHasher};
pub use purge::purge;
pub use refresh_token::RefreshToken;
pub use revocations::Revocations;
pub use security_event::{Network, Note, SecurityEvent};
pub use sessions::{
    AccessToken, IssuedSession, log_out, log_out_refresh, long_access_token, open_session, refresh,
    revoke_all_sessions, revoke_everybodys_sessions, revoke_other_sessions,
};
pub use signed_in::{MaybeSignedIn, SignedIn, bearer, disregard_header};
pub use state::AccountState;
pub use token::{AccessTokens, TokenError};
pub use visitor::Visitor;
