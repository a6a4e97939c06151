//! The few calls of the operating system that the standard library doesn't offer. All `unsafe` of the cluster is here.

use std::io;
use std::process::Command;

/// The number of the user whose rights this process has.
pub(super) fn user() -> u32 {
    #[expect(unsafe_code, reason = "geteuid takes nothing, touches no memory and can't fail")]
    unsafe {
        libc::geteuid()
    }
}

/// Whether this process has root's rights.
pub(super) fn is_root() -> bool {
    user() == 0
}

/// Sends a signal to one process.
pub(super) fn signal(pid: i32, signal: i32) -> io::Result<()> {
    // 0 and below would reach whole process groups.
    if pid <= 0 {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    #[expect(unsafe_code, reason = "kill takes two numbers and touches no memory")]
    let result = unsafe { libc::kill(pid, signal) };
    if result == 0 { Ok(()) } else { Err(io::Error::last_os_error()) }
}

/// Whether a process has this number, ours or anybody's.
pub(super) fn exists(pid: i32) -> bool {
    match signal(pid, 0) {
        Ok(()) => true,
        Err(error) => error.raw_os_error() == Some(libc::EPERM),
    }
}

/// Makes the child receive `signal` when the calling thread ends, so that not even kill -9 leaves it behind.
///
/// Linux only; elsewhere the next start finds the leftover. The thread that spawns must live as long as the child is
/// wanted.
#[cfg(target_os = "linux")]
pub(super) fn die_with_us(command: &mut Command, signal: i32) {
    let parent = libc::pid_t::try_from(std::process::id()).unwrap_or_default();
    let arm = move || {
        #[expect(unsafe_code, reason = "prctl and getppid are async-signal-safe and touch no memory of ours")]
        let (armed, current) = unsafe {
            (
                libc::prctl(libc::PR_SET_PDEATHSIG, libc::c_ulong::try_from(signal).unwrap_or(0)),
                libc::getppid(),
            )
        };
        if armed != 0 {
            return Err(io::Error::last_os_error());
        }
        // Our end may have come before the call.
        if current == parent { Ok(()) } else { Err(io::Error::from_raw_os_error(libc::ECANCELED)) }
    };
    #[expect(unsafe_code, reason = "the closure makes two system calls and neither allocates nor locks")]
    unsafe {
        std::os::unix::process::CommandExt::pre_exec(command, arm);
    }
}

/// Nothing to do here: the next start stops a leftover server.
#[cfg(not(target_os = "linux"))]
pub(super) fn die_with_us(_command: &mut Command, _signal: i32) {}
