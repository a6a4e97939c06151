//! A browser as front ends meet it: it asks before requests to another origin, keeps cookies, and says where a page is from.

use std::collections::BTreeMap;

use reqwest::Method;
use reqwest::multipart::Form;
use serde_json::Value;

use crate::support::{Answer, Client, TestApp};

/// Where a page of somebody else's server comes from.
pub const ELSEWHERE: &str = "http://localhost:3000";

/// What a page sends along.
pub enum Sent {
    Nothing,
    Json(Value),
    Form(Form),
}

pub struct Browser {
    client: Client,
    /// The page's origin.
    origin: String,
    is_same_origin: bool,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    /// With a page that the API's own origin serves.
    pub fn at_home(app: &TestApp) -> Self {
        Self {
            client: app.anon(),
            origin: format!("http://{}", app.addr),
            is_same_origin: true,
            cookies: BTreeMap::new(),
        }
    }

    /// With a page of a listed origin.
    pub fn elsewhere(app: &TestApp) -> Self {
        Self { origin: ELSEWHERE.to_owned(), is_same_origin: false, ..Self::at_home(app) }
    }

    pub fn has_cookies(&self) -> bool {
        !self.cookies.is_empty()
    }

    /// The header that brings the cookies back.
    pub fn cookie(&self) -> String {
        let pairs = self.cookies.iter().map(|(name, value)| format!("{name}={value}"));
        pairs.collect::<Vec<_>>().join("; ")
    }

    /// Sends a request to a path below the face, with an Authorization header as the page wrote it.
    pub async fn send(
        &mut self,
        method: Method,
        path: &str,
        authorization: Option<&str>,
        sent: Sent,
    ) -> Answer {
        let path = format!("//classic{path}");
        if !self.is_same_origin {
            self.ask_leave(&method, &path, authorization.is_some()).await;
        }
        let site = if self.is_same_origin { "same-origin" } else { "cross-site" };
        let mut request = self.client.request(method, &path);
        request = request.header("origin", &self.origin).header("sec-fetch-site", site);
        if let Some(authorization) = authorization {
            request = request.header("authorization", authorization);
        }
        if self.is_same_origin && self.has_cookies() {
            request = request.header("cookie", self.cookie());
        }
        let answer = Client::send(match sent {
            // These pages send it with every request, also where there is nothing.
            Sent::Nothing => request.header("content-type", "application/json"),
            Sent::Json(body) => request.json(&body),
            Sent::Form(form) => request.multipart(form),
        });
        let answer = answer.await;
        self.keep_cookies(&answer);
        if !self.is_same_origin {
            assert_eq!(answer.header("access-control-allow-origin"), self.origin, "{path}");
        }
        if answer.status >= 400 {
            assert_eq!(answer.lacks_as_problem(), None, "{path}: {:#}", answer.body);
        }
        answer
    }

    /// The preflight: without leave a browser doesn't send the request.
    async fn ask_leave(&self, method: &Method, path: &str, with_token: bool) {
        let wanted = if with_token { "authorization,content-type" } else { "content-type" };
        let request = self.client.request(Method::OPTIONS, path).header("origin", &self.origin);
        let request = request.header("access-control-request-method", method.as_str());
        let answer = Client::send(request.header("access-control-request-headers", wanted)).await.expect(200);
        let words = |name: &str| answer.header(name).to_lowercase();
        assert_eq!(answer.header("access-control-allow-origin"), self.origin);
        assert!(words("access-control-allow-methods").contains(&method.as_str().to_lowercase()));
        assert!(wanted.split(',').all(|name| words("access-control-allow-headers").contains(name)));
        assert!(answer.header("access-control-max-age").parse::<u64>().expect("seconds") >= 600);
    }

    /// Of the cookies that an answer sets, those for this face; an empty one goes.
    fn keep_cookies(&mut self, answer: &Answer) {
        for set in answer.headers.get_all("set-cookie") {
            let set = set.to_str().expect("text");
            let (pair, rest) = set.split_once("; ").expect("attributes");
            let (name, value) = pair.split_once('=').expect("a pair");
            assert!(rest.contains("Path=/classic;") && rest.contains("HttpOnly"), "{set}");
            assert!(rest.contains("SameSite=Strict"), "{set}");
            match value {
                "" => drop(self.cookies.remove(name)),
                value => drop(self.cookies.insert(name.to_owned(), value.to_owned())),
            }
        }
    }
}

/// A token's claims, as `jwt_decode` reads them.
pub fn claims(token: &str) -> Value {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let body = token.split('.').nth(1).expect("a JWT");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(body).expect("base64")).expect("JSON")
}
