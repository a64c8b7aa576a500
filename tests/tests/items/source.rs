//! A source file of the core: which module it is, what it exports, what it says.

use std::fs;
use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use receiver_tests::case::workspace_dir;
use syn::{Item, ItemUse, LitStr, UseTree, Visibility};

/// A source file.
pub(crate) struct Source {
    /// Its module's path.
    pub(crate) module: String,
    text: String,
}

impl Source {
    /// Every source file of the core.
    pub(crate) fn all() -> Vec<Self> {
        let mut sources = Vec::new();
        walk(&workspace_dir().join("receiver-core/src"), "", &mut sources);
        sources
    }

    /// `path` is below `src`.
    pub(crate) fn new(path: &str, text: &str) -> Self {
        let path = path.trim_end_matches(".rs").replace('/', "::");
        let module = if path == "lib" { CRATE.to_owned() } else { format!("{CRATE}::{path}") };
        Self { module, text: text.to_owned() }
    }

    /// What it exports from elsewhere: the path it has here, and the path it is taken from.
    pub(crate) fn exports(&self) -> Vec<(String, String)> {
        let file = syn::parse_file(&self.text).unwrap_or_else(|it| panic!("{}: {it}", self.module));
        let exports = file.items.iter().filter_map(|item| match item {
            Item::Use(item) if matches!(item.vis, Visibility::Public(_)) => Some(imports(item)),
            _ => None,
        });
        let here = |(name, path): (String, String)| {
            (format!("{}::{name}", self.module), self.absolute(&path))
        };
        exports.flatten().map(here).collect()
    }

    fn absolute(&self, path: &str) -> String {
        let parent = self.module.rsplit_once("::").map_or(CRATE, |(parent, _)| parent);
        match path.split_once("::") {
            Some(("crate", rest)) => format!("{CRATE}::{rest}"),
            Some(("self", rest)) => format!("{}::{rest}", self.module),
            Some(("super", rest)) => format!("{parent}::{rest}"),
            _ => format!("{}::{path}", self.module),
        }
    }

    /// The comments that rustdoc reads, each whole.
    pub(crate) fn docs(&self) -> Vec<String> {
        let tokens = self.text.parse();
        let mut docs = Vec::new();
        read_docs(tokens.unwrap_or_else(|it| panic!("{}: {it}", self.module)), &mut docs);
        docs
    }
}

/// The name and the path of everything that is imported.
pub(crate) fn imports(item: &ItemUse) -> Vec<(String, String)> {
    let mut imports = Vec::new();
    flatten(&item.tree, &[], &mut imports);
    imports
}

fn flatten(tree: &UseTree, above: &[String], imports: &mut Vec<(String, String)>) {
    let mut add = |ident: &syn::Ident, name: &syn::Ident| {
        // `a::{self}` is `a`.
        let last = if ident == "self" { None } else { Some(ident.to_string()) };
        let path: Vec<_> = above.iter().cloned().chain(last).collect();
        let name = if name == "self" { path.last().cloned() } else { Some(name.to_string()) };
        imports.extend(name.map(|name| (name, path.join("::"))));
    };
    match tree {
        UseTree::Path(path) => {
            let above = [above, &[path.ident.to_string()]].concat();
            flatten(&path.tree, &above, imports);
        }
        UseTree::Name(name) => add(&name.ident, &name.ident),
        UseTree::Rename(rename) => add(&rename.ident, &rename.rename),
        UseTree::Group(group) => {
            group.items.iter().for_each(|tree| flatten(tree, above, imports));
        }
        UseTree::Glob(_) => {}
    }
}

/// In tokens a comment is an attribute, and so it is found inside of a macro's call too.
fn read_docs(tokens: TokenStream, docs: &mut Vec<String>) {
    let mut open = String::new();
    for token in tokens {
        match token {
            TokenTree::Punct(punct) if "#!".contains(punct.as_char()) => continue,
            TokenTree::Group(group) => match doc_line(&group.stream()) {
                Some(line) => {
                    open.push_str(&line);
                    open.push('\n');
                    continue;
                }
                None => read_docs(group.stream(), docs),
            },
            _ => {}
        }
        docs.extend((!open.is_empty()).then(|| std::mem::take(&mut open)));
    }
}

/// What stands in `doc = "..."`.
fn doc_line(attribute: &TokenStream) -> Option<String> {
    let mut tokens = attribute.clone().into_iter();
    let is_doc = matches!(tokens.next(), Some(TokenTree::Ident(name)) if name == "doc");
    let is_value = matches!(tokens.next(), Some(TokenTree::Punct(punct)) if punct.as_char() == '=');
    let literal = tokens.next().filter(|_| is_doc && is_value)?;
    syn::parse2::<LitStr>(literal.into()).ok().map(|literal| literal.value())
}

fn walk(folder: &Path, below: &str, sources: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{below}{name}");
        if entry.file_type().expect("a kind").is_dir() {
            walk(&entry.path(), &format!("{path}/"), sources);
        } else {
            let text = fs::read_to_string(entry.path()).expect("Rust");
            sources.push(Source::new(&path, &text));
        }
    }
}

const CRATE: &str = "receiver_core";
