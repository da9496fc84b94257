//! The whole reading, on covers of many kinds of agencies and on the real reports.
