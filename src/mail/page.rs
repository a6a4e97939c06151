//! The page that mailed links open: it asks before it uses the key, because programs that look into mails follow links.

use actix_web::http::header::CONTENT_SECURITY_POLICY;
use actix_web::web::ServiceConfig;
use actix_web::{HttpResponse, get};

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'";

/// Mounts it.
pub fn configure(app: &mut ServiceConfig) {
    app.service(page).service(script).service(style);
}

#[get("/mail-link")]
async fn page() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_SECURITY_POLICY, POLICY))
        .content_type("text/html; charset=utf-8")
        .body(include_str!("assets/mail-link.html"))
}

#[get("/mail-link.js")]
async fn script() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/javascript; charset=utf-8")
        .body(include_str!("assets/mail-link.js"))
}

#[get("/mail-link.css")]
async fn style() -> HttpResponse {
    HttpResponse::Ok().content_type("text/css; charset=utf-8").body(include_str!("assets/mail-link.css"))
}
