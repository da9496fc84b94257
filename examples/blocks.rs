//! Prints the blocks, paragraphs and sections of a document, to see how its text was understood.
//!
//! `cargo run --example blocks -- FILE [paragraphs]`

use juesuan::layout::{BlockKind, lay_out};
use juesuan::source::Source;

/// Characters of a line that are shown.
const SHOWN: usize = 70;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("usage: blocks FILE [paragraphs]")?;
    let bytes = std::fs::read(file)?;
    let (source, _) = Source::decode(&bytes);
    let text = source.text();
    let layout = lay_out(text);
    println!("{:?}, {} artefacts", layout.converter, layout.artefacts.len());
    if arguments.next().is_some() {
        for paragraph in &layout.paragraphs {
            let pieces: Vec<&str> = paragraph.pieces.iter().map(|piece| piece.of(text)).collect();
            println!("{:?} [{}] {}", paragraph.kind, layout.section_path(paragraph.section), pieces.join("|"));
        }
        return Ok(());
    }
    for block in layout.blocks.iter().filter(|block| block.kind != BlockKind::Blank) {
        let line = source.line(block.span.start);
        let lines: Vec<&str> = block.span.of(text).lines().filter(|line| !line.trim().is_empty()).collect();
        let show = |line: &str| line.replace('\t', "⇥").replace('\x0c', "␌").chars().take(SHOWN).collect::<String>();
        let first = lines.first().map_or(String::new(), |line| show(line));
        let last = lines.last().filter(|_| lines.len() > 1).map_or(String::new(), |line| show(line));
        println!(
            "{line:5} {:?} ({}) {first}{}{last}",
            block.kind,
            lines.len(),
            if last.is_empty() { "" } else { " … " }
        );
    }
    Ok(())
}
