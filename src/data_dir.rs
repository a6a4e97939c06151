//! The folder that holds everything the default set-up keeps: cluster, objects, secrets.
