//! Paragraphs → clauses with figures and their roles.
