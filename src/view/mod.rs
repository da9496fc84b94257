//! The tables that analysts ask for first, made of a dataset: `wide`, `panel` and `codes`.
//!
//! In: the folder that `juesuan extract` wrote, the vocabulary. Out: three tables beside the others, and a
//! descriptor that knows them. They are no part of `extract`, whose documents know nothing of each other and
//! whose parts are done one by one; a view reads the facts once, document by document, and holds what it
//! has decided so far, never the facts. `extract` removes views whenever it writes, since they would be old.

mod codes;
mod figure;
mod panel;
mod wide;

use crate::dataset::{
    Dataset, Described, Format, HEADLINES, PanelRow, ReadError, Row, TableFile, VIEWS, WriteError, datapackage,
};
use crate::grammar::Grammars;
use figure::{Figures, Reader};
use panel::Panel;
use std::fs;
use std::path::{Path, PathBuf};

/// Why views cannot be made; the exit code is 2.
#[derive(Debug, thiserror::Error)]
pub enum ViewError {
    /// The dataset cannot be read.
    #[error("{0}")]
    Read(#[from] ReadError),
    /// A view cannot be written.
    #[error("{0}\n  help: make room or make the folder writable, then run the same command again")]
    Write(#[from] WriteError),
    /// The descriptor cannot be read or written.
    #[error("{path}: {reason}\n  help: make the folder writable, or write the dataset again with `juesuan extract`")]
    Descriptor {
        /// Which file.
        path: PathBuf,
        /// What was met.
        reason: String,
    },
}

/// How many rows each view has, in the order of [`VIEWS`].
pub type Counts = Vec<(&'static str, u64)>;

/// Makes every view of the dataset in `folder`.
///
/// # Errors
/// [`ViewError`] if the dataset cannot be read, or a view cannot be written.
pub fn make_views(folder: &Path, grammars: &Grammars) -> Result<Counts, ViewError> {
    let dataset = Dataset::open(folder)?;
    let mut descriptor = Descriptor::read(&dataset)?;
    let mut wide = Out::create(&dataset, "wide")?;
    let mut panel = Panel::new(grammars);
    let mut reader = Reader::open(&dataset, grammars)?;
    let places = headline_concepts(reader.concepts());
    while let Some(document) = reader.next_document()? {
        wide::add_rows(&document, &places, |row| wide.push(row))?;
        panel.add(&document);
    }
    let mut out = Out::create(&dataset, "panel")?;
    panel.rows(|row: PanelRow<'_>| out.push(row))?;
    let mut observed = Out::create(&dataset, "codes")?;
    codes::rows(&dataset, grammars, |row| observed.push(row))?;
    let counts = [wide, out, observed].into_iter().map(Out::finish).collect::<Result<Counts, ViewError>>()?;
    descriptor.write()?;
    Ok(counts)
}

/// A view while it is written.
struct Out {
    name: &'static str,
    file: TableFile,
}

impl Out {
    fn create(dataset: &Dataset, name: &'static str) -> Result<Self, ViewError> {
        let table = VIEWS.iter().find(|view| view.name == name);
        let table =
            table.ok_or_else(|| ViewError::Descriptor { path: name.into(), reason: "no such view".to_owned() })?;
        Ok(Out { name, file: TableFile::create(dataset.folder(), dataset.format(), table)? })
    }

    fn push(&mut self, row: impl Row) -> Result<(), ViewError> {
        Ok(self.file.push(row)?)
    }

    fn finish(self) -> Result<(&'static str, u64), ViewError> {
        Ok((self.name, self.file.finish()?))
    }
}

/// The dataset's descriptor, which has to know the views.
struct Descriptor {
    path: PathBuf,
    described: Described,
}

impl Descriptor {
    fn read(dataset: &Dataset) -> Result<Self, ViewError> {
        let path = dataset.folder().join("datapackage.json");
        let refused = |reason: String| ViewError::Descriptor { path: path.clone(), reason };
        let text = fs::read_to_string(&path).map_err(|error| refused(error.to_string()))?;
        let described = Described::read(&text).ok_or_else(|| refused("it was changed by hand".to_owned()))?;
        if (described.format == Format::Csv) != (dataset.format() == Format::Csv) {
            return Err(refused("it describes another format than lies here".to_owned()));
        }
        Ok(Descriptor { path, described })
    }

    /// Writes it whole or not at all.
    fn write(&mut self) -> Result<(), ViewError> {
        self.described.views = true;
        let unfinished = self.path.with_file_name(".datapackage.json.unfinished");
        let written =
            fs::write(&unfinished, datapackage(&self.described)).and_then(|()| fs::rename(&unfinished, &self.path));
        written.map_err(|error| ViewError::Descriptor { path: self.path.clone(), reason: error.to_string() })
    }
}

/// A document with the figures that views choose from.
struct Document {
    name: String,
    entity: Option<String>,
    region: Option<String>,
    region_code: Option<String>,
    level: Option<String>,
    report_kind: Option<String>,
    fiscal_year: Option<i16>,
    figures: Figures,
}

/// Where each headline's concept stands among the concepts known to `figures`.
fn headline_concepts(figures: &figure::Concepts) -> Vec<Option<u32>> {
    HEADLINES.iter().map(|headline| figures.place(headline.concept)).collect()
}
