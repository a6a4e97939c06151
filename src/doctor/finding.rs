//! One line of the report.

use std::error::Error;
use std::fmt;

/// What came of one check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// As it should be.
    Ok,
    /// Worth knowing, or not checked; no failure.
    Noted,
    /// Wrong, and what would fix it.
    Failed {
        /// What to do.
        fix: String,
    },
}

/// What was checked and what came of it. Displayed as one line, with the fix of a failure below.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    what: &'static str,
    verdict: Verdict,
    said: String,
}

impl Finding {
    /// As it should be.
    pub fn ok(what: &'static str, said: impl Into<String>) -> Self {
        Self { what, verdict: Verdict::Ok, said: said.into() }
    }

    /// Worth knowing, or not checked.
    pub fn noted(what: &'static str, said: impl Into<String>) -> Self {
        Self { what, verdict: Verdict::Noted, said: said.into() }
    }

    /// Wrong.
    pub fn failed(what: &'static str, said: impl Said, fix: impl Into<String>) -> Self {
        Self { what, verdict: Verdict::Failed { fix: fix.into() }, said: said.said() }
    }

    /// Whether it was a failure.
    pub fn is_failure(&self) -> bool {
        matches!(self.verdict, Verdict::Failed { .. })
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match &self.verdict {
            Verdict::Ok => "ok",
            Verdict::Noted => "-",
            Verdict::Failed { .. } => "FAIL",
        };
        write!(f, "{word:<4}  {:<13}  {}", self.what, self.said)?;
        match &self.verdict {
            Verdict::Failed { fix } => write!(f, "\n      Fix: {fix}."),
            _ => Ok(()),
        }
    }
}

/// What went wrong, in one line.
pub trait Said {
    /// The line.
    fn said(self) -> String;
}

impl Said for String {
    fn said(self) -> String {
        self
    }
}

impl<E: Error> Said for &E {
    /// With its causes, as far as they say something new.
    fn said(self) -> String {
        let mut text = one_line(&self.to_string());
        let mut cause = self.source();
        while let Some(error) = cause {
            let said = one_line(&error.to_string());
            if !text.contains(&said) {
                text = format!("{text}: {said}");
            }
            cause = error.source();
        }
        text
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_has_its_fix_below() {
        let failed = Finding::failed("bucket", "it is gone".to_owned(), "make it");
        assert_eq!(failed.to_string(), "FAIL  bucket         it is gone\n      Fix: make it.");
        assert!(failed.is_failure() && !Finding::noted("bucket", "").is_failure());
    }

    #[test]
    fn an_error_is_told_in_one_line_with_its_causes_once() {
        #[derive(Debug, thiserror::Error)]
        #[error("outer\n\tline")]
        struct Outer(#[source] std::io::Error);
        let outer = |inner: &str| (&Outer(std::io::Error::other(inner.to_owned()))).said();
        assert_eq!(outer("inner\n"), "outer line: inner");
        assert_eq!(outer("line"), "outer line");
    }
}
