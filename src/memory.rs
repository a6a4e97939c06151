//! Giving memory back to the system once it isn't needed any more.

/// From this size on, memory is asked of the system for itself alone, and goes back there when it is freed.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const LARGE: libc::c_int = 1 << 20;

/// glibc raises its limit with what is freed, up to 32 MiB: after some pictures each thread would keep tens of MiB for
/// itself. Setting the limit once keeps it where it is. Other systems need no telling.
pub fn give_back_what_is_large() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        #[expect(unsafe_code, reason = "mallopt takes two numbers, and no other thread runs yet")]
        let accepted = unsafe { libc::mallopt(libc::M_MMAP_THRESHOLD, LARGE) };
        debug_assert_eq!(accepted, 1, "mallopt refused a number");
    }
}
