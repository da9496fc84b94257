//! Runs that are killed, interrupted, or find that something has changed.

use super::support::*;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const PARTS: [&str; 4] = ["--part-bytes", "12000", "--jobs", "2"];

fn start(input: &Path, out: &Path, format: &str) -> Child {
    let mut command = juesuan();
    command.arg("extract").arg(input).arg("--out").arg(out).args(PARTS).args(["--format", format]);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("juesuan runs")
}

/// Lines of the manifest: one for the header, one for each part.
fn lines(out: &Path) -> usize {
    fs::read_to_string(out.join("manifest.jsonl")).map_or(0, |text| text.matches('\n').count())
}

fn wait_for_lines(out: &Path, count: usize, child: &mut Child) {
    let started = Instant::now();
    while lines(out) < count && child.try_wait().expect("a child").is_none() && started.elapsed().as_secs() < 30 {
        std::thread::sleep(Duration::from_micros(200));
    }
}

#[test]
fn a_killed_run_goes_on_and_ends_in_the_same_bytes() {
    let root = folder();
    let input = reports(root.path(), 60);
    for format in ["parquet", "csv"] {
        let whole = root.path().join(format!("{format}-whole"));
        extract_well(&input, &whole, &[&PARTS[..], &["--format", format]].concat());
        let all = lines(&whole);
        assert!(all > 8, "several parts: {all}");
        let mut caught = 0;
        for (kill, wait) in [0, 1, 2, 4, 7].into_iter().enumerate() {
            let out = root.path().join(format!("{format}-{kill}"));
            let mut child = start(&input, &out, format);
            wait_for_lines(&out, wait, &mut child);
            std::thread::sleep(Duration::from_millis(kill as u64)); // somewhere inside of the next part
            child.kill().expect("killed");
            child.wait().expect("a child");
            caught += usize::from(lines(&out) < all);
            extract_well(&input, &out, &[&PARTS[..], &["--format", format, "--resume"]].concat());
            assert_same_files(&whole, &out);
        }
        assert!(caught > 0, "every run had ended before it was killed");
    }
}

