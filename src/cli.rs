//! The command line.

use clap::{ArgAction, Args, Parser, Subcommand};

use crate::config::Overrides;

/// Friender: like Tinder, but for making friends as an adult.
///
/// Without any setting, everything runs on this machine: a private PostgreSQL and a private photo store in the data
/// folder. Start with `friender demo`, then open the address it prints.
#[derive(Debug, Parser)]
#[command(name = "friender", version, arg_required_else_help = true, after_help = AFTER)]
pub struct Cli {
    /// What to do
    #[command(subcommand)]
    pub command: Command,

    /// TOML file with settings [default: friender.toml in the working folder, if there is one]
    #[arg(long, global = true, value_name = "FILE", help_heading = "Settings")]
    pub config: Option<String>,

    /// Folder of the private database, the private photo store and the generated secrets [default: ./.friender]
    #[arg(long, global = true, value_name = "DIR", help_heading = "Settings")]
    pub data_dir: Option<String>,

    /// Log level, and levels by module, such as info,friender=debug [default: info]
    #[arg(long, global = true, value_name = "FILTER", help_heading = "Settings")]
    pub log: Option<String>,
}

const AFTER: &str = "\
Settings come from flags, then the environment, then .env, then the TOML file, then defaults.
`friender config` shows each one in force and where it comes from.";

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the API and the web app (and, without other settings, its private database and photo store)
    Serve(Serve),
    /// Serve with demo people to look at: migrates, seeds and prints a login
    Demo(Serve),
    /// Bring the database's tables up to date, then exit
    Migrate,
    /// Add demo people to the database, then exit; running it twice changes nothing
    Seed(Seed),
    /// Print the OpenAPI document of the API as JSON
    Openapi,
    /// Print every route of the API as a table
    Routes,
    /// Show each setting, its value (secrets masked) and where it comes from
    Config(ShowConfig),
    /// Look after people's accounts, also while a server runs
    #[command(subcommand)]
    User(UserCommand),
    /// Keep photos' rows and objects together
    #[command(subcommand)]
    Photos(Photos),
    /// Check database, migrations and photo store, and print what would fix them
    Doctor(Listen),
    /// Look after the photo store
    #[command(subcommand)]
    Storage(Storage),
}

/// What an operator does to accounts.
#[derive(Debug, Clone, Subcommand)]
pub enum UserCommand {
    /// End all sessions of an account, or of everybody; the tokens stop within a second
    SignOut {
        /// The account's username
        #[arg(required_unless_present = "all", conflicts_with = "all")]
        name: Option<String>,
        /// Everybody's
        #[arg(long)]
        all: bool,
    },
    /// Delete an account: out of sight and signed out at once, erased after the grace, unless its owner logs in before
    Delete {
        /// The account's username
        name: String,
        /// Erase it at once, by the running server or the next one; nothing brings it back
        #[arg(long)]
        now: bool,
    },
    /// Make an account a moderator, who decides on reports
    Promote {
        /// The account's username
        name: String,
    },
    /// Make a moderator an account like any other
    Demote {
        /// The account's username
        name: String,
    },
}

/// Where to listen.
#[derive(Debug, Clone, Default, Args)]
pub struct Listen {
    /// Address and port to listen on; port 0 takes any free one [default: 127.0.0.1:8080]
    #[arg(long, value_name = "HOST:PORT", help_heading = "Settings")]
    pub addr: Option<String>,
}

/// What to serve, and where.
#[derive(Debug, Clone, Default, Args)]
pub struct Serve {
    /// Where to listen.
    #[command(flatten)]
    pub listen: Listen,
    /// Leave the web app out: / leads to /docs
    #[arg(long, help_heading = "Settings")]
    pub no_web: bool,
}

