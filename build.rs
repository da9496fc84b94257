//! Builds the program anew when a grammar file is added, changed or taken away: they are embedded.

fn main() {
    println!("cargo::rerun-if-changed=grammars");
}