/// Kills at moments that nobody chose: ten, or as many as `JUESUAN_KILLS` says, over runs of both formats.
#[test]
fn killed_at_any_moment_and_resumed_a_run_ends_in_the_same_bytes() {
    let kills: u64 = std::env::var("JUESUAN_KILLS").map_or(10, |count| count.parse().expect("a number of kills"));
    let root = folder();
    let input = reports(root.path(), 90);
    let clock = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("a clock");
    let mut random = clock.as_nanos() as u64 | 1;
    let seed = random;
    let (mut inside, mut killed) = (0, 0);
    for format in ["parquet", "csv"] {
        let whole = root.path().join(format!("{format}-whole"));
        let started = Instant::now();
        extract_well(&input, &whole, &[&PARTS[..], &["--format", format]].concat());
        let length = started.elapsed().as_micros() as u64;
        for kill in 0..kills.div_ceil(2) {
            let out = root.path().join(format!("{format}-{kill}"));
            let mut child = start(&input, &out, format);
            // xorshift: any moment from the start to the end.
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            std::thread::sleep(Duration::from_micros(random % length));
            child.kill().expect("killed");
            let status = child.wait().expect("a child");
            killed += usize::from(!status.success());
            inside += usize::from((1..lines(&whole)).contains(&lines(&out)));
            let resumed = extract(&input, &out, &[&PARTS[..], &["--format", format, "--resume"]].concat());
            assert_eq!(resumed.status.code(), Some(0), "kill {kill}, {format}, seed {seed}: {}", stderr(&resumed));
            assert_same_files(&whole, &out);
            fs::remove_dir_all(&out).expect("removed");
        }
    }
    println!("{killed} killed before their end, {inside} of them between the first part and the last; seed {seed}");
    assert!(killed > 0, "every run had ended before it was killed");
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_a_readable_dataset_and_says_how_to_go_on() {
    let root = folder();
    let input = reports(root.path(), 600);
    let (whole, out) = (root.path().join("whole"), root.path().join("out"));
    extract_well(&input, &whole, &PARTS);
    let mut command = juesuan();
    command.arg("extract").arg(&input).arg("--out").arg(&out).args(PARTS);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("juesuan runs");
    wait_for_lines(&out, 2, &mut child);
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill runs");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(130), "{}", stderr(&output));
    assert!(stderr(&output).contains("--resume goes on"), "{}", stderr(&output));
    let read = parquet(&out, "documents").height();
    assert!((1..600).contains(&read) && out.join("datapackage.json").is_file(), "{read}");
    extract_well(&input, &out, &[&PARTS[..], &["--resume"]].concat());
    assert_same_files(&whole, &out);
}

#[test]
fn only_parts_from_the_first_change_on_are_done_again() {
    let root = folder();
    let input = reports(root.path(), 30);
    let out = root.path().join("out");
    extract_well(&input, &out, &PARTS);
    let first = out.join("numbers/part-00000.parquet");
    let untouched = fs::metadata(&first).and_then(|metadata| metadata.modified()).expect("a time");
    fs::write(input.join("report-027.txt"), "只有1个数字").expect("a report");
    fs::remove_file(input.join("report-024.txt")).expect("a report");
    fs::write(input.join("z-new.txt"), "12").expect("a report");
    let output = extract_well(&input, &out, &[&PARTS[..], &["--resume"]].concat());
    assert!(stdout(&output).contains("were done already"), "{}", stdout(&output));
    assert_eq!(fs::metadata(&first).and_then(|metadata| metadata.modified()).expect("a time"), untouched);
    let fresh = root.path().join("fresh");
    extract_well(&input, &fresh, &PARTS);
    assert_same_files(&fresh, &out);
}

#[test]
fn a_damaged_part_is_done_again() {
    let root = folder();
    let input = reports(root.path(), 30);
    let (whole, out) = (root.path().join("whole"), root.path().join("out"));
    extract_well(&input, &whole, &PARTS);
    extract_well(&input, &out, &PARTS);
    fs::remove_file(out.join("cells/part-00002.parquet")).expect("a part");
    fs::write(out.join("facts/.part-00009.parquet.unfinished"), "left behind").expect("a file");
    extract_well(&input, &out, &[&PARTS[..], &["--resume"]].concat());
    assert_same_files(&whole, &out);
}

#[test]
fn other_options_start_from_the_beginning() {
    let root = folder();
    let input = reports(root.path(), 10);
    let (whole, out) = (root.path().join("whole"), root.path().join("out"));
    extract_well(&input, &whole, &["--format", "csv"]);
    extract_well(&input, &out, &PARTS);
    let output = extract_well(&input, &out, &["--format", "csv", "--resume"]);
    assert!(stderr(&output).contains("starting from the beginning"), "{}", stderr(&output));
    assert_same_files(&whole, &out);
}

#[test]
fn to_resume_nothing_is_to_begin() {
    let root = folder();
    let input = reports(root.path(), 3);
    let (whole, out) = (root.path().join("whole"), root.path().join("out"));
    extract_well(&input, &whole, &[]);
    extract_well(&input, &out, &["--resume"]);
    assert_same_files(&whole, &out);
    extract_well(&input, &out, &["--resume"]);
    assert_same_files(&whole, &out);
}

#[cfg(unix)]
#[test]
fn a_second_run_in_the_same_folder_is_refused() {
    let root = folder();
    let input = reports(root.path(), 2);
    let out = root.path().join("out");
    extract_well(&input, &out, &[]);
    let manifest = fs::OpenOptions::new().read(true).write(true).open(out.join("manifest.jsonl")).expect("a manifest");
    manifest.lock().expect("the lock that a run holds");
    let output = extract(&input, &out, &["--overwrite"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("another run of juesuan is writing there"), "{}", stderr(&output));
}
