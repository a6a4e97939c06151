//! Rust source as words, marks and string literals; without comments, so that what they mention counts for nothing.

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    Word(String),
    Mark(char),
    Text(String),
}

impl Token {
    pub fn is_word(&self, word: &str) -> bool {
        matches!(self, Self::Word(found) if found == word)
    }

    pub fn is_mark(&self, mark: char) -> bool {
        *self == Self::Mark(mark)
    }
}

/// Splits the source.
pub fn tokens(source: &str) -> Vec<Token> {
    let mut reader = Reader { chars: source.chars().collect(), at: 0, found: Vec::new() };
    while reader.step() {}
    reader.found
}

struct Reader {
    chars: Vec<char>,
    at: usize,
    found: Vec<Token>,
}

impl Reader {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.at + ahead).copied()
    }

    fn step(&mut self) -> bool {
        let Some(now) = self.peek(0) else { return false };
        match (now, self.peek(1)) {
            ('/', Some('/')) => self.skip_while(|c| c != '\n'),
            ('/', Some('*')) => self.block_comment(),
            ('"', _) => self.text(),
            ('\'', Some('\\')) => {
                self.at += 3;
                self.skip_while(|c| c != '\'');
                self.at += 1;
            }
            ('\'', _) if self.peek(2) == Some('\'') => self.at += 3,
            // A lifetime: its name is a word of no interest.
            ('\'', _) => self.at += 1,
            _ if now.is_alphanumeric() || now == '_' => self.word(),
            _ => {
                if !now.is_whitespace() {
                    self.found.push(Token::Mark(now));
                }
                self.at += 1;
            }
        }
        true
    }

    fn skip_while(&mut self, goes_on: impl Fn(char) -> bool) {
        while self.peek(0).is_some_and(&goes_on) {
            self.at += 1;
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 0;
        loop {
            match (self.peek(0), self.peek(1)) {
                (Some('/'), Some('*')) => depth += 1,
                (Some('*'), Some('/')) => depth -= 1,
                (None, _) => return,
                _ => {
                    self.at += 1;
                    continue;
                }
            }
            self.at += 2;
            if depth == 0 {
                return;
            }
        }
    }

    fn text(&mut self) {
        self.at += 1;
        let mut text = String::new();
        while let Some(c) = self.peek(0) {
            self.at += 1;
            match c {
                '"' => break,
                '\\' => {
                    text.push(' ');
                    self.at += 1;
                }
                c => text.push(c),
            }
        }
        self.found.push(Token::Text(text));
    }

    fn word(&mut self) {
        let begin = self.at;
        self.skip_while(|c| c.is_alphanumeric() || c == '_');
        let word: String = self.chars[begin..self.at].iter().collect();
        let hashes = (0..).take_while(|n| self.peek(*n) == Some('#')).count();
        match word.as_str() {
            "r" | "br" | "cr" if self.peek(hashes) == Some('"') => self.raw_text(hashes),
            // A raw name: what follows is the word.
            "r" if hashes == 1 => self.at += 1,
            _ => self.found.push(Token::Word(word)),
        }
    }

    fn raw_text(&mut self, hashes: usize) {
        self.at += hashes + 1;
        let begin = self.at;
        let ends =
            |reader: &Self| reader.peek(0) == Some('"') && (1..=hashes).all(|n| reader.peek(n) == Some('#'));
        while self.at < self.chars.len() && !ends(self) {
            self.at += 1;
        }
        let end = self.at.min(self.chars.len());
        self.found.push(Token::Text(self.chars[begin..end].iter().collect()));
        self.at += hashes + 1;
    }
}
