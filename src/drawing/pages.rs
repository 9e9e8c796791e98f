//! Strips put onto pages: what belongs together stays together, and a table's head stands again where it goes on.

use super::strip::Strip;

/// The height there is for text on a page.
pub(super) const TEXT_HEIGHT: f32 = 705.0;

/// A strip on its page, so far below the top of the text.
#[derive(Debug)]
pub(super) struct Placed {
    pub y: f32,
    pub strip: Strip,
}

/// A page with at least one strip on it.
pub(super) type PageOfStrips = Vec<Placed>;

/// `heads` are the strips of each table's head, by the table's number.
pub(super) fn paginate(strips: Vec<Strip>, heads: &[Vec<Strip>]) -> Vec<PageOfStrips> {
    let mut press = Press { pages: vec![Vec::new()], y: 0.0, heads };
    let mut waiting = strips.into_iter().peekable();
    while let Some(first) = waiting.next() {
        let mut together = vec![first];
        while together.last().is_some_and(|strip| strip.with_next)
            && let Some(next) = waiting.next()
        {
            together.push(next);
        }
        press.place(together);
    }
    press.pages.retain(|page| !page.is_empty());
    press.pages
}

struct Press<'a> {
    pages: Vec<PageOfStrips>,
    y: f32,
    heads: &'a [Vec<Strip>],
}

impl Press<'_> {
    /// Together if one page can hold them.
    fn place(&mut self, mut together: Vec<Strip>) {
        let height: f32 = together.iter().map(|strip| strip.space_before + strip.height).sum();
        let room = TEXT_HEIGHT - self.height_of_head(&together[0]);
        if height <= room && self.y + height > TEXT_HEIGHT || together[0].starts_page {
            self.turn_for(&mut together[0]);
        }
        for mut strip in together {
            if self.y + strip.space_before + strip.height > TEXT_HEIGHT {
                self.turn_for(&mut strip);
            }
            self.put(strip);
        }
    }

    /// A new page for this strip, unless it would leave an empty one.
    fn turn_for(&mut self, strip: &mut Strip) {
        strip.space_before = 0.0;
        if self.y == 0.0 {
            return;
        }
        self.pages.push(Vec::new());
        self.y = 0.0;
        let head = strip.in_table.map(|table| self.heads[table].iter().map(Strip::again).collect::<Vec<_>>());
        for strip in head.unwrap_or_default() {
            self.put(strip);
        }
    }

    fn put(&mut self, strip: Strip) {
        self.y += if self.y > 0.0 { strip.space_before } else { 0.0 };
        let (y, height) = (self.y, strip.height);
        self.y += height;
        self.pages.last_mut().expect("there is always a page").push(Placed { y, strip });
    }

    fn height_of_head(&self, strip: &Strip) -> f32 {
        strip.in_table.map_or(0.0, |table| self.heads[table].iter().map(|head| head.height).sum())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn strip(height: f32) -> Strip {
        Strip { height, ..Strip::default() }
    }

    fn heights(pages: &[PageOfStrips]) -> Vec<Vec<f32>> {
        pages.iter().map(|page| page.iter().map(|placed| placed.strip.height).collect()).collect()
    }

    #[test]
    fn what_belongs_together_goes_on_to_the_next_page_together() {
        let heading = Strip { with_next: true, ..strip(30.0) };
        let pages = paginate(vec![strip(600.0), heading, strip(100.0), strip(20.0)], &[]);
        assert_eq!(heights(&pages), [vec![600.0], vec![30.0, 100.0, 20.0]]);
    }

    #[test]
    fn the_head_of_a_table_stands_again_where_it_goes_on() {
        let head = Strip { with_next: true, ..strip(25.0) };
        let row = || Strip { in_table: Some(0), ..strip(300.0) };
        let pages = paginate(vec![head.clone(), row(), row(), row()], &[vec![head]]);
        assert_eq!(heights(&pages), [vec![25.0, 300.0, 300.0], vec![25.0, 300.0]]);
    }

    proptest! {
        #[test]
        fn every_strip_is_on_one_page_in_its_order_and_within_its_edges(
            wanted in proptest::collection::vec((1.0_f32..700.0, 0.0_f32..30.0, any::<bool>(), any::<bool>()), 1..60),
        ) {
            let head = strip(5.0);
            let strips: Vec<Strip> = wanted
                .iter()
                .enumerate()
                .map(|(number, (height, space_before, with_next, in_table))| Strip {
                    space_before: *space_before,
                    with_next: *with_next,
                    in_table: in_table.then_some(0),
                    heading: Some((2, number.to_string())),
                    ..strip(*height)
                })
                .collect();
            let pages = paginate(strips, &[vec![head]]);
            let placed: Vec<&Placed> = pages.iter().flatten().collect();
            let order: Vec<usize> =
                placed.iter().filter_map(|p| p.strip.heading.as_ref()?.1.parse().ok()).collect();
            prop_assert_eq!(order, (0..wanted.len()).collect::<Vec<_>>());
            for page in &pages {
                prop_assert!(!page.is_empty());
                for pair in page.windows(2) {
                    prop_assert!(pair[0].y + pair[0].strip.height <= pair[1].y + 0.01);
                }
                let last = page.last().expect("it is not empty");
                prop_assert!(last.y + last.strip.height <= TEXT_HEIGHT + 0.01);
            }
        }
    }
}
