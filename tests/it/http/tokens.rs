//! Public routes: no token is fine, a bad one is not.

use crate::support::{TestApp, someone};

const PUBLIC: [&str; 3] = ["/tags", "/zip-codes/10001", "/reach?zip=10001&radius=25"];

#[actix_web::test]
async fn public_routes_take_no_token_or_a_good_one_but_no_bad_one() {
    let app = TestApp::start().await;
    let ada = someone().insert(&app).client;
    for path in PUBLIC {
        app.anon().get(path).await.expect(200);
        ada.get(path).await.expect(200);
        let bad = app.anon().with_token("bad").get(path).await.expect(401);
        assert_eq!((bad.code(), bad.lacks_as_problem()), ("invalid_token", None), "{path}");
    }
    // The pages and probes know no credentials at all.
    for path in ["//livez", "//readyz", "//health", "//docs/", "//redoc", "//openapi.json"] {
        app.anon().with_token("bad").get(path).await.expect(200);
    }
}
