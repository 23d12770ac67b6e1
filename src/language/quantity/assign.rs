//! Assigns the equal quantities of two texts to each other, one to one.

use super::Quantity;
use super::equal::Equality;

/// How far apart (in places of the two lists) quantities are still compared. Lists longer than this are tables and
/// keep their order; the window keeps the time linear.
pub(super) const WINDOW: usize = 48;

/// Which English quantities each Chinese one is equal to, the best equality and the nearest place first.
#[derive(Default)]
pub(super) struct Edges {
    list: Vec<(Equality, usize)>,
    ends: Vec<usize>,
}

impl Edges {
    /// Adds the edges of the next Chinese quantity.
    pub fn push(&mut self, row: impl Iterator<Item = (Equality, usize)>, distance: impl Fn(usize) -> usize) {
        let from = self.list.len();
        self.list.extend(row);
        self.list[from..].sort_by_key(|&(equality, j)| (equality, distance(j)));
        self.ends.push(self.list.len());
    }

    /// The edges of Chinese quantity `i`.
    pub fn edges_of(&self, i: usize) -> &[(Equality, usize)] {
        let from = i.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.list[from..self.ends[i]]
    }
}

/// The assignment in the making: the other's index for each Chinese and each English quantity.
struct Assignment<'e> {
    edges: &'e Edges,
    of_zh: Vec<Option<usize>>,
    of_en: Vec<Option<usize>>,
    /// What the first two tiers assign stays: a converted or bare figure never takes the counterpart of an equal one.
    /// Empty until they are done.
    is_final: Vec<bool>,
    /// Steps of the path in the making: a Chinese index, the step that led here, the English index that step took away.
    queue: Vec<(usize, usize, usize)>,
    seen: Vec<usize>,
}

/// Assigns as many equal quantities to each other as possible, the better equalities first (augmenting paths, Kuhn 1955). Returns
/// the other's index for each Chinese and each English quantity.
pub(super) fn assign(edges: &Edges, zh: &[Quantity], en: usize) -> (Vec<Option<usize>>, Vec<Option<usize>>) {
    let mut assignment = Assignment {
        edges,
        of_zh: vec![None; zh.len()],
        of_en: vec![None; en],
        is_final: Vec::new(),
        queue: Vec::new(),
        seen: Vec::new(),
    };
    for tier in [
        Equality::Exact,
        Equality::Form,
        Equality::Bare,
        Equality::Converted,
        Equality::Rounded,
    ] {
        if tier > Equality::Form {
            if assignment.of_zh.iter().all(Option::is_some) {
                break;
            }
            assignment.is_final = assignment.of_en.iter().map(Option::is_some).collect();
        }
        // Figures first, common words (一个) from what they leave.
        for weak in [false, true] {
            for i in (0..zh.len()).filter(|&i| zh[i].weak == weak) {
                if assignment.of_zh[i].is_none() {
                    assignment.augment(tier, i);
                }
            }
        }
    }
    (assignment.of_zh, assignment.of_en)
}

impl Assignment<'_> {
    /// Finds a free English quantity for `i`, moving assigned ones along a breadth-first alternating path.
    fn augment(&mut self, tier: Equality, i: usize) {
        // The path of one step, which nearly all are.
        let mut near = self.edges.edges_of(i).iter().take_while(|(e, _)| *e <= tier);
        if let Some(&(_, j)) = near.find(|&&(_, j)| self.of_en[j].is_none()) {
            (self.of_zh[i], self.of_en[j]) = (Some(j), Some(i));
            return;
        }
        self.queue.clear();
        self.seen.clear();
        self.queue.push((i, usize::MAX, usize::MAX));
        let mut head = 0;
        while head < self.queue.len() && self.queue.len() <= 2 * WINDOW {
            let (z, ..) = self.queue[head];
            // The edges of better equalities come first.
            for &(_, j) in self.edges.edges_of(z).iter().take_while(|(e, _)| *e <= tier) {
                if self.is_final.get(j) == Some(&true) || self.seen.contains(&j) {
                    continue;
                }
                self.seen.push(j);
                if let Some(owner) = self.of_en[j] {
                    self.queue.push((owner, head, j));
                    continue;
                }
                let (mut step, mut free) = (head, j);
                loop {
                    let (z, parent, lost) = self.queue[step];
                    (self.of_zh[z], self.of_en[free]) = (Some(free), Some(z));
                    if parent == usize::MAX {
                        return;
                    }
                    (step, free) = (parent, lost);
                }
            }
            head += 1;
        }
    }
}
