//! From where somebody asks.

use super::security_event::Network;

/// What a request tells of the one who sends it, besides who it is.
#[derive(Debug, Clone, Default)]
pub struct Visitor {
    /// Their program, as it names itself, cut short.
    pub user_agent: Option<String>,
    /// Where they are, coarsely.
    pub network: Option<Network>,
}
