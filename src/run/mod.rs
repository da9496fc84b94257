//! Folders, threads, progress, parts. Knows nothing of Chinese.
