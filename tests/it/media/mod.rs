//! The contract of the photo store: the whole media layer against the embedded server, and against rclone's, which
//! others wrote. What rclone doesn't implement has tests of its own below, so that a lack is named and never skipped.

mod browser;
mod gaps;
mod links;
mod objects;
mod setup;
mod whole;

use friender::media::MediaStore;

use crate::support::store::{S3Server, Store};

const ORIGIN: &str = "http://localhost:3000";

/// A server and the media layer on it.
struct Ground {
    server: S3Server,
    store: MediaStore,
}

impl Ground {
    async fn on(kind: Store) -> Self {
        let server = S3Server::start_for(kind, &[ORIGIN]).await;
        let store = server.media().await;
        Self { server, store }
    }
}

/// Runs each law on both servers. One that isn't listed here is dead code, and the compiler says so.
macro_rules! on_both {
    ($($file:ident: $($law:ident),+;)+) => {
        mod embedded {
            $($(#[tokio::test]
            async fn $law() {
                super::$file::$law(super::Ground::on(super::Store::Embedded).await).await;
            })+)+
        }

        mod rclone {
            $($(#[tokio::test]
            async fn $law() {
                super::$file::$law(super::Ground::on(super::Store::Rclone).await).await;
            })+)+
        }
    };
}

on_both! {
    objects:
        an_object_is_kept_read_described_and_removed,
        a_second_put_replaces_the_first,
        foreign_and_empty_things_come_back_unchanged,
        no_key_leads_out_of_the_bucket,
        a_listing_is_sorted_filtered_and_paged,
        what_is_missing_is_told_apart,
        wrong_keys_are_refused,
        a_server_that_is_down_is_unavailable_at_once_and_found_again;
    links:
        a_link_reads_its_object_at_the_public_address,
        the_probe_reads_by_the_link_alone,
        an_altered_link_is_refused,
        a_link_ends_when_it_says,
        a_window_has_one_link_for_all_with_half_of_its_life_left,
        a_known_copy_is_not_sent_again,
        parts_are_sent,
        an_upload_link_takes_only_its_type_and_length,
        an_upload_link_ends_when_it_says;
}
