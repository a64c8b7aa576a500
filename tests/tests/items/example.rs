//! An example: a block of code that rustdoc compiles and shows, and what of the crate it uses.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Spacing, TokenStream, TokenTree};
use receiver_tests::page::Page;
use syn::{ItemUse, LitStr};

use super::source::{Source, imports};

/// The examples of the crate's page and of its items.
pub(crate) fn all(readme: &str, sources: &[Source]) -> Vec<String> {
    let docs = sources.iter().flat_map(Source::docs).chain([readme.to_owned()]);
    let blocks = docs.flat_map(|text| Page { path: String::new(), text }.blocks());
    let is_compiled = |language: &str| {
        let mut words = language.split([',', ' ']).filter(|word| !word.is_empty());
        words.all(|word| ["rust", "no_run", "should_panic"].contains(&word))
    };
    blocks.filter(|block| is_compiled(&block.language)).map(|block| block.text).collect()
}

/// The paths in an example.
#[derive(Default)]
pub(crate) struct Names {
    /// What stands in the code.
    pub(crate) used: BTreeSet<String>,
    /// What is imported, used or not.
    pub(crate) imported: BTreeSet<String>,
}

/// Reads what a reader sees: no comment, and no line that rustdoc hides.
pub(crate) fn names(example: &str) -> Names {
    let is_hidden = |line: &&str| line.trim() == "#" || line.trim().starts_with("# ");
    let shown: Vec<_> = example.lines().filter(|line| !is_hidden(line)).collect();
    let tokens: TokenStream =
        shown.join("\n").parse().unwrap_or_else(|error| panic!("{error}:\n{example}"));
    let mut imported = BTreeMap::new();
    let tokens = without_imports(tokens, &mut imported);
    let mut paths = Vec::new();
    read(&tokens, &mut paths);

    let mut names = Names::default();
    for path in paths {
        let Some((first, rest)) = path.split_first() else { continue };
        let Some(start) = imported.get(first).or_else(|| (first == CRATE).then_some(first)) else {
            continue;
        };
        names.used.insert([std::slice::from_ref(start), rest].concat().join("::"));
    }
    names.imported = imported.into_values().collect();
    names
}

/// Takes the imports out, wherever they stand.
fn without_imports(tokens: TokenStream, imported: &mut BTreeMap<String, String>) -> Vec<TokenTree> {
    let mut kept = Vec::new();
    let mut tokens = tokens.into_iter();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(word) if word == "use" => {
                let mut item = TokenStream::from(TokenTree::from(word));
                for token in tokens.by_ref() {
                    let is_end = matches!(&token, TokenTree::Punct(it) if it.as_char() == ';');
                    item.extend([token]);
                    if is_end {
                        break;
                    }
                }
                let item: ItemUse = syn::parse2(item).expect("an import");
                imported.extend(imports(&item));
            }
            TokenTree::Group(group) => {
                let inner = without_imports(group.stream(), imported).into_iter().collect();
                kept.push(proc_macro2::Group::new(group.delimiter(), inner).into());
            }
            other => kept.push(other),
        }
    }
    kept
}

/// The paths, segment by segment: in macros too, and in serde's `with = "..."`.
fn read(tokens: &[TokenTree], paths: &mut Vec<Vec<String>>) {
    let mut open: Vec<String> = Vec::new();
    // What stands before: whether it joins the next word to the path, or makes it a field or a method.
    let (mut joins, mut is_member, mut after_with) = (false, false, false);
    for token in tokens {
        match token {
            TokenTree::Ident(word) => {
                if !joins {
                    paths.push(std::mem::take(&mut open));
                }
                if !is_member {
                    open.push(word.to_string());
                }
                after_with = word.to_string().ends_with("with");
                (joins, is_member) = (false, false);
                continue;
            }
            TokenTree::Punct(punct) if punct.as_char() == ':' => {
                joins =
                    punct.spacing() == Spacing::Alone && joins || punct.spacing() == Spacing::Joint;
                continue;
            }
            TokenTree::Punct(punct) if punct.as_char() == '=' => continue,
            TokenTree::Literal(literal) if after_with => {
                let text = syn::parse2::<LitStr>(TokenTree::from(literal.clone()).into());
                let path = text.ok().and_then(|it| it.parse_with(syn::Path::parse_mod_style).ok());
                let segments = path.iter().flat_map(|path| &path.segments);
                paths.push(segments.map(|segment| segment.ident.to_string()).collect());
            }
            TokenTree::Group(group) => {
                let inner: Vec<_> = group.stream().into_iter().collect();
                read(&inner, paths);
            }
            _ => {}
        }
        paths.push(std::mem::take(&mut open));
        (joins, after_with) = (false, false);
        is_member = matches!(token, TokenTree::Punct(it) if it.as_char() == '.') && !is_member;
    }
    paths.push(open);
}

const CRATE: &str = "receiver_core";
