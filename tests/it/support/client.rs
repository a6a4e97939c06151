//! A client as others would write it: JSON and forms over HTTP.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use reqwest::{Method, RequestBuilder};
use serde_json::Value;

/// How long clients come back to a server that says it can't just now: longer than any busy machine needs.
const PATIENCE: Duration = Duration::from_secs(120);

/// Asks again as long as the answer is to come back (503), as clients should.
pub async fn patiently(ask: impl AsyncFn() -> Answer) -> Answer {
    let begun = Instant::now();
    loop {
        let answer = ask().await;
        if answer.status != 503 || begun.elapsed() > PATIENCE {
            return answer;
        }
    }
}

#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    base: String,
    token: Option<String>,
}

/// An answer, read to its end.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub body: Value,
}

impl Answer {
    /// The answer, if it has that status.
    #[track_caller]
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{:#}", self.body);
        self
    }

    /// A problem's code.
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }

    /// One header as text.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// What this answer lacks to be a problem as API.md has it; `None` if it is one.
    pub fn lacks_as_problem(&self) -> Option<String> {
        let body = &self.body;
        let text = |name: &str| body[name].as_str().is_some_and(|text| !text.is_empty());
        let number = |value: &Value| value.as_u64() == Some(u64::from(self.status));
        let checks = [
            ("content type", self.header("content-type") == "application/problem+json"),
            ("type", text("type")),
            ("title", text("title")),
            ("status", number(&body["status"])),
            ("detail", text("detail")),
            ("code", text("code")),
            ("request_id", text("request_id") && body["request_id"] == self.header("x-request-id")),
            ("error.message", body["error"]["message"].as_str().is_some_and(|text| !text.is_empty())),
            ("error.status", number(&body["error"]["status"])),
        ];
        checks.iter().find(|(_, there)| !there).map(|(what, _)| (*what).to_owned())
    }
}

impl Client {
    pub fn new(addr: SocketAddr) -> Self {
        let http =
            reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
        Self { http, base: format!("http://{addr}"), token: None }
    }

    pub fn with_token(&self, token: &str) -> Self {
        Self { token: Some(token.to_owned()), ..self.clone() }
    }

    /// The token that it sends along.
    pub fn token(&self) -> Option<&str> {
        self.token.as_deref()
    }

    /// A request below /api/v1, or from the root if the path begins with two slashes.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let url = match path.strip_prefix("//") {
            Some(path) => format!("{}/{path}", self.base),
            None => format!("{}/api/v1{path}", self.base),
        };
        let request = self.http.request(method, url);
        match &self.token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    pub async fn send(request: RequestBuilder) -> Answer {
        Self::read(request.send().await.expect("an answer")).await
    }

    /// Headers and bytes of an answer that isn't text.
    pub async fn send_raw(request: RequestBuilder) -> (reqwest::header::HeaderMap, Vec<u8>) {
        let response = request.send().await.expect("an answer");
        let headers = response.headers().clone();
        (headers, response.bytes().await.expect("a body").into())
    }

    /// Reads an answer to its end.
    pub async fn read(response: reqwest::Response) -> Answer {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let text = response.text().await.expect("a body");
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Answer { status, headers, body }
    }

    pub async fn get(&self, path: &str) -> Answer {
        Self::send(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        Self::send(self.request(Method::POST, path).json(body)).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Answer {
        Self::send(self.request(Method::PUT, path).json(body)).await
    }

    pub async fn patch(&self, path: &str, body: &Value) -> Answer {
        Self::send(self.request(Method::PATCH, path).json(body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        Self::send(self.request(Method::DELETE, path)).await
    }

    /// A form, as browsers send them.
    pub async fn post_form(&self, path: &str, form: reqwest::multipart::Form) -> Answer {
        Self::send(self.request(Method::POST, path).multipart(form)).await
    }

    /// A POST that comes back later when it is told to (503), as clients should.
    pub async fn post_patiently(&self, path: &str, body: &Value) -> Answer {
        patiently(async || self.post(path, body).await).await
    }

    /// Any request that comes back later when it is told to (503).
    pub async fn patiently(&self, method: Method, path: &str, body: Option<&Value>) -> Answer {
        let ask = async || {
            let request = self.request(method.clone(), path);
            Self::send(body.into_iter().fold(request, |request, body| request.json(body))).await
        };
        patiently(ask).await
    }
}
