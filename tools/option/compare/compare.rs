//! Prints the speed and the errors of the implied volatilities that the crate implied-vol finds; see compare.py.

use implied_vol::{DefaultSpecialFn, ImpliedBlackVolatility};

struct Row {
    call: bool,
    forward: f64,
    strike: f64,
    years: f64,
    price: f64,
    expected: f64,
    practical: bool,
}

fn find(row: &Row) -> f64 {
    ImpliedBlackVolatility::builder()
        .option_price(row.price)
        .forward(row.forward)
        .strike(row.strike)
        .expiry(row.years)
        .is_call(row.call)
        .build()
        .and_then(|it| it.calculate::<DefaultSpecialFn>())
        .unwrap_or(f64::NAN)
}

fn cpu_nanos() -> f64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut time) };
    time.tv_sec as f64 * 1e9 + time.tv_nsec as f64
}

fn main() {
    let text = std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();
    let rows: Vec<Row> = text
        .lines()
        .map(|line| {
            let n: Vec<f64> = line.split(' ').map(|it| it.parse().unwrap()).collect();
            Row {
                call: n[0] == 1.0,
                forward: n[1],
                strike: n[2],
                years: n[3],
                price: n[4],
                expected: n[5],
                practical: n[6] == 1.0,
            }
        })
        .collect();
    let (mut worst, mut unanswered) = (0.0f64, 0);
    for row in &rows {
        let found = find(row);
        if !(found > 0.0 && found.is_finite()) {
            unanswered += 1;
        } else if row.practical {
            worst = worst.max((found / row.expected - 1.0).abs());
        }
    }
    let (mut least, mut sum) = (f64::INFINITY, 0.0);
    for _ in 0..60 {
        let begin = cpu_nanos();
        for _ in 0..200 {
            for row in &rows {
                sum += std::hint::black_box(find(std::hint::black_box(row)));
            }
        }
        least = least.min((cpu_nanos() - begin) / 200.0 / rows.len() as f64);
    }
    eprintln!("{sum}");
    println!("implied-vol {least:.1} {worst:.2e} {unanswered} {}", rows.len());
}
