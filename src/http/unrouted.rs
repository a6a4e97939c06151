//! Requests that no route takes: 405 where the path is known with other methods, else 404.

use actix_web::body::{EitherBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::ALLOW;
use actix_web::middleware::Next;
use actix_web::{Error, HttpRequest, HttpResponse, ResponseError, web};
use utoipa::openapi::{OpenApi, PathItem};

use super::ApiError;

/// Where the documented API is mounted, and where else.
const DOCUMENTED: &str = "/api/v1";
const MOUNTS: [&str; 2] = [DOCUMENTED, "/api"];

/// Served at the root, for reading only.
const ROOT: [&str; 7] = ["/", "/docs/", "/livez", "/readyz", "/health", "/openapi.json", "/redoc"];

/// Every path of the API and the methods that it takes.
#[derive(Debug, Clone)]
pub struct KnownPaths(Vec<(String, Vec<&'static str>)>);

impl KnownPaths {
    /// Reads them from the API's document.
    pub fn of(document: &OpenApi) -> Self {
        let documented = document.paths.paths.iter().filter_map(|(path, item)| {
            let path = path.strip_prefix(DOCUMENTED)?;
            Some((path.to_owned(), methods(item)))
        });
        Self(documented.collect())
    }

    /// What a path takes that is documented as it stands, not as one of many.
    fn own(&self, path: &str) -> Option<&[&'static str]> {
        let below = below_mount(path)?;
        self.0.iter().find(|(template, _)| template == below).map(|(_, methods)| methods.as_slice())
    }

    /// The methods of a path, as `Allow` lists them; empty for an unknown path.
    pub fn allowed(&self, path: &str) -> Vec<&'static str> {
        let mut allowed = Vec::new();
        if ROOT.contains(&path) {
            allowed.extend(["GET", "HEAD"]);
        }
        if let Some(own) = self.own(path) {
            allowed.extend(own);
            allowed.sort_unstable();
            return allowed;
        }
        let below = MOUNTS.iter().filter_map(|mount| path.strip_prefix(mount));
        for path in below {
            let known = self.0.iter().filter(|(template, _)| matches(template, path));
            allowed.extend(known.flat_map(|(_, methods)| methods));
        }
        allowed.sort_unstable();
        allowed.dedup();
        allowed
    }
}

/// Middleware: what a path of its own doesn't take is 405, also where a path that stands for many would take it:
/// `/files/events` is no file.
pub async fn keep_to_paths<B: MessageBody>(
    known: web::Data<KnownPaths>,
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<EitherBody<B>>, Error> {
    let is_taken = known.own(request.path()).is_none_or(|own| own.contains(&request.method().as_str()));
    if is_taken {
        return Ok(next.call(request).await?.map_into_left_body());
    }
    let answer = unrouted(request.request().clone(), known).await;
    let response = answer.unwrap_or_else(|error| error.error_response());
    Ok(request.into_response(response).map_into_right_body())
}

fn methods(item: &PathItem) -> Vec<&'static str> {
    let operations = [
        ("GET", &item.get),
        // The server answers HEAD wherever it answers GET.
        ("HEAD", &item.get),
        ("POST", &item.post),
        ("PUT", &item.put),
        ("PATCH", &item.patch),
        ("DELETE", &item.delete),
    ];
    operations.into_iter().filter(|(_, operation)| operation.is_some()).map(|(method, _)| method).collect()
}

/// The part of a path below the API's mount; `None` outside of it.
pub(super) fn below_mount(path: &str) -> Option<&str> {
    MOUNTS.iter().find_map(|mount| path.strip_prefix(mount)).filter(|below| below.starts_with('/'))
}

/// Segment by segment; `{name}` stands for one of any kind.
pub(super) fn matches(template: &str, path: &str) -> bool {
    let (mut wanted, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (wanted.next(), given.next()) {
            (None, None) => return true,
            (Some(wanted), Some(given)) if wanted == given => {}
            (Some(wanted), Some(given)) if wanted.starts_with('{') && !given.is_empty() => {}
            _ => return false,
        }
    }
}

/// The answer to what no route took.
pub async fn unrouted(request: HttpRequest, known: web::Data<KnownPaths>) -> Result<HttpResponse, ApiError> {
    let allowed = known.allowed(request.path());
    if allowed.is_empty() {
        return Err(ApiError::not_found());
    }
    let allowed = allowed.join(", ");
    let refused = ApiError::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "method_not_allowed",
        format!("This path takes {allowed} only."),
    );
    let mut response = refused.error_response();
    if let Ok(allowed) = allowed.parse() {
        response.headers_mut().insert(ALLOW, allowed);
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_match_by_segment() {
        assert!(matches("/users/{id}", "/users/7") && matches("/me", "/me"));
        for path in ["/users", "/users/", "/users/7/", "/users/7/images", "/me/7"] {
            assert!(!matches("/users/{id}", path), "{path}");
        }
    }
}
