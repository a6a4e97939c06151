//! Every route of the server, slice by slice. `friender routes` prints the table that comes of it.

use std::sync::LazyLock;

use actix_web::web::{self, ServiceConfig};
use actix_web::{App, HttpRequest, HttpResponse};
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::tag::TagBuilder;
use utoipa::openapi::{ComponentsBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder};
use utoipa_actix_web::AppExt;
use utoipa_actix_web::service_config::ServiceConfig as ApiConfig;

use crate::http::rate::{Face, document_limits};
use crate::http::{ApiError, KnownPaths, docs, document_etags, document_problems, health, unrouted};
use crate::web::Pages;
use crate::{
    accounts, classic, discovery, mail, matches, messages, moderation, people, photos, privacy, profiles,
};

/// The API, as it is mounted at `/api/v1` and, undocumented, at `/api`.
fn api(api: &mut ApiConfig<'_>) {
    // Accounts
    api.service(people::http::sign_up)
        .service(people::login_http::log_in)
        .service(accounts::http::refresh_token)
        .service(accounts::http::give_password_again)
        .service(accounts::http::log_out)
        .service(accounts::http::log_out_everywhere)
        .service(accounts::http::list_sessions)
        .service(accounts::http::end_session)
        .service(mail::http::change_email)
        .service(mail::http::resend_email)
        .service(mail::link_http::verify_email)
        .service(mail::link_http::undo_email)
        .service(mail::link_http::forgot_password)
        .service(mail::link_http::reset_password);
    // Me and others
    api.service(mail::http::list_mail)
        .service(privacy::http::get_export)
        .service(privacy::http::ask_export)
        .service(privacy::http::delete_me)
        .service(people::http::get_me)
        .service(people::http::change_me)
        .service(accounts::http::change_password)
        .service(profiles::http::pause)
        .service(people::http::get_profile)
        .service(people::http::put_profile)
        .service(people::http::see_user);
    // Photos
    api.service(photos::http::upload)
        .service(photos::http::upload_for)
        .service(people::http::see_images)
        .service(photos::direct_http::upload_url)
        .service(photos::direct_http::profile_image_url)
        .service(photos::direct_http::confirm_upload)
        .service(photos::files_http::list_files)
        .service(photos::files_http::order_files)
        .service(photos::files_http::remove_files)
        .service(photos::trail_http::list_events)
        .service(photos::files_http::change_file)
        .service(photos::files_http::remove_file)
        .service(photos::files_http::download_url);
    // Deck and likes
    api.service(discovery::http::deck)
        .service(matches::http::decide)
        .service(matches::http::received)
        .service(matches::http::undo)
        .service(matches::http::list_later)
        .service(matches::http::put_later)
        .service(matches::http::drop_later);
    // Safety
    api.service(matches::blocks_http::list_blocks)
        .service(matches::blocks_http::block_person)
        .service(matches::blocks_http::unblock_person)
        .service(moderation::http::report_person)
        .service(moderation::http::own_reports)
        .service(moderation::http::own_sanctions)
        .service(moderation::http::appeal);
    // Moderation
    api.service(moderation::moderator_http::list_reports)
        .service(moderation::moderator_http::find_report)
        .service(moderation::moderator_http::decide_report)
        .service(moderation::moderator_http::add_note)
        .service(moderation::moderator_http::list_appeals)
        .service(moderation::moderator_http::answer_appeal);
    // Matches and messages
    api.service(matches::http::list_matches)
        .service(matches::http::find_match)
        .service(matches::http::unmatch)
        .service(messages::http::conversations)
        .service(messages::http::history)
        .service(messages::http::send)
        .service(messages::http::mark_read);
    // Places
    api.service(profiles::http::zip_code).service(profiles::http::tags).service(profiles::http::reach);
}

/// Mounts everything on an application.
pub fn configure(app: &mut ServiceConfig) {
    let document = &*DOCUMENT;
    docs::configure(app, document);
    health::configure(app);
    app.service(utoipa_actix_web::scope("/api/v1").configure(api));
    app.service(utoipa_actix_web::scope("/api").configure(api));
    app.configure(classic::configure);
    mail::page::configure(app);
    app.app_data(web::Data::new(KnownPaths::of(document))).default_service(web::to(otherwise));
}

/// What no route takes is a page of the web app, or nothing.
async fn otherwise(
    request: HttpRequest,
    pages: Option<web::Data<Pages>>,
    known: web::Data<KnownPaths>,
) -> Result<HttpResponse, ApiError> {
    let is_below_face = other_faces().iter().any(|face| face.below(request.path()).is_some());
    match pages.filter(|_| !is_below_face).and_then(|pages| pages.answer(&request)) {
        Some(answer) => Ok(answer),
        None => unrouted(request, known).await,
    }
}

/// The mounts besides the API's, whose requests count like its own.
pub fn other_faces() -> Vec<Face> {
    vec![classic::FACE]
}

