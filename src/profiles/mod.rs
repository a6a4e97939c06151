//! What somebody says of themselves: profile, tags, place, radius, pause.

mod actions;
mod birth_date;
mod bulk;
mod erasure;
mod erasure_queries;
pub mod http;
mod moves;
mod place_shown;
mod profile;
mod queries;
mod tag;

pub use actions::{
    ChangeError, ProfileError, TagWeight, change_profile, count_by_band, create_profile, is_away,
    load_profile, load_profiles, mark_active, refresh_tag_weights, set_away, set_paused, suggest_tags,
    tag_weights, today,
};
pub use birth_date::{BirthDate, BirthDateError};
pub use bulk::{BulkProfile, backdate_activity, copy_profiles, tag_ids};
pub use erasure::{erase_profile, forget_tags};
pub use moves::{MOVES_A_DAY, TooManyMoves};
pub use place_shown::{PlaceShown, PlaceShownError};
pub use profile::{
    Bio, DisplayName, FriendRadius, LastActive, Missing, PersonalName, Profile, ProfileChanges, RadiusError,
    about, shown_sql,
};
pub use tag::{MAX_TAGS, TagError, TagList};
