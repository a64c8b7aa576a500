//! The pages hang together: links lead somewhere, the book has every page, and the first page says the
//! same in three languages.

use std::path::{Component, Path};

use receiver_tests::case::workspace_dir;
use receiver_tests::page::Page;

#[test]
fn every_link_leads_to_a_file_and_its_heading() {
    let pages = Page::all();
    assert!(pages.len() > 20, "{}", pages.len());
    let broken: Vec<_> = pages.iter().flat_map(|page| broken(page, &pages)).collect();
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn a_link_that_leads_nowhere_is_found() {
    let pages = [Page::read("README.md")];
    let on = |path: &str, link: &str| {
        let text = format!("[here]({link})\n\n## Aqui é");
        broken(&Page { path: path.to_owned(), text }, &pages).len()
    };
    let found = |link: &str| on("docs/planted.md", link);
    for good in [
        "../README.md",
        "../README.md#a-handler",
        "../examples",
        "#aqui-é",
        "https://example.com/x",
    ] {
        assert_eq!(found(good), 0, "{good}");
    }
    for bad in ["README.md", "../README.md#handler", "../examples/none", "#aqui", "/README.md", ""]
    {
        assert_eq!(found(bad), 1, "{bad}");
    }
    // An item is one on the crate's page alone, and not by a bare name.
    assert_eq!((on(CRATE, "scheme::Layout"), found("scheme::Layout")), (0, 1));
    assert_eq!(on(CRATE, "handshake"), 1);
}

/// Other sites are not asked: a test says the same without a network.
fn broken(page: &Page, pages: &[Page]) -> Vec<String> {
    let is_good = |link: &str| {
        // The crate's page links to items too, which rustdoc checks. A forge makes no link of a path
        // with `::`; a bare name it would take for a file.
        let is_item = page.path == CRATE && link.contains("::");
        if link.starts_with("https://") || is_item {
            return true;
        }
        let (path, anchor) = link.split_once('#').unwrap_or((link, ""));
        let target =
            if path.is_empty() { Some(page.path.clone()) } else { resolve(&page.path, path) };
        let Some(target) = target else { return false };
        let is_page = |other: &&Page| other.path == target;
        match [page].into_iter().chain(pages).find(is_page) {
            Some(_) if anchor.is_empty() => !link.is_empty(),
            Some(other) => other.headings().iter().any(|(_, heading)| heading == anchor),
            None => anchor.is_empty() && workspace_dir().join(target).exists(),
        }
    };
    let links = page.links().into_iter().filter(|link| !is_good(link));
    links.map(|link| format!("{}: {link}", page.path)).collect()
}

/// A path seen from a page, seen from the root of the repository; none if it leads out of it.
fn resolve(page: &str, link: &str) -> Option<String> {
    let mut parts: Vec<_> = page.split('/').collect();
    parts.pop();
    for component in Path::new(link).components() {
        match component {
            Component::ParentDir => drop(parts.pop()?),
            Component::Normal(part) => parts.push(part.to_str()?),
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(parts.join("/"))
}

/// The book is made of what its contents list, and its links lead to nothing else.
#[test]
fn the_book_has_every_page() {
    let contents = Page::read("docs/SUMMARY.md");
    let listed: Vec<_> =
        contents.links().iter().filter_map(|link| resolve(&contents.path, link)).collect();
    for page in Page::all().iter().filter(|page| page.path != contents.path) {
        let times = listed.iter().filter(|path| **path == page.path).count();
        assert_eq!(times, 1, "{} in the book's contents", page.path);
    }
}

#[test]
fn the_first_page_says_the_same_in_three_languages() {
    let english = Page::read("README.md");
    assert!(
        english.links().len() > 30 && english.headings().len() > 3 && english.blocks().len() > 3
    );
    for path in ["README.pt-BR.md", "README.es.md"] {
        let page = Page::read(path);
        assert_eq!(page.blocks(), english.blocks(), "{path}");
        assert_eq!(levels(&page), levels(&english), "{path}");
        assert_eq!(rows(&page), rows(&english), "{path}");
        let of_text = |page: &Page| {
            page.links().into_iter().filter(|link| !is_readme(link)).collect::<Vec<_>>()
        };
        assert_eq!(of_text(&page), of_text(&english), "{path}");
        assert_eq!(spans(&page), spans(&english), "{path}");
    }
    // Each has the other two.
    for (path, others) in [
        ("README.md", ["README.pt-BR.md", "README.es.md"]),
        ("README.pt-BR.md", ["README.md", "README.es.md"]),
        ("README.es.md", ["README.md", "README.pt-BR.md"]),
    ] {
        let links = Page::read(path).links();
        let linked: Vec<_> = links.iter().filter(|link| is_readme(link)).collect();
        assert_eq!(linked, others, "{path}");
    }
}

fn is_readme(link: &str) -> bool {
    link.starts_with("README")
}

fn levels(page: &Page) -> Vec<pulldown_cmark::HeadingLevel> {
    page.headings().into_iter().map(|(level, _)| level).collect()
}

/// How many cells each line of a table has.
fn rows(page: &Page) -> Vec<usize> {
    page.text
        .lines()
        .filter(|line| line.starts_with('|'))
        .map(|line| line.matches('|').count())
        .collect()
}

/// The names of things, which are the same in every language. They may come in another order.
fn spans(page: &Page) -> Vec<String> {
    let mut spans: Vec<_> = page.text.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    spans.sort();
    spans
}

/// The page of the crate, which rustdoc shows too.
const CRATE: &str = "receiver-core/README.md";
