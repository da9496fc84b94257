//! Commands for those who maintain the grammars.
