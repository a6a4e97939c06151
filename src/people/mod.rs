//! What needs several rooms: signing up with photos, logging in, oneself, and others as one sees them.

mod actions;
pub mod http;
pub mod login_http;
mod own;
mod own_card;
mod sign_up_form;

pub use actions::{PeopleError, SignUp, change_own, create, see_person, sign_up};
pub use own::{Own, load_own};
