//! The mount: its routes, what counts for more than a request, and what these clients send for want of a token.

use actix_web::Error;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::AUTHORIZATION;
use actix_web::middleware::{Next, from_fn};
use actix_web::web::{self, ServiceConfig};

use super::{accounts_http, documents_http, files_http, people_http};
use crate::accounts::disregard_header;
use crate::http::rate::{Class, Face};

static COUNTED: [(Method, &str, Class); 12] = [
    (Method::POST, "/users", Class::SignUps),
    (Method::POST, "/auth/register", Class::SignUps),
    (Method::POST, "/users/like/{id}", Class::Decisions),
    (Method::POST, "/users/dislike/{id}", Class::Decisions),
    (Method::POST, "/matches/{id}", Class::Decisions),
    (Method::POST, "/users/{id}/images", Class::Uploads),
    (Method::PATCH, "/users/{id}", Class::Uploads),
    (Method::POST, "/upload-url", Class::Uploads),
    (Method::POST, "/api/upload-url", Class::Uploads),
    (Method::POST, "/profile/image", Class::Uploads),
    (Method::POST, "/uploads3", Class::Uploads),
    (Method::POST, "/uploads3/{bucket}", Class::Uploads),
];

/// Where it is mounted, and what counts there.
pub static FACE: Face = Face { mount: "/classic", routes: &COUNTED };

/// Mounts all of it.
pub fn configure(app: &mut ServiceConfig) {
    let face = web::scope(FACE.mount)
        .wrap(from_fn(overlook_placeholders))
        .service(accounts_http::sign_up)
        .service(accounts_http::register)
        .service(accounts_http::log_in)
        .service(accounts_http::log_out)
        .service(people_http::upload)
        .service(people_http::like)
        .service(people_http::dislike)
        .service(people_http::rate)
        .service(people_http::see_images)
        .service(people_http::unrated)
        .service(people_http::potentials)
        .service(people_http::list_matches)
        .service(people_http::list_messages)
        .service(people_http::see_user)
        .service(people_http::edit)
        .service(documents_http::upload_url)
        .service(documents_http::profile_image_url)
        .service(documents_http::read_url)
        .service(documents_http::read_url_by_query)
        .service(documents_http::save_profile)
        .service(documents_http::get_me)
        .service(documents_http::get_profile)
        .service(documents_http::put_profile)
        .service(files_http::upload)
        .service(files_http::download)
        .service(files_http::list)
        .service(files_http::remove);
    app.service(face);
}

/// A script that has no token may send the word for nothing in its place: then none came.
async fn overlook_placeholders<B: MessageBody>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let sent = request.headers().get(AUTHORIZATION).and_then(|header| header.to_str().ok());
    if sent.is_some_and(|sent| ["Bearer undefined", "Bearer null"].contains(&sent.trim())) {
        disregard_header(&mut request);
    }
    next.call(request).await
}
