//! Where presigned URLs lead: what pages must be allowed to reach.

use super::super::{MediaStore, StoreConfig};

/// Without keys: none are needed to know it.
async fn origin(bucket: &str, region: &str, endpoint: Option<&str>, public: Option<&str>) -> String {
    let config = StoreConfig {
        bucket: bucket.to_owned(),
        region: region.to_owned(),
        endpoint: endpoint.map(|url| url.parse().unwrap()),
        public_endpoint: public.map(|url| url.parse().unwrap()),
        credentials: None,
    };
    MediaStore::connect(config).await.public_origin().await.unwrap()
}

#[tokio::test]
async fn amazons_buckets_have_hosts_of_their_own_unless_dots_forbid_it() {
    assert_eq!(origin("photos", "eu-west-1", None, None).await, "https://photos.s3.eu-west-1.amazonaws.com");
    assert_eq!(origin("my.photos", "eu-west-1", None, None).await, "https://s3.eu-west-1.amazonaws.com");
}

#[tokio::test]
async fn other_stores_are_where_browsers_are_told_to_look() {
    let own = Some("http://minio:9000");
    assert_eq!(origin("photos", "us-east-1", own, None).await, "http://minio:9000");
    let public = Some("https://photos.example.org/store/");
    assert_eq!(origin("photos", "us-east-1", own, public).await, "https://photos.example.org");
}
