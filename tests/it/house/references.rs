//! Which paths a file names, in `use` lines and in between.

use super::tokens::{Token, tokens};

/// A path that a file names.
#[derive(Debug, PartialEq, Eq)]
pub struct Reference {
    /// Ours: from the crate's root. Another crate's: as written.
    pub path: Vec<String>,
    pub is_ours: bool,
    /// Named by the file's tests.
    pub in_tests: bool,
}

/// Every path of a file of the module `module`.
pub fn references(module: &[&str], source: &str) -> Vec<Reference> {
    let mut walk = Walk {
        tokens: tokens(source),
        module: module.iter().map(|name| (*name).to_owned()).collect(),
        inner: Vec::new(),
        depth: 0,
        found: Vec::new(),
    };
    walk.run();
    walk.found
}

struct Walk {
    tokens: Vec<Token>,
    module: Vec<String>,
    /// Modules inside the file that are open at the moment, and at which depth of braces.
    inner: Vec<(String, usize)>,
    depth: usize,
    found: Vec<Reference>,
}

impl Walk {
    fn run(&mut self) {
        let mut at = 0;
        while at < self.tokens.len() {
            at = self.step(at);
        }
    }

    fn step(&mut self, at: usize) -> usize {
        match self.tokens[at].clone() {
            Token::Mark('{') => self.depth += 1,
            Token::Mark('}') => {
                self.depth = self.depth.saturating_sub(1);
                let depth = self.depth;
                self.inner.retain(|(_, opened)| *opened < depth + 1 && *opened != depth);
            }
            Token::Word(word) if word == "use" => return self.tree(at + 1, &[]),
            Token::Word(word) if word == "mod" => self.open_module(at),
            Token::Word(_) if self.is_path(at) => return self.tree(at, &[]),
            _ => {}
        }
        at + 1
    }

    fn open_module(&mut self, at: usize) {
        if let (Some(Token::Word(name)), Some(Token::Mark('{'))) =
            (self.tokens.get(at + 1), self.tokens.get(at + 2))
        {
            self.inner.push((name.clone(), self.depth));
        }
    }

    fn colons(&self, at: usize) -> bool {
        let colon = |at: usize| self.tokens.get(at).is_some_and(|token| token.is_mark(':'));
        colon(at) && colon(at + 1)
    }

    /// Whether a path begins here: a word with two colons behind it and none before.
    fn is_path(&self, at: usize) -> bool {
        self.colons(at + 1) && !(at >= 2 && self.colons(at - 2))
    }

    /// Reads a path, or several that begin the same, and gives where it ends.
    fn tree(&mut self, mut at: usize, prefix: &[String]) -> usize {
        let mut path = prefix.to_vec();
        loop {
            match self.tokens.get(at).cloned() {
                Some(Token::Word(word)) => path.push(word),
                Some(Token::Mark('{')) => return self.branches(at + 1, &path),
                _ => break,
            }
            at += 1;
            if !self.colons(at) {
                break;
            }
            at += 2;
        }
        self.note(&path);
        if self.tokens.get(at).is_some_and(|token| token.is_word("as")) { at + 2 } else { at }
    }

    fn branches(&mut self, mut at: usize, prefix: &[String]) -> usize {
        loop {
            match self.tokens.get(at) {
                None => return at,
                Some(Token::Mark('}')) => return at + 1,
                Some(Token::Word(word)) if word == "self" => {
                    self.note(prefix);
                    at += 1;
                }
                Some(Token::Word(_)) => at = self.tree(at, prefix),
                Some(Token::Mark('*')) => {
                    self.note(prefix);
                    at += 1;
                }
                Some(_) => at += 1,
            }
        }
    }

    /// Notes a path, seen from the crate's root if it is ours.
    fn note(&mut self, path: &[String]) {
        let inner = self.inner.iter().map(|(name, _)| name.clone());
        let mut here: Vec<String> = self.module.iter().cloned().chain(inner).collect();
        let in_tests = here.iter().any(|name| name == "tests");
        let mut rest = path;
        let mut is_ours = true;
        match path.first().map(String::as_str) {
            None => return,
            Some("crate" | "friender") => {
                here.clear();
                rest = &path[1..];
            }
            Some("self") => rest = &path[1..],
            Some("super") => {
                while let Some(("super", after)) =
                    rest.split_first().map(|(word, after)| (word.as_str(), after))
                {
                    here.pop();
                    rest = after;
                }
            }
            Some(_) => {
                is_ours = false;
                here.clear();
            }
        }
        here.extend(rest.iter().cloned());
        if !here.is_empty() {
            self.found.push(Reference { path: here, is_ours, in_tests });
        }
    }
}
