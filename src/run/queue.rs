//! Works on many things at once and hands the results over in order.
//!
//! In: how many there are, what each weighs, what to do. Out: results, one after the other, on the
//! calling thread. At most a window of them is in work or waiting, so that one slow document does not
//! let all those behind it pile up in memory.

use rayon::ThreadPool;
use std::collections::BTreeMap;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;

/// How much may be in work or waiting at once.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// So many things …
    pub most: usize,
    /// … that weigh so much together; one may always go.
    pub weight: u64,
}

/// Does `work` for each of `range` on the pool and gives the results to `take` in order.
///
/// Once `stop` is set nothing new is begun, and what has begun is handed over. Gives the first one that was
/// not handed over.
///
/// # Errors
/// The first error of `take`; what is in work then is finished and dropped.
pub fn in_order<T: Send, E>(
    pool: &ThreadPool,
    range: Range<usize>,
    window: Window,
    weight: impl Fn(usize) -> u64,
    work: impl Fn(usize) -> T + Sync,
    stop: &AtomicBool,
    mut take: impl FnMut(usize, T) -> Result<(), E>,
) -> Result<usize, E> {
    let (sender, receiver) = channel();
    let work = &work;
    pool.in_place_scope(|scope| {
        let (mut next, mut begun, mut weighing) = (range.start, range.start, 0);
        let mut waiting = BTreeMap::new();
        loop {
            while begun < range.end
                && !stop.load(Ordering::Relaxed)
                && (begun == next || (begun - next < window.most && weighing + weight(begun) <= window.weight))
            {
                let (index, sender) = (begun, sender.clone());
                weighing += weight(begun);
                begun += 1;
                scope.spawn(move |_| {
                    // A panic is handed over too, or the caller would wait for this result for ever.
                    let result = catch_unwind(AssertUnwindSafe(|| work(index)));
                    let _ = sender.send((index, result));
                });
            }
            if next == begun {
                return Ok(next);
            }
            // The sender above lives on, so this waits for one of those begun.
            let Ok((index, result)) = receiver.recv() else { return Ok(next) };
            waiting.insert(index, result);
            while let Some(result) = waiting.remove(&next) {
                weighing -= weight(next);
                take(next, result.unwrap_or_else(|panic| resume_unwind(panic)))?;
                next += 1;
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicUsize;
    use std::time::Duration;

    fn pool(threads: usize) -> ThreadPool {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads")
    }

    #[test]
    fn results_come_in_order_and_the_window_holds() {
        let window = Window { most: 4, weight: 100 };
        let (running, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let mut taken = Vec::new();
        let work = |index: usize| {
            most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            std::thread::sleep(Duration::from_millis(if index.is_multiple_of(5) { 8 } else { 1 }));
            index * 2
        };
        let take = |index: usize, double: usize| {
            running.fetch_sub(1, Ordering::SeqCst);
            taken.push((index, double));
            Ok::<_, ()>(())
        };
        let end = in_order(&pool(3), 0..40, window, |_| 1, work, &AtomicBool::new(false), take);
        assert_eq!(end, Ok(40));
        assert_eq!(taken, (0..40).map(|index| (index, index * 2)).collect::<Vec<_>>());
        assert!(most.into_inner() <= 4, "results that wait count as well");
    }

    #[test]
    fn what_is_heavier_than_the_window_goes_alone() {
        let window = Window { most: 4, weight: 10 };
        let end =
            in_order(&pool(2), 0..5, window, |_| 99, |index| index, &AtomicBool::new(false), |_, _| Ok::<_, ()>(()));
        assert_eq!(end, Ok(5));
    }

    #[test]
    fn after_stop_what_was_begun_is_handed_over() {
        let stop = AtomicBool::new(false);
        let window = Window { most: 3, weight: 100 };
        let mut taken = 0;
        let end = in_order(
            &pool(2),
            0..1000,
            window,
            |_| 1,
            |index| index,
            &stop,
            |index, _| {
                taken += 1;
                stop.fetch_or(index == 10, Ordering::Relaxed);
                Ok::<_, ()>(())
            },
        );
        assert_eq!(end, Ok(taken));
        assert!((11..=14).contains(&taken), "{taken}");
    }

    #[test]
    #[should_panic(expected = "the seventh")]
    fn a_panic_reaches_the_caller() {
        let window = Window { most: 3, weight: 100 };
        let work = |index: usize| assert_ne!(index, 7, "the seventh");
        let end = in_order(&pool(2), 0..50, window, |_| 1, work, &AtomicBool::new(false), |_, ()| Ok::<_, ()>(()));
        assert_eq!(end, Ok(50), "not reached");
    }

    #[test]
    fn an_error_ends_it() {
        let window = Window { most: 3, weight: 100 };
        let end = in_order(
            &pool(2),
            0..50,
            window,
            |_| 1,
            |index| index,
            &AtomicBool::new(false),
            |index, _| {
                if index == 7 { Err("full") } else { Ok(()) }
            },
        );
        assert_eq!(end, Err("full"));
    }
}