/// What to do to the photo store.
#[derive(Debug, Clone, Subcommand)]
pub enum Storage {
    /// Make the bucket of S3_BUCKET_NAME if it is missing, and set what it needs: no public access, owner's objects
    /// only, TLS only, CORS, lifecycle; running it twice changes nothing
    Setup(Setup),
}

/// How to set the photo store up.
#[derive(Debug, Clone, Default, Args)]
pub struct Setup {
    /// Change nothing, only say what would be changed
    #[arg(long)]
    pub dry_run: bool,
}

/// How to seed.
#[derive(Debug, Clone, Default, Args)]
pub struct Seed {
    /// Add a crowd of N made-up people without photos, too
    #[arg(long, value_name = "N")]
    pub people: Option<u32>,
    /// Empty the database and the photo store first
    #[arg(long)]
    pub reset: bool,
    /// Agree to --reset on a database or bucket that is not the private one, and to seeding in production
    #[arg(long)]
    pub yes: bool,
}

/// What to do with photos.
#[derive(Debug, Subcommand)]
pub enum Photos {
    /// Remove rows without objects and objects without rows, such as a killed server leaves behind
    Reap(Reap),
}

/// How to reap.
#[derive(Debug, Clone, Copy, Args)]
#[command(
    after_help = "Exit status: 0 nothing dangles (any more), 1 something could not be done, 3 a dry run found something."
)]
pub struct Reap {
    /// Only print what would be removed
    #[arg(long)]
    pub dry_run: bool,
    /// Leave alone what is younger
    #[arg(long, value_name = "MINUTES", default_value_t = 60)]
    pub grace: u32,
    /// Agree to remove all photos' rows, or all objects, when none of them has its counterpart
    #[arg(long)]
    pub yes: bool,
}

/// In which form to show settings.
#[derive(Debug, Clone, Default, Args)]
pub struct ShowConfig {
    /// Print .env.example: every setting with its default, commented out
    #[arg(long, action = ArgAction::SetTrue, group = "form")]
    pub example: bool,
    /// Print the table of all settings for the README
    #[arg(long, action = ArgAction::SetTrue, group = "form")]
    pub markdown: bool,
    /// Print the settings in force as JSON
    #[arg(long, action = ArgAction::SetTrue, group = "form")]
    pub json: bool,
}

impl Cli {
    /// What the flags set.
    #[must_use]
    pub fn overrides(&self) -> Overrides {
        let (addr, no_web) = match &self.command {
            Command::Serve(serve) | Command::Demo(serve) => (serve.listen.addr.clone(), serve.no_web),
            Command::Doctor(listen) => (listen.addr.clone(), false),
            _ => (None, false),
        };
        Overrides {
            config: self.config.clone(),
            addr,
            data_dir: self.data_dir.clone(),
            log: self.log.clone(),
            no_web,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    fn parse(line: &str) -> Result<Cli, clap::Error> {
        Cli::try_parse_from(line.split_whitespace())
    }

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn flags_become_overrides_before_and_after_the_subcommand() {
        for line in [
            "friender --data-dir d --log trace --config c demo --addr 1.2.3.4:5",
            "friender demo --addr 1.2.3.4:5 --config c --data-dir d --log trace",
        ] {
            let flags = parse(line).unwrap().overrides();
            let given = [flags.config, flags.addr, flags.data_dir, flags.log].map(Option::unwrap);
            assert_eq!(given, ["c", "1.2.3.4:5", "d", "trace"]);
            assert!(!flags.no_web);
        }
        assert!(parse("friender demo --no-web").unwrap().overrides().no_web);
    }

    #[test]
    fn misuse_is_a_usage_error() {
        for line in [
            "friender",
            "friender fly",
            "friender migrate --addr 1.2.3.4:5",
            "friender seed --people -1",
            "friender config --json --example",
            "friender user",
            "friender user sign-out",
            "friender user sign-out ada --all",
        ] {
            assert_eq!(parse(line).unwrap_err().exit_code(), 2, "{line}");
        }
    }
}
