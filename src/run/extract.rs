//! One run from its options to its outcome.
//!
//! In: [`Options`]. Out: a dataset in a folder, an [`Outcome`]. The order of things is the point here:
//! inputs are listed before the folder is touched, a part is on the disk before the manifest says so,
//! and the descriptor comes last.

use super::document::{self, Done};
use super::folder::Folder;
use super::input::{self, Document};
use super::manifest::{Header, Listed, Manifest, Part};
use super::progress::Progress;
use super::queue::{Window, in_order};
use super::{Existing, Options, Stop, plan};
use crate::dataset::{Counts, DatasetWriter, Described, datapackage};
use crate::grammar::{GrammarFiles, Grammars};
use rayon::ThreadPool;
use rayon::prelude::*;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Documents in work or waiting to be written, for each thread …
const WINDOW_DOCUMENTS: usize = 16;
/// … and their bytes.
const WINDOW_BYTES: u64 = 2 << 20;

/// What a run came to.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Over all documents, those of earlier runs included.
    pub counts: Counts,
    /// Where the dataset lies.
    pub folder: PathBuf,
    /// How long it took.
    pub elapsed: Duration,
    /// Documents that an earlier run had done.
    pub reused: u64,
    /// Whether it was stopped before its end.
    pub interrupted: bool,
}

/// Reads the inputs and writes the dataset. Once `stop` is set, no document is begun any more.
///
/// # Errors
/// [`Stop`] if it cannot start, or cannot write.
pub fn extract(options: &Options, stop: &AtomicBool) -> Result<Outcome, Stop> {
    let started = Instant::now();
    document::quieten_guarded_panics();
    let grammars = load_grammars(options.grammars.as_deref())?;
    let documents = input::collect(&options.inputs, &options.out, options.max_document_bytes)?;
    let (folder, manifest) = Folder::open(&options.out, options.existing)?;
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(options.jobs)
        .panic_handler(|_| {}) // whoever waits for the thread sees that it is gone
        .build()
        .map(Arc::new)
        .map_err(|error| Stop::Threads(error.to_string()))?;
    let bytes = documents.iter().map(Document::planned_bytes).sum();
    let progress = Progress::new(documents.len() as u64, bytes, options.quiet);
    let parts = plan::cut(&documents, options.part_bytes);
    let mut run = Run { options, grammars: &grammars, documents, folder, manifest, pool, progress, stop };
    let (counts, reused) = run.parts(&parts)?;
    run.progress.end();
    let interrupted = counts.documents < run.documents.len() as u64;
    Ok(Outcome { counts, folder: options.out.clone(), elapsed: started.elapsed(), reused, interrupted })
}

/// The built-in grammars, or those of `folder`.
///
/// # Errors
/// [`Stop::Grammars`] with every fault.
pub fn load_grammars(folder: Option<&Path>) -> Result<Grammars, Stop> {
    let files = match folder {
        None => Ok(GrammarFiles::embedded()),
        Some(folder) if folder.is_dir() => GrammarFiles::read(folder),
        Some(folder) => return Err(Stop::Grammars(format!("{} is no folder", folder.display()))),
    };
    files.and_then(|files| Grammars::load(&files)).map_err(|faults| {
        let list: Vec<_> = faults.iter().map(ToString::to_string).collect();
        Stop::Grammars(format!("{} fault(s) in the grammars\n\n{}", faults.len(), list.join("\n\n")))
    })
}

struct Run<'a> {
    options: &'a Options,
    grammars: &'a Grammars,
    documents: Vec<Document>,
    folder: Folder,
    manifest: Manifest,
    pool: Arc<ThreadPool>,
    progress: Progress,
    stop: &'a AtomicBool,
}

