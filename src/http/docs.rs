//! `/docs` (Swagger UI), `/redoc` and `/openapi.json`, all from this server alone.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_ENCODING, CONTENT_SECURITY_POLICY};
use actix_web::middleware::DefaultHeaders;
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpResponse, get};
use utoipa::openapi::OpenApi;
use utoipa_swagger_ui::{Config, SwaggerUi};

/// What the two pages may load: nothing from elsewhere. Both write styles at run time.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
    connect-src 'self'; worker-src blob:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

static REDOC: &str = include_str!("assets/redoc.html");
/// The bundle's head names this text.
static REDOC_LICENSE: &str = include_str!("assets/redoc.LICENSE.txt");
static REDOC_SCRIPT: &[u8] = include_bytes!("assets/redoc.standalone.js.gz");

/// Mounts the pages of the document.
pub fn configure(app: &mut ServiceConfig, document: &'static OpenApi) {
    app.app_data(web::Data::new(document))
        .service(openapi_json)
        .service(redoc)
        .service(redoc_script)
        .service(redoc_license)
        .service(web::redirect("/docs", "/docs/"))
        .service(
            web::scope("/docs")
                .wrap(DefaultHeaders::new().add((CONTENT_SECURITY_POLICY, POLICY)))
                .service(SwaggerUi::new("/{_:.*}").config(swagger())),
        );
}

fn swagger() -> Config<'static> {
    Config::from("/openapi.json").persist_authorization(true).try_it_out_enabled(true)
}

#[get("/openapi.json")]
async fn openapi_json(document: web::Data<&'static OpenApi>) -> web::Json<&'static OpenApi> {
    web::Json(**document)
}

#[get("/redoc")]
async fn redoc() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_SECURITY_POLICY, POLICY))
        .content_type("text/html; charset=utf-8")
        .body(REDOC)
}

#[get("/redoc/redoc.standalone.js")]
async fn redoc_script() -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_ENCODING, "gzip"))
        .insert_header((CACHE_CONTROL, "public, max-age=86400"))
        .content_type("text/javascript; charset=utf-8")
        .body(REDOC_SCRIPT)
}

#[get("/redoc/redoc.standalone.js.LICENSE.txt")]
async fn redoc_license() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(REDOC_LICENSE)
}
