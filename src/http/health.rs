//! Whether the server lives, is ready, and which of its parts answers.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use actix_web::http::StatusCode;
use actix_web::web::{self, ServiceConfig};
use actix_web::{HttpResponse, get};
use serde::Serialize;

use crate::db::Db;
use crate::media::MediaStore;

/// How long an answer of `/health` is kept: probes come often, and from many.
const CACHED: Duration = Duration::from_secs(1);

/// The state of the parts.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Health {
    status: &'static str,
    database: &'static str,
    storage: &'static str,
}

impl Health {
    fn response(self) -> HttpResponse {
        let ok = self.status == "ok";
        let mut response =
            HttpResponse::build(if ok { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE });
        if !ok {
            response.insert_header(("Retry-After", "2"));
        }
        response.json(self)
    }
}

/// The last look at the parts, shared by all workers.
#[derive(Default)]
pub struct HealthCache(Mutex<Option<(Instant, Health)>>);

/// Whether the server is about to stop: not ready any more, but still answering.
#[derive(Default)]
pub struct Stopping(AtomicBool);

impl Stopping {
    /// From now on `/readyz` says no, and every answer ends its connection, so that clients go elsewhere.
    pub fn begin(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it has begun.
    pub fn has_begun(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Mounts `/livez`, `/readyz` and `/health`.
pub fn configure(app: &mut ServiceConfig) {
    app.service(livez).service(readyz).service(get_health);
}

/// The process answers, whatever its parts do.
#[get("/livez")]
async fn livez() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok\n")
}

/// Fit for traffic: 503 names the part that isn't.
#[get("/readyz")]
async fn readyz(
    db: web::Data<Db>,
    media: web::Data<MediaStore>,
    cache: web::Data<HealthCache>,
    stopping: web::Data<Stopping>,
) -> HttpResponse {
    if stopping.has_begun() {
        return Health { status: "stopping", database: "ok", storage: "ok" }.response();
    }
    look(&db, &media, &cache).await.response()
}

#[get("/health")]
async fn get_health(
    db: web::Data<Db>,
    media: web::Data<MediaStore>,
    cache: web::Data<HealthCache>,
) -> HttpResponse {
    look(&db, &media, &cache).await.response()
}

async fn look(db: &Db, media: &MediaStore, cache: &HealthCache) -> Health {
    let kept = cache.0.lock().ok().and_then(|kept| *kept);
    if let Some((at, health)) = kept
        && at.elapsed() < CACHED
    {
        return health;
    }
    let (database, storage) = tokio::join!(db.check(), media.check());
    let word = |ok: bool| if ok { "ok" } else { "unavailable" };
    let (database, storage) = (database.is_ok(), storage.is_ok());
    let health =
        Health { status: word(database && storage), database: word(database), storage: word(storage) };
    if let Ok(mut kept) = cache.0.lock() {
        *kept = Some((Instant::now(), health));
    }
    health
}
