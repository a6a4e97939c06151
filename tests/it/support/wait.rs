//! Waiting for what must come about by itself.

use std::time::Duration;

/// Looks again and again until it is so; fails after a minute, as machines may be busy.
#[track_caller]
pub fn eventually<C: AsyncFnMut() -> bool>(what: &str, condition: C) -> impl Future<Output = ()> {
    let place = std::panic::Location::caller();
    let mut condition = condition;
    async move {
        let looking = async {
            let mut ticks = tokio::time::interval(Duration::from_millis(20));
            while !condition().await {
                ticks.tick().await;
            }
        };
        let waited = tokio::time::timeout(Duration::from_secs(60), looking).await;
        assert!(waited.is_ok(), "{place}: never so: {what}");
    }
}
