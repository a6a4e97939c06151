//! Talking SMTP line by line.

use std::io;

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};

/// The longest answer that is read, in bytes.
const LONGEST: usize = 16 * 1024;

/// Why the conversation came to an end.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refusal {
    /// The server said something else than hoped for.
    #[error("{code} {text}")]
    Said { code: u16, text: String },
    /// The server doesn't take us, whatever the letter.
    #[error("the mail server refuses us: {0}")]
    Us(String),
    /// The connection.
    #[error("the mail server can't be reached: {0}")]
    Io(#[from] io::Error),
}

impl Refusal {
    /// The same about us instead of the letter.
    pub(super) fn of_us(self) -> Self {
        match self {
            Self::Said { code, .. } => Self::Us(code.to_string()),
            other => other,
        }
    }
}

/// One side of a conversation.
pub(super) struct Conversation<W> {
    wire: BufReader<W>,
}

impl<W: AsyncRead + AsyncWrite + Unpin> Conversation<W> {
    /// Hears the greeting.
    pub(super) async fn begin(wire: W) -> Result<Self, Refusal> {
        let mut this = Self::on(wire);
        this.hear(220).await.map_err(Refusal::of_us)?;
        Ok(this)
    }

    /// Goes on after a greeting.
    pub(super) fn on(wire: W) -> Self {
        Self { wire: BufReader::new(wire) }
    }

    /// Gives the connection back. What came before it is encrypted must not count after.
    pub(super) fn end(self) -> Result<W, Refusal> {
        if self.wire.buffer().is_empty() {
            return Ok(self.wire.into_inner());
        }
        Err(io::Error::other("the mail server spoke out of turn").into())
    }

    /// Says a line and hears the answer.
    pub(super) async fn say(&mut self, line: &str, hoped: u16) -> Result<(), Refusal> {
        if line.contains(['\r', '\n']) {
            return Err(io::Error::other("a line holds a line break").into());
        }
        self.wire.write_all(format!("{line}\r\n").as_bytes()).await?;
        self.wire.flush().await?;
        self.hear(hoped).await
    }

    /// Hands a letter over, whose lines end with CR LF.
    pub(super) async fn hand_over(&mut self, letter: &[u8]) -> Result<(), Refusal> {
        for line in letter.split_inclusive(|byte| *byte == b'\n') {
            if line.starts_with(b".") {
                self.wire.write_all(b".").await?;
            }
            self.wire.write_all(line).await?;
        }
        self.wire.write_all(b".\r\n").await?;
        self.wire.flush().await?;
        self.hear(250).await
    }

    /// Reads an answer, of several lines perhaps.
    async fn hear(&mut self, hoped: u16) -> Result<(), Refusal> {
        let mut said: Vec<String> = Vec::new();
        loop {
            let mut line = String::new();
            (&mut self.wire).take(LONGEST as u64).read_line(&mut line).await?;
            let code = line.get(..3).and_then(|code| code.parse::<u16>().ok());
            let Some(code) = code.filter(|_| said.iter().map(String::len).sum::<usize>() < LONGEST) else {
                return Err(io::Error::other("the mail server doesn't speak SMTP").into());
            };
            said.push(line.get(4..).unwrap_or_default().trim().to_owned());
            if line.as_bytes().get(3) == Some(&b'-') {
                continue;
            }
            // 251 is as good as 250: the letter is passed on.
            if code == hoped || (hoped, code) == (250, 251) {
                return Ok(());
            }
            return Err(Refusal::Said { code, text: said.join(" ") });
        }
    }
}
