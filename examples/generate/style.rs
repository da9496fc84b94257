//! How one report looks: converter, unit, zeros, separators, artefacts.
//!
//! In: choices. Out: a [`Style`] that the printing of figures, statements and layouts obeys.

use crate::accounts::Fen;
use crate::random::Random;

/// The text layouts that converters leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Old .doc through Tika: a cell per line.
    TikaDoc,
    /// .docx through Tika: a row per line, a tab before each cell.
    TikaDocx,
    /// Rows with tabs between the cells.
    Tsv,
    Markdown,
    /// `pdftotext -layout`.
    Columns,
    /// A PDF through Tika.
    Flow,
    /// Tika's XHTML.
    Html,
}

impl Layout {
    pub const ALL: [Self; 7] =
        [Self::TikaDoc, Self::TikaDocx, Self::Tsv, Self::Markdown, Self::Columns, Self::Flow, Self::Html];

    pub fn name(self) -> &'static str {
        match self {
            Self::TikaDoc => "tika-doc",
            Self::TikaDocx => "tika-docx",
            Self::Tsv => "tsv",
            Self::Markdown => "markdown",
            Self::Columns => "columns",
            Self::Flow => "flow",
            Self::Html => "html",
        }
    }

    /// Pages with feeds and numbers show.
    pub fn has_pages(self) -> bool {
        matches!(self, Self::Columns | Self::Flow)
    }
}

/// The unit of amounts (金额单位).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Yuan,
    TenThousand,
}

impl Unit {
    pub fn name(self) -> &'static str {
        match self {
            Self::Yuan => "元",
            Self::TenThousand => "万元",
        }
    }

    /// Yuan in one of it.
    pub fn scale(self) -> u32 {
        match self {
            Self::Yuan => 1,
            Self::TenThousand => 10_000,
        }
    }
}

/// Spaces that converters put between Chinese and digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spaces {
    None,
    /// On both sides of a number.
    Around,
    /// Before long numbers only.
    Before,
}

/// How nothing is printed in a statement's cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zero {
    Blank,
    Short,
    Long,
}

/// All of a report's looks.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools)] // independent looks, each chosen by itself
pub struct Style {
    pub layout: Layout,
    pub year: u16,
    /// Unit of the statements.
    pub unit: Unit,
    /// Unit of the sentences.
    pub prose_unit: Unit,
    pub separators: bool,
    /// Sentences print 291万元 for 291.00万元.
    pub short_decimals: bool,
    /// Percentages are cut off instead of rounded.
    pub cut: bool,
    pub share_places: u32,
    pub zero: Zero,
    pub full_width: bool,
    pub gb18030: bool,
    pub spaces: Spaces,
    /// 行次 and 栏次.
    pub row_numbers: bool,
    pub column_numbers: bool,
    /// Codes stand under 类 款 项, in a cell that spans three.
    pub three_codes: bool,
    /// Labels are broken after so many characters.
    pub label_width: Option<usize>,
    /// Rows of 01 and 04 that list classes without money.
    pub all_classes: bool,
    pub repeat_header: bool,
    /// A blank line between paragraphs.
    pub apart: bool,
    pub bookmarks: bool,
    pub residue: bool,
    /// Blank cells at the end of a row are left out.
    pub trimmed: bool,
    /// 2021年度 or 2021年.
    pub year_word: &'static str,
}

impl Style {
    /// Chooses the looks of a report.
    pub fn choose(random: &mut Random) -> Self {
        let layout = *random.pick(&Layout::ALL);
        let pdf = layout.has_pages();
        let unit = if random.chance(45) { Unit::Yuan } else { Unit::TenThousand };
        let text = !matches!(layout, Layout::Html | Layout::Flow);
        Self {
            layout,
            year: 2016 + random.below(9) as u16,
            unit,
            prose_unit: if unit == Unit::Yuan && random.chance(30) { Unit::TenThousand } else { unit },
            separators: random.chance(if unit == Unit::Yuan { 60 } else { 35 }),
            short_decimals: random.chance(25),
            cut: random.chance(8),
            share_places: *random.pick(&[2, 2, 2, 1, 0]),
            zero: *random.pick(&[Zero::Blank, Zero::Blank, Zero::Long, Zero::Short]),
            full_width: text && !pdf && random.chance(8),
            gb18030: text && random.chance(8),
            spaces: match layout {
                Layout::Columns => Spaces::Around,
                Layout::Flow => *random.pick(&[Spaces::None, Spaces::Before]),
                Layout::Markdown => *random.pick(&[Spaces::None, Spaces::Around]),
                _ => *random.pick(&[Spaces::None, Spaces::None, Spaces::None, Spaces::Around]),
            },
            row_numbers: random.chance(70),
            column_numbers: random.chance(80),
            three_codes: random.chance(50),
            label_width: if pdf { Some(9 + random.below(9)) } else { random.chance(40).then(|| 7 + random.below(5)) },
            all_classes: random.chance(60),
            repeat_header: random.chance(60),
            apart: random.chance(50),
            bookmarks: random.chance(40),
            residue: random.chance(25),
            trimmed: random.chance(25),
            year_word: if random.chance(75) { "年度" } else { "年" },
        }
    }

    /// The smallest amount the books know: fen, or a hundredth of 万元 where they are kept so.
    pub fn step(&self, random: &mut Random) -> Fen {
        if self.unit == Unit::TenThousand && random.chance(40) { 10_000 } else { 1 }
    }

    pub fn last_year(&self) -> u16 {
        self.year - 1
    }
}
