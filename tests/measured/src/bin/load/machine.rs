//! The machine: its cores, and what it says it is.

use std::fs;
use std::thread::available_parallelism;

/// A core for the server, and one for the generator that shares nothing with it where there is one.
pub(crate) fn cores() -> Result<(usize, usize), String> {
    let number = available_parallelism().map_or(1, usize::from);
    let siblings = fs::read_to_string("/sys/devices/system/cpu/cpu0/topology/thread_siblings_list");
    let siblings = siblings.map_or_else(|_| vec![0], |list| read_list(&list));
    let generator = (1..number).find(|core| !siblings.contains(core));
    let generator = generator.or((number > 1).then_some(1));
    Ok((0, generator.ok_or("it takes two cores, one for the server and one for its clients")?))
}

/// `0-1,4` as the kernel writes it.
fn read_list(text: &str) -> Vec<usize> {
    let ranges = text.trim().split(',').filter_map(|range| {
        let (first, last) = range.split_once('-').unwrap_or((range, range));
        Some(first.parse().ok()?..=last.parse::<usize>().ok()?)
    });
    ranges.flatten().collect()
}

/// Processor and kernel.
pub(crate) fn about() -> String {
    let processor = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model =
        processor.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let kernel = kernel.split('-').next().unwrap_or_default().trim().to_owned();
    let number = available_parallelism().map_or(1, usize::from);
    format!("{}, {number} cores, Linux {kernel}", model.map_or("unknown", |(_, model)| model))
}

/// What ran at once, on average, in the last minute.
pub(crate) fn load_average() -> String {
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    load.split(' ').next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_cores_is_read() {
        assert_eq!(read_list("0\n"), [0]);
        assert_eq!(read_list("0-1,4\n"), [0, 1, 4]);
        assert_eq!(read_list(""), [0; 0]);
    }
}
