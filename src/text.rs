//! What people write: cleaned the same way everywhere; and the words that choices go by.
//!
//! Text is NFC-normalised and trimmed; control, zero-width and direction-override characters are refused.

use unicode_normalization::UnicodeNormalization;

/// Why a text can't be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Fewer code points than needed.
    #[error("{what} needs at least {min} character{}.", if *min == 1 { "" } else { "s" })]
    TooShort {
        /// What the text is.
        what: &'static str,
        /// The least number of code points.
        min: usize,
    },
    /// More code points than allowed.
    #[error("{what} takes at most {max} characters.")]
    TooLong {
        /// What the text is.
        what: &'static str,
        /// The largest number of code points.
        max: usize,
    },
    /// A character that can't be seen and is made to mislead or to break things.
    #[error("{what} contains a character that can't be seen (U+{:04X}). Please type it again.", *found as u32)]
    Invisible {
        /// What the text is.
        what: &'static str,
        /// The character.
        found: char,
    },
}

/// The rule of one kind of text.
#[derive(Debug, Clone, Copy)]
pub struct TextRule {
    /// What the text is, as the beginning of a sentence.
    pub what: &'static str,
    /// The least number of code points after trimming.
    pub min: usize,
    /// The largest number of code points after trimming.
    pub max: usize,
    /// Whether line breaks are part of it.
    pub lines: bool,
}

impl TextRule {
    /// A rule for one line.
    pub const fn line(what: &'static str, min: usize, max: usize) -> Self {
        Self { what, min, max, lines: false }
    }

    /// A rule for text with line breaks.
    pub const fn lines(what: &'static str, min: usize, max: usize) -> Self {
        Self { what, min, max, lines: true }
    }

    /// The cleaned text.
    pub fn clean(&self, input: &str) -> Result<String, TextError> {
        let text: String = input.replace("\r\n", "\n").nfc().collect();
        let text = text.trim();
        if let Some(found) = self.invisible(text) {
            return Err(TextError::Invisible { what: self.what, found });
        }
        match text.chars().count() {
            n if n < self.min => Err(TextError::TooShort { what: self.what, min: self.min }),
            n if n > self.max => Err(TextError::TooLong { what: self.what, max: self.max }),
            _ => Ok(text.to_owned()),
        }
    }

    fn invisible(&self, text: &str) -> Option<char> {
        let mut before = None;
        let mut chars = text.chars().peekable();
        while let Some(c) = chars.next() {
            let refused = match c {
                '\n' | '\t' => !self.lines,
                JOINER => !joins_emoji(before, chars.peek().copied()),
                c => is_refused(c),
            };
            if refused {
                return Some(c);
            }
            before = Some(c);
        }
        None
    }
}

/// Makes one picture of several emoji; between letters it only misleads.
const JOINER: char = '\u{200D}';

fn joins_emoji(before: Option<char>, after: Option<char>) -> bool {
    let is_symbol = |c: char| !c.is_ascii() && !c.is_alphanumeric() && !c.is_whitespace() && c != JOINER;
    before.is_some_and(is_symbol) && after.is_some_and(is_symbol)
}

/// Control characters, zero-width ones and those that turn the direction of writing.
fn is_refused(c: char) -> bool {
    let unseen = matches!(c, '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
        | '\u{180E}' | '\u{200B}' | '\u{200C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}' | '\u{2800}' | '\u{3164}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}');
    c.is_control() || unseen
}

/// A type for what somebody typed, kept to a [`TextRule`].
macro_rules! text_newtype {
    ($(#[$doc:meta])* $name:ident, $rule:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name(String);

        impl $name {
            /// Cleans and checks what somebody typed.
            pub fn parse(input: &str) -> Result<Self, $crate::text::TextError> {
                const RULE: $crate::text::TextRule = $rule;
                RULE.clean(input).map(Self)
            }

            /// The clean text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
    };
}
pub(crate) use text_newtype;

/// Gives each variant of an enum its word, as columns and requests have it. Words never change.
macro_rules! words_of {
    ($name:ident: $($variant:ident = $word:literal),+ $(,)?) => {
        impl $name {
            pub(crate) const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its word, as columns and requests have it; never changes.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }

            /// What a word stands for; `None` if it stands for nothing.
            #[must_use]
            pub fn named(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == word)
            }
        }
    };
}
pub(crate) use words_of;

#[cfg(test)]
mod tests {
    use super::*;

    const NAME: TextRule = TextRule::line("A name", 1, 5);

    #[test]
    fn text_is_trimmed_and_composed() {
        assert_eq!(NAME.clean("  Zoe\u{308} ").unwrap(), "Zoë");
    }

    #[test]
    fn invisible_characters_are_refused() {
        for bad in ["a\0b", "a\u{200B}b", "a\u{202E}b", "a\nb", "a\u{FEFF}b", "a\u{7f}b", "\u{3164}"] {
            assert!(matches!(NAME.clean(bad), Err(TextError::Invisible { .. })), "{bad:?}");
        }
        assert!(NAME.clean("a\u{200D}b").is_err());
        assert!(NAME.clean("👩\u{200D}🚀").is_ok());
        assert_eq!(TextRule::lines("A bio", 0, 9).clean("a\r\nb").unwrap(), "a\nb");
    }

    #[test]
    fn length_counts_code_points() {
        assert!(NAME.clean("ééééé").is_ok());
        assert!(matches!(NAME.clean("éééééé"), Err(TextError::TooLong { .. })));
        assert!(matches!(NAME.clean("   "), Err(TextError::TooShort { .. })));
        assert_eq!(NAME.clean("").unwrap_err().to_string(), "A name needs at least 1 character.");
    }
}
