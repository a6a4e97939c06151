//! Bodies that trickle in are cut off: whoever sends a byte a second holds a place that others could use.

use std::cell::RefCell;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::error::PayloadError;
use actix_web::http::StatusCode;
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage};
use bytes::Bytes;
use futures_util::Stream;
use tokio::time::{Instant, Sleep, sleep_until};

use super::ApiError;

/// How long any body may take …
const PATIENCE: Duration = Duration::from_secs(10);
/// … and how much longer for each of so many bytes.
const BYTES_A_SECOND: u64 = 8 * 1024;

/// Middleware, the outermost: reading a body fails once it has taken too long for its length, and a body that nobody
/// read to its end ends its connection.
pub async fn pace_bodies<B: MessageBody + 'static>(
    mut request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let payload = match request.take_payload() {
        Payload::None => return Ok(next.call(request).await?.map_into_boxed_body()),
        payload => Rc::new(RefCell::new(Source { payload, ended: false })),
    };
    request.set_payload(Payload::Stream { payload: Box::pin(Paced::new(payload.clone())) });
    let response = next.call(request).await?.map_into_boxed_body();
    if payload.borrow().ended {
        return Ok(response);
    }
    Ok(response.map_body(|_, body| Unread { body, _source: payload }.boxed()))
}

/// Where a body comes from.
struct Source {
    payload: Payload,
    ended: bool,
}

/// An answer to a body that wasn't read to its end. As long as somebody could still read that, the framework closes the
/// connection behind the answer; else it would read, and throw away, as much as the client likes to send.
struct Unread {
    body: BoxBody,
    _source: Rc<RefCell<Source>>,
}

impl MessageBody for Unread {
    type Error = <BoxBody as MessageBody>::Error;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        Pin::new(&mut self.body).poll_next(context)
    }
}

/// What to say of a body that can't be read to its end: 408 `too_slow`, or 400 with that code.
pub fn broken_body(error: &PayloadError, code: &'static str) -> ApiError {
    match error {
        PayloadError::Io(cause) if cause.kind() == io::ErrorKind::TimedOut => ApiError::new(
            StatusCode::REQUEST_TIMEOUT,
            "too_slow",
            "The body came in too slowly. Please try again over a better connection, or send less at once.",
        ),
        _ => ApiError::new(StatusCode::BAD_REQUEST, code, "The body broke off."),
    }
}

struct Paced {
    source: Rc<RefCell<Source>>,
    received: u64,
    /// Begins when somebody first waits.
    begun: Option<Instant>,
    timer: Pin<Box<Sleep>>,
}

impl Paced {
    fn new(source: Rc<RefCell<Source>>) -> Self {
        Self { source, received: 0, begun: None, timer: Box::pin(sleep_until(Instant::now())) }
    }

    fn deadline(&self, begun: Instant) -> Instant {
        begun + PATIENCE + Duration::from_secs(self.received / BYTES_A_SECOND)
    }
}

impl Stream for Paced {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let polled = Pin::new(&mut self.source.borrow_mut().payload).poll_next(context);
        if let Poll::Ready(next) = polled {
            match &next {
                Some(Ok(bytes)) => self.received += bytes.len() as u64,
                Some(Err(_)) => {}
                None => self.source.borrow_mut().ended = true,
            }
            return Poll::Ready(next);
        }
        let begun = *self.begun.get_or_insert_with(Instant::now);
        let deadline = self.deadline(begun);
        if self.timer.deadline() != deadline {
            self.timer.as_mut().reset(deadline);
        }
        self.timer
            .as_mut()
            .poll(context)
            .map(|()| Some(Err(PayloadError::Io(io::ErrorKind::TimedOut.into()))))
    }
}

#[cfg(test)]
mod tests {
    use futures_util::{StreamExt, stream};

    use super::*;

    fn paced(chunks: impl Stream<Item = Result<Bytes, PayloadError>> + 'static) -> Paced {
        let chunks: Pin<Box<dyn Stream<Item = _>>> = Box::pin(chunks);
        let payload = Payload::Stream { payload: chunks };
        Paced::new(Rc::new(RefCell::new(Source { payload, ended: false })))
    }

    #[actix_web::test]
    async fn what_has_come_buys_time_for_what_follows() {
        let chunk = || Ok(Bytes::from(vec![b'x'; 16 * 1024]));
        let mut body = paced(stream::iter([chunk(), chunk()]).chain(stream::pending()));
        let begun = Instant::now();
        assert_eq!(body.deadline(begun), begun + PATIENCE);
        for seconds in [2, 4] {
            assert!(body.next().await.is_some_and(|chunk| chunk.is_ok()));
            assert_eq!(body.deadline(begun), begun + PATIENCE + Duration::from_secs(seconds));
        }
    }

    #[actix_web::test]
    async fn a_body_that_stops_coming_is_cut_off() {
        let mut body = paced(stream::pending());
        // Its time was over long ago.
        body.begun = Instant::now().checked_sub(PATIENCE * 2);
        let error = body.next().await.unwrap().unwrap_err();
        assert_eq!(broken_body(&error, "malformed_json").code(), "too_slow");
        assert_eq!(broken_body(&PayloadError::Incomplete(None), "malformed_json").code(), "malformed_json");
    }
}
