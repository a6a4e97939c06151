//! What the API document says of limits: the headers that tell what is left, and when to come back.

use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::{ObjectBuilder, OpenApi, Ref, RefOr, Type};

const HEADERS: [(&str, Type, &str); 3] = [
    (
        "RateLimit",
        Type::String,
        "What is left of each limit that this request counts for, such as `\"reads\";r=199;t=1`: r requests at once, and all \
         of them again after t seconds. Absent where nothing is limited.",
    ),
    (
        "RateLimit-Policy",
        Type::String,
        "These limits, such as `\"reads\";q=600;w=60`: q requests in w seconds. Absent where nothing is limited.",
    ),
    ("Retry-After", Type::Integer, "Seconds until it is worth trying again"),
];

/// Adds them to every answer that may have them.
pub fn document_limits(document: &mut OpenApi) {
    if let Some(components) = &mut document.components {
        for (name, kind, about) in HEADERS {
            let schema = ObjectBuilder::new().schema_type(kind).build();
            let header = HeaderBuilder::new().schema(Some(schema)).description(Some(about)).build();
            components.headers.insert(name.to_owned(), RefOr::T(header));
        }
    }
    for item in document.paths.paths.values_mut() {
        let operations = [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch];
        for operation in operations.into_iter().flatten() {
            for (status, response) in &mut operation.responses.responses {
                let RefOr::T(response) = response else { continue };
                for name in names(status) {
                    let header = Ref::new(format!("#/components/headers/{name}"));
                    response.headers.insert((*name).to_owned(), RefOr::Ref(header));
                }
            }
        }
    }
}

fn names(status: &str) -> &'static [&'static str] {
    match status {
        "429" => &["RateLimit", "RateLimit-Policy", "Retry-After"],
        "503" => &["Retry-After"],
        status if status.starts_with('2') => &["RateLimit", "RateLimit-Policy"],
        _ => &[],
    }
}
