//! Maps by a fast hash, seeded anew at every start so that no document can be written against it.
//!
//! Surprise: their order differs from run to run; what depends on order uses `BTreeMap`.

use foldhash::fast::RandomState;
use std::collections::{HashMap, HashSet};

/// A map by a fast hash.
pub type Map<K, V> = HashMap<K, V, RandomState>;

/// A set by a fast hash.
pub type Set<T> = HashSet<T, RandomState>;