/// The document's chapters, in the order in which a newcomer meets them.
const TAGS: [(&str, &str); 9] = [
    ("Accounts", "Sign up, log in, stay logged in, log out."),
    ("Me", "Your own profile."),
    ("Photos", "Upload photos, and see them by links that expire."),
    ("People", "Somebody else, as you see them."),
    ("Deck and likes", "Who is shown to you, yes and no, later, and who said yes to you."),
    ("Matches and messages", "Whom you are matched with, and what you write to each other."),
    ("Safety", "Block and report people; what was laid on you, and how to appeal."),
    ("Moderation", "For moderators: reports, decisions, appeals. To everybody else all of it is 404."),
    ("Places", "For forms: ZIP codes, suggestions, how many people a radius reaches."),
];

static DOCUMENT: LazyLock<OpenApi> = LazyLock::new(read_document);

/// The OpenAPI document, read from the handlers.
pub fn openapi() -> &'static OpenApi {
    &DOCUMENT
}

fn read_document() -> OpenApi {
    let info = InfoBuilder::new()
        .title("Friender")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "Like Tinder, but for making friends as an adult. Errors are RFC 9457 problem+json.",
        ))
        .license(Some(LicenseBuilder::new().name("MIT OR Apache-2.0").build()))
        .build();
    let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
    let cookie = ApiKeyValue::with_description(
        accounts::ACCESS_COOKIE,
        "Where the server sets cookies (FRIENDER_COOKIES), sign-up and login set it. Writes with it must come from the \
         server's own pages: else 403 `cross_origin`.",
    );
    let base = OpenApiBuilder::new()
        .info(info)
        .tags(Some(TAGS.map(|(name, about)| TagBuilder::new().name(name).description(Some(about)).build())))
        .components(Some(
            ComponentsBuilder::new()
                .security_scheme("bearer", SecurityScheme::Http(bearer))
                .security_scheme("cookie", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)))
                .build(),
        ))
        .security(Some([way("bearer"), way("cookie")]))
        .build();
    let app = App::new().into_utoipa_app().openapi(base);
    let mut document = app.service(utoipa_actix_web::scope("/api/v1").configure(api)).split_for_parts().1;
    document_problems(&mut document);
    document_etags(&mut document);
    document_limits(&mut document);
    offer_cookie(&mut document);
    document
}

/// A token or nothing means a cookie, too.
fn offer_cookie(document: &mut OpenApi) {
    for item in document.paths.paths.values_mut() {
        let operations = [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch];
        for ways in operations.into_iter().flatten().filter_map(|operation| operation.security.as_mut()) {
            if ways.contains(&way("bearer")) {
                ways.push(way("cookie"));
            }
        }
    }
}

fn way(name: &str) -> SecurityRequirement {
    SecurityRequirement::new::<_, [String; 0], String>(name, [])
}

/// Method, path and summary of every documented route, by path.
pub fn table() -> Vec<(String, String, String)> {
    let mut rows = Vec::new();
    for (path, item) in openapi().paths.paths.clone() {
        let operations = [
            ("GET", item.get),
            ("POST", item.post),
            ("PUT", item.put),
            ("PATCH", item.patch),
            ("DELETE", item.delete),
        ];
        for (method, operation) in operations {
            if let Some(operation) = operation {
                rows.push((method.to_owned(), path.clone(), operation.summary.unwrap_or_default()));
            }
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use actix_web::http::{Method, header};
    use actix_web::middleware::from_fn;
    use actix_web::test as app_test;

    use super::*;
    use crate::http::{finish_response, with_request_id};

    #[test]
    fn a_path_knows_its_methods_at_both_mounts() {
        let known = KnownPaths::of(openapi());
        for mount in ["/api/v1", "/api"] {
            assert_eq!(known.allowed(&format!("{mount}/profile")), ["GET", "HEAD", "PUT"]);
            assert_eq!(known.allowed(&format!("{mount}/likes")), ["POST"]);
            assert_eq!(known.allowed(&format!("{mount}/likes/received")), ["GET", "HEAD"]);
            assert!(known.allowed(&format!("{mount}/nothing")).is_empty());
        }
        assert_eq!(known.allowed("/livez"), ["GET", "HEAD"]);
        assert!(known.allowed("/profile").is_empty() && known.allowed("/api/v2/me").is_empty());
    }

    #[actix_web::test]
    async fn wrong_methods_are_405_unknown_paths_404_and_head_is_get() {
        let app =
            App::new().configure(configure).wrap(from_fn(finish_response)).wrap(from_fn(with_request_id));
        let app = app_test::init_service(app).await;
        for (method, path, status, allow) in [
            (Method::DELETE, "/api/v1/me", 405, Some("GET, HEAD, PATCH")),
            (Method::HEAD, "/api/login", 405, Some("POST")),
            (Method::POST, "/livez", 405, Some("GET, HEAD")),
            (Method::HEAD, "/livez", 200, None),
            (Method::GET, "/api/v1/nothing", 404, None),
            (Method::POST, "/nothing", 404, None),
        ] {
            let request = app_test::TestRequest::with_uri(path).method(method.clone()).to_request();
            let response = app_test::call_service(&app, request).await;
            let allowed = response.headers().get(header::ALLOW).map(|value| value.to_str().unwrap());
            assert_eq!((response.status().as_u16(), allowed), (status, allow), "{method} {path}");
            if status >= 400 {
                let problem: serde_json::Value = app_test::read_body_json(response).await;
                let code = if status == 405 { "method_not_allowed" } else { "not_found" };
                assert_eq!(problem["code"], code, "{method} {path}");
            }
        }
    }
}