impl Run<'_> {
    /// Writes all parts that are not done yet; gives the counts over all, and how many documents were done.
    fn parts(&mut self, parts: &[Range<usize>]) -> Result<(Counts, u64), Stop> {
        let done = self.go_on(parts)?;
        let mut counts = Counts::default();
        for part in &done {
            counts.add(&part.counts);
        }
        let reused = counts.documents;
        let first = done.len();
        drop(done);
        let pool = Arc::clone(&self.pool);
        let mut writer = DatasetWriter::new(self.folder.path(), self.options.format, first as u32, &pool);
        let mut written = first;
        for range in &parts[first..] {
            counts.add(&self.part(written as u32, range.clone(), &mut writer)?);
            written += 1;
            if self.stop.load(Ordering::Relaxed) {
                break;
            }
        }
        writer.finish()?;
        let described = Described {
            format: self.options.format,
            parts: written as u32,
            grammar_version: self.grammars.version().to_owned(),
            views: false,
        };
        self.folder.describe(&datapackage(&described))?;
        Ok((counts, reused))
    }

    /// The parts that need not be done again; everything else is cleared away.
    fn go_on(&mut self, parts: &[Range<usize>]) -> Result<Vec<Part>, Stop> {
        let header = Header {
            manifest: "juesuan".to_owned(),
            program_version: env!("CARGO_PKG_VERSION").to_owned(),
            grammar_version: self.grammars.version().to_owned(),
            format: self.options.format.as_str().to_owned(),
            part_bytes: self.options.part_bytes,
            max_document_bytes: self.options.max_document_bytes,
        };
        let refused = |error: std::io::Error| self.folder.refused(&error);
        let mut done = match self.manifest.read().map_err(refused)? {
            Some((earlier, done)) if earlier == header && self.options.existing == Existing::Resume => done,
            Some(_) => {
                self.progress.say("resume: another version, format or option; starting from the beginning");
                Vec::new()
            }
            None => Vec::new(),
        };
        done.truncate(self.folder.intact(self.options.format, &done));
        if !done.is_empty() {
            let documents: usize = done.iter().map(|part| part.documents.len()).sum();
            self.progress
                .say(&format!("resume: {documents} documents are done; looking whether they are still the same"));
        }
        done.truncate(self.unchanged(parts, &done));
        self.folder.keep(self.options.format, &done)?;
        let kept = if done.is_empty() { self.manifest.start(&header) } else { self.manifest.keep(done.len()) };
        kept.map_err(|error| self.folder.refused(&error))?;
        for range in parts.iter().take(done.len()) {
            for document in &self.documents[range.clone()] {
                self.progress.skip(document.planned_bytes());
            }
        }
        Ok(done)
    }

    /// How many of the `done` parts hold the documents that they would hold now, byte for byte.
    fn unchanged(&self, parts: &[Range<usize>], done: &[Part]) -> usize {
        let same = |(part, range): (&Part, &Range<usize>)| {
            let documents = &self.documents[range.clone()];
            part.complete
                && documents.len() == part.documents.len()
                && self.pool.install(|| {
                    documents.par_iter().zip(&part.documents).all(|(document, listed)| {
                        document.name == listed.document
                            && document.size == listed.size
                            && document::sha256_now(document, self.options.max_document_bytes) == listed.sha256
                    })
                })
        };
        done.iter().zip(parts).take_while(|pair| same(*pair)).count()
    }

    /// Reads and writes one part; returns once the manifest has it.
    fn part(&mut self, part: u32, range: Range<usize>, writer: &mut DatasetWriter<'_>) -> Result<Counts, Stop> {
        let window =
            Window { most: WINDOW_DOCUMENTS * self.options.jobs, weight: WINDOW_BYTES * self.options.jobs as u64 };
        let (documents, grammars, pool, progress) = (&self.documents, self.grammars, &self.pool, &mut self.progress);
        let most = self.options.max_document_bytes;
        let (mut counts, mut listed) = (Counts::default(), Vec::with_capacity(range.len()));
        let take = |index: usize, done: Done| {
            let document = &documents[index];
            if let Some(problem) = &done.failure {
                progress.failure(&document.name, problem);
            }
            counts.add(&done.counts());
            progress.add(&document.name, document.planned_bytes(), &done.counts());
            writer.append(&done.rows)?;
            listed.push(Listed { document: document.name.clone(), size: document.size, sha256: done.sha256 });
            Ok::<_, Stop>(())
        };
        let read = |index: usize| document::read(&documents[index], most, grammars);
        let weight = |index: usize| documents[index].planned_bytes();
        let end = in_order(pool, range.clone(), window, weight, read, self.stop, take)?;
        let bytes = writer.finish_part()?;
        let done = Part { ordinal: part, complete: end == range.end, bytes, counts, documents: listed };
        self.manifest.commit(&done).map_err(|error| self.folder.refused(&error))?;
        Ok(counts)
    }
}
