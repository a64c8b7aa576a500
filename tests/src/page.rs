//! `Page`: a page of the documentation, and what stands in it.

use std::fs;
use std::path::Path;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::case::workspace_dir;

/// A Markdown file of the repository.
#[derive(Debug)]
pub struct Page {
    /// From the root of the repository, such as `docs/verify.md`.
    pub path: String,
    /// All of it.
    pub text: String,
}

/// A fenced block of code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What stands behind the fence, such as `rust,no_run`.
    pub language: String,
    /// What stands in it.
    pub text: String,
}

impl Page {
    /// The page at this path.
    #[must_use]
    pub fn read(path: &str) -> Self {
        let text = fs::read_to_string(workspace_dir().join(path));
        Self { path: path.to_owned(), text: text.unwrap_or_else(|error| panic!("{path}: {error}")) }
    }

    /// Every page there is, but what a build made.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let mut pages = Vec::new();
        walk(&workspace_dir(), "", &mut pages);
        pages.sort();
        pages.iter().map(|path| Self::read(path)).collect()
    }

    /// Its blocks of code, in order. One without a language has the language "".
    #[must_use]
    pub fn blocks(&self) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut open: Option<Block> = None;
        for event in self.events() {
            match event {
                Event::Start(Tag::CodeBlock(kind)) => {
                    let language = match kind {
                        CodeBlockKind::Fenced(language) => language.into_string(),
                        CodeBlockKind::Indented => String::new(),
                    };
                    open = Some(Block { language, text: String::new() });
                }
                Event::Text(text) => open.iter_mut().for_each(|block| block.text.push_str(&text)),
                Event::End(TagEnd::CodeBlock) => blocks.extend(open.take()),
                _ => {}
            }
        }
        blocks
    }

    /// Its headings: the level, and the anchor that a forge and the book give it.
    #[must_use]
    pub fn headings(&self) -> Vec<(HeadingLevel, String)> {
        let mut headings: Vec<(HeadingLevel, String)> = Vec::new();
        let mut open: Option<(HeadingLevel, String)> = None;
        for event in self.events() {
            match event {
                Event::Start(Tag::Heading { level, .. }) => open = Some((level, String::new())),
                Event::Text(text) | Event::Code(text) => {
                    if let Some((_, heading)) = &mut open {
                        heading.push_str(&text);
                    }
                }
                Event::End(TagEnd::Heading(_)) => {
                    headings.extend(open.take().map(|(level, heading)| (level, anchor(&heading))));
                }
                _ => {}
            }
        }
        headings
    }

    /// Where its links and pictures lead.
    #[must_use]
    pub fn links(&self) -> Vec<String> {
        let links = self.events().filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                Some(dest_url.into_string())
            }
            _ => None,
        });
        links.collect()
    }

    fn events(&self) -> Parser<'_> {
        Parser::new_ext(&self.text, Options::ENABLE_TABLES)
    }
}

/// Letters, digits, hyphens and underscores in lower case; a hyphen for a space.
fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase().replace(' ', "-");
    kept.chars().filter(|letter| letter.is_alphanumeric() || "-_".contains(*letter)).collect()
}

fn walk(folder: &Path, below: &str, pages: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{below}{name}");
        let kind = entry.file_type().expect("a kind");
        if kind.is_dir() {
            if !name.starts_with('.') && name != "target" {
                walk(&entry.path(), &format!("{path}/"), pages);
            }
        // A package's changelog is a link to the one page.
        } else if kind.is_file()
            && Path::new(&name).extension().is_some_and(|extension| extension == "md")
        {
            pages.push(path);
        }
    }
}
