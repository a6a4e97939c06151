//! ZIP codes, points, distances.
