//! What the API document says about each route: a new route is in these tests without being named here.

use reqwest::Method;
use serde_json::Value;

/// Whether a route asks who is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// 401 without a good token.
    SignedIn,
    /// Anybody, but a token that is sent must be good.
    Anybody,
    /// Credentials are ignored.
    Ignored,
}

/// One documented route.
#[derive(Debug)]
pub struct Route {
    pub method: Method,
    /// Below /api/v1.
    pub path: String,
    pub access: Access,
    /// Names in the query string.
    pub query: Vec<String>,
    /// Names in the JSON body, if it takes one.
    pub fields: Option<Vec<String>>,
    /// Whether a JSON body without any field is refused.
    pub needs_fields: bool,
    /// Whether it takes a form.
    pub form: bool,
}

impl Route {
    pub fn is(&self, method: &str, path: &str) -> bool {
        self.method == method && self.path == path
    }

    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

/// Every documented route, in the document's order; what ends a match or sessions last, because nothing works then.
pub fn all() -> Vec<Route> {
    let document = serde_json::to_value(friender::routes::openapi()).unwrap();
    let mut routes = Vec::new();
    for (method, path, _) in friender::routes::table() {
        let operation = &document["paths"][&path][method.to_lowercase()];
        let content = &operation["requestBody"]["content"];
        let schema = resolved(&document, &content["application/json"]["schema"]);
        let path = path.strip_prefix("/api/v1").expect("mounted at /api/v1").to_owned();
        routes.push(Route {
            method: method.parse().unwrap(),
            access: access(&path, &operation["security"]),
            query: names(&operation["parameters"]),
            fields: schema["properties"].as_object().map(|fields| fields.keys().cloned().collect()),
            needs_fields: schema["required"].as_array().is_some_and(|names| !names.is_empty()),
            form: content["multipart/form-data"].is_object(),
            path,
        });
    }
    let ends = [
        "DELETE /matches/{id}",
        "PUT /me/password",
        "DELETE /sessions/{id}",
        "POST /logout",
        "POST /logout/all",
    ];
    routes.sort_by_key(|route| ends.iter().position(|end| *end == route.name()).map_or(0, |place| place + 1));
    routes
}

fn access(path: &str, security: &Value) -> Access {
    match security.as_array().map(Vec::as_slice) {
        None => Access::SignedIn,
        // Answers 204 whatever it gets.
        Some(_) if path == "/logout" => Access::Ignored,
        Some([_]) => Access::Ignored,
        Some(_) => Access::Anybody,
    }
}

fn names(parameters: &Value) -> Vec<String> {
    let in_query = parameters.as_array().into_iter().flatten().filter(|p| p["in"] == "query");
    in_query.map(|p| p["name"].as_str().unwrap().to_owned()).collect()
}

fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(name) => document.pointer(name.trim_start_matches('#')).expect("a schema"),
        None => schema,
    }
}
