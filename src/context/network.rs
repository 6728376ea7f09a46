//! Suspicion passed along the graph of who reviewed what: no text, rating or date is needed, and no label.
//!
//! Filtered and paid-for reviews come from accounts that write once, and they gather: the one-review authors of a
//! property are compared with those of the properties that share its audience. With `n` the reviews of the author,
//! `S` of the `N` reviews of a property by one-review authors, and `a` their share in the whole file:
//!
//! ```text
//! own        = logit((S - self + K a) / (N - 1 + K))            without the review itself, K = 10
//! likeness   = C_pq / sqrt(sum C_p  sum C_q)                    C_pq: pairs of reviews of p and q by one author
//! peer       = mean of logit((S_q + K a) / (N_q + K)) over the 20 most alike, weighted by likeness; logit(a) without any
//! suspicion  = -1.5 ln n + (own - peer) - (peer - logit a) / 2
//! ```
//!
//! Priors, where the file has them, are added: four times the mean prior of the author's reviews above that of the file,
//! and the logit of the author's own prior above that of the mean author. Likeness costs the sum of the squared degrees
//! of authors; an author of more than [`WIDEST`] properties links everything with everything, and is left out of it.

use super::event::Core;
use super::groups::Groups;
use super::history::Context;
use super::{Horizon, NetworkView};
use rayon::prelude::*;

/// Pseudo-reviews that pull a property's share of one-review authors to that of the file.
const PADDING: f64 = 10.0;
/// Number of properties that share a property's audience.
const PEERS: usize = 20;
/// Authors of more properties than this say nothing about which are alike.
const WIDEST: usize = 256;
/// Unit of priors in [`Core`]; 0 stands for missing.
const PRIOR_UNIT: f64 = 60_000.0;

/// A prior as kept in an event.
pub(super) fn packed_prior(prior: Option<f64>) -> u16 {
    prior.map_or(0, |prior| 1 + (prior.clamp(0.0, 1.0) * PRIOR_UNIT).round() as u16)
}

/// Number and sum, in [`PRIOR_UNIT`]s, of the known ones of some priors.
#[derive(Clone, Copy, Debug, Default)]
struct Priors {
    count: u32,
    sum: u64,
}

impl Priors {
    fn add(&mut self, packed: u16) {
        if packed > 0 {
            self.count += 1;
            self.sum += u64::from(packed - 1);
        }
    }

    fn mean(self) -> Option<f64> {
        (self.count > 0).then(|| self.sum as f64 / PRIOR_UNIT / f64::from(self.count))
    }

    fn without(mut self, packed: u16) -> Priors {
        if packed > 0 {
            self.count -= 1;
            self.sum -= u64::from(packed - 1);
        }
        self
    }
}

/// One property of the graph.
#[derive(Clone, Copy, Debug, Default)]
struct Node {
    /// Reviews whose author is known.
    reviews: u32,
    /// Those by authors of one review.
    singles: u32,
    /// Log-odds of that share among its peers.
    peer: f64,
}

/// What the graph says of each property and author.
#[derive(Debug, Default)]
pub(super) struct Network {
    /// By group of properties; empty where the graph says nothing.
    properties: Vec<Node>,
    /// By group of reviewers: priors of the reviews, and of the author.
    reviewers: Vec<[Priors; 2]>,
    /// Share of reviews by one-review authors.
    share: f64,
    /// Mean prior of all reviews, and of all authors.
    priors: [Option<f64>; 2],
}

impl Network {
    /// Builds the graph. It stays empty where no reviewer has a second review.
    pub fn over(cores: &[Core], reviewers: &Groups, properties: &Groups) -> Network {
        let links = Links::of(cores, reviewers, properties);
        if properties.len() == 0 || (0..reviewers.len()).all(|group| reviewers.slots(group).len() < 2) {
            return Network::default();
        }
        let mut nodes = vec![Node::default(); properties.len()];
        let mut priors = vec![[Priors::default(); 2]; reviewers.len()];
        let mut all = [Priors::default(); 2];
        for (author, own) in priors.iter_mut().enumerate() {
            let single = reviewers.slots(author).len() == 1;
            for slot in reviewers.slots(author) {
                let core = reviewers.at(cores, slot);
                own[0].add(core.prior);
                own[1].add(core.reviewer_prior);
                all[0].add(core.prior);
            }
            if let Some(prior) = own[1].mean() {
                all[1].add(packed_prior(Some(prior)));
            }
            for link in links.of_author(author) {
                nodes[link.to as usize].reviews += link.reviews;
                nodes[link.to as usize].singles += if single { link.reviews } else { 0 };
            }
        }
        let (singles, reviews) = nodes.iter().fold((0u64, 0u64), |(s, n), node| {
            (s + u64::from(node.singles), n + u64::from(node.reviews))
        });
        let share = (singles as f64 + 0.5) / (reviews as f64 + 1.0);
        let peers = links.peers(&nodes, share);
        for (node, peer) in nodes.iter_mut().zip(peers) {
            node.peer = peer;
        }
        Network {
            properties: nodes,
            reviewers: priors,
            share,
            priors: all.map(Priors::mean),
        }
    }
}

/// Log-odds of a padded share.
fn padded(singles: u32, reviews: u32, share: f64) -> f64 {
    let of = (f64::from(singles) + PADDING * share) / (f64::from(reviews) + PADDING);
    (of / (1.0 - of)).ln()
}

fn logit(share: f64) -> f64 {
    (share / (1.0 - share)).ln()
}

/// Reviews between an author and a property.
#[derive(Clone, Copy)]
struct Link {
    to: u32,
    reviews: u32,
}

/// The graph, by author and by property.
struct Links {
    by_author: Vec<Link>,
    author_bounds: Vec<u32>,
    by_property: Vec<Link>,
    property_bounds: Vec<u32>,
}

impl Links {
    fn of(cores: &[Core], reviewers: &Groups, properties: &Groups) -> Links {
        debug_assert!(reviewers.entries.iter().all(|row| (*row as usize) < cores.len()));
        let mut by_author: Vec<Link> = Vec::new();
        let mut author_bounds = vec![0u32];
        let mut met: Vec<u32> = Vec::new();
        for author in 0..reviewers.len() {
            met.clear();
            let rows = reviewers.slots(author).map(|slot| reviewers.entries[slot] as usize);
            met.extend(
                rows.filter_map(|row| properties.of(row))
                    .map(|property| property as u32),
            );
            met.sort_unstable();
            by_author.extend(met.chunk_by(|a, b| a == b).map(|same| Link {
                to: same[0],
                reviews: same.len() as u32,
            }));
            author_bounds.push(by_author.len() as u32);
        }
        let mut property_bounds = vec![0u32; properties.len() + 1];
        for link in &by_author {
            property_bounds[link.to as usize + 1] += 1;
        }
        for property in 0..properties.len() {
            property_bounds[property + 1] += property_bounds[property];
        }
        let mut next = property_bounds.clone();
        let mut by_property = vec![Link { to: 0, reviews: 0 }; by_author.len()];
        for author in 0..reviewers.len() {
            for link in &by_author[author_bounds[author] as usize..author_bounds[author + 1] as usize] {
                by_property[next[link.to as usize] as usize] = Link {
                    to: author as u32,
                    reviews: link.reviews,
                };
                next[link.to as usize] += 1;
            }
        }
        Links {
            by_author,
            author_bounds,
            by_property,
            property_bounds,
        }
    }

    fn of_author(&self, author: usize) -> &[Link] {
        &self.by_author[self.author_bounds[author] as usize..self.author_bounds[author + 1] as usize]
    }

    fn of_property(&self, property: usize) -> &[Link] {
        &self.by_property[self.property_bounds[property] as usize..self.property_bounds[property + 1] as usize]
    }

    /// Log-odds of the share of one-review authors among the peers of each property.
    fn peers(&self, nodes: &[Node], share: f64) -> Vec<f64> {
        let linking = |author: u32| Some(self.of_author(author as usize)).filter(|links| links.len() <= WIDEST);
        let mut pairs = vec![0u64; nodes.len()];
        for author in 0..self.author_bounds.len() - 1 {
            let Some(links) = linking(author as u32) else { continue };
            let all: u64 = links.iter().map(|link| u64::from(link.reviews)).sum();
            for link in links {
                pairs[link.to as usize] += u64::from(link.reviews) * (all - u64::from(link.reviews));
            }
        }
        // Counts of pairs, for one property at a time; only what was touched is cleared.
        let scratch = || (vec![0u64; nodes.len()], Vec::<u32>::new());
        (0..nodes.len())
            .into_par_iter()
            .map_init(scratch, |(shared, touched), property| {
                for author in self.of_property(property) {
                    for link in linking(author.to)
                        .into_iter()
                        .flatten()
                        .filter(|link| link.to as usize != property)
                    {
                        let shared = &mut shared[link.to as usize];
                        if *shared == 0 {
                            touched.push(link.to);
                        }
                        *shared += u64::from(author.reviews) * u64::from(link.reviews);
                    }
                }
                let alike = touched.drain(..).map(|peer| {
                    let peer = peer as usize;
                    let pairs_shared = std::mem::take(&mut shared[peer]);
                    // The property's own number of pairs is the same for all and drops out of the mean.
                    let likeness = pairs_shared as f64 / (pairs[peer] as f64).sqrt();
                    (likeness, padded(nodes[peer].singles, nodes[peer].reviews, share))
                });
                nearest(alike.collect(), PEERS).unwrap_or(logit(share))
            })
            .collect()
    }
}

/// Mean value of the most alike, weighted by likeness; of those that tie for the last place, each counts in part, so
/// that no order decides. `None` without any.
fn nearest(mut alike: Vec<(f64, f64)>, most: usize) -> Option<f64> {
    // Equal pairs are interchangeable, so that the sums have one order whatever the rows had.
    alike.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1)));
    let last = alike.get(most.min(alike.len()).checked_sub(1)?)?.0;
    let above = alike.partition_point(|(likeness, _)| *likeness > last);
    let tied = alike.partition_point(|(likeness, _)| *likeness >= last) - above;
    let part = (most.min(alike.len()) - above) as f64 / tied as f64;
    let (mut weights, mut sum) = (0.0, 0.0);
    for (rank, (likeness, value)) in alike[..above + tied].iter().enumerate() {
        let weight = likeness * if rank < above { 1.0 } else { part };
        weights += weight;
        sum += weight * value;
    }
    Some(sum / weights)
}

impl Context {
    /// What the graph says of a row. It needs the whole file: `None` as of a review's time, without property or
    /// reviewer, and where no reviewer has a second review.
    pub(super) fn network_view(&self, row: usize) -> Option<NetworkView> {
        let network = &self.network;
        if self.horizon == Horizon::AsOf {
            return None;
        }
        let author = self.reviewers.of(row)?;
        let node = network.properties.get(self.properties.of(row)?)?;
        let own = self.reviewers.slots(author).len() as u32;
        let mine = u32::from(own == 1);
        let others = (node.singles.saturating_sub(mine), node.reviews.saturating_sub(1));
        let excess = padded(others.0, others.1, network.share) - node.peer;
        let [of_reviews, of_author] = network.reviewers[author];
        let mean_prior = of_reviews
            .mean()
            .zip(network.priors[0])
            .map(|(mine, all)| 4.0 * (mine - all));
        const LEAST: f64 = 0.001;
        let bounded = |prior: f64| logit(prior.clamp(LEAST, 1.0 - LEAST));
        let author_prior = of_author
            .mean()
            .zip(network.priors[1])
            .map(|(mine, all)| bounded(mine) - bounded(all));
        let entry = &self.reviewers.at(&self.cores, self.reviewers.slot(row));
        Some(NetworkView {
            suspicion: -1.5 * f64::from(own).ln() + excess - 0.5 * (node.peer - logit(network.share)),
            priors: match (mean_prior, author_prior) {
                (None, None) => None,
                (reviews, author) => Some(reviews.unwrap_or(0.0) + author.unwrap_or(0.0)),
            },
            others_prior: of_reviews.without(entry.prior).mean(),
            reviews_by_reviewer: own,
            single_reviewers: others.0,
            reviews: others.1,
            single_share_of_peers: 1.0 / (1.0 + (-node.peer).exp()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;
    use crate::review::Review;

    fn context(edges: &[(u32, u32, Option<f64>)], rename: &str) -> Context {
        let reviews = edges.iter().enumerate().map(|(i, (author, property, prior))| Review {
            id: Some(format!("{author} {property} {i}")),
            reviewer_id: Some(format!("{rename}u{author}")),
            property_id: Some(format!("{rename}p{property}")),
            prior: *prior,
            ..Review::default()
        });
        testing::context(&reviews.collect::<Vec<_>>(), Horizon::Full)
    }

    /// Invented: properties 0 to 9 with regulars who review several of them, and a crowd of one-review authors at 0.
    fn astroturf() -> Vec<(u32, u32, Option<f64>)> {
        let regulars =
            (0..60).flat_map(|author| (0..3).map(move |k| (author, (author * 7 + k * (1 + author % 3)) % 10, None)));
        let usual = (0..20).map(|i| (1000 + i, i % 10, None));
        let crowd = (0..30).map(|i| (2000 + i, 0, None));
        regulars.chain(usual).chain(crowd).collect()
    }

    /// The formula with whole matrices.
    fn reference(edges: &[(u32, u32, Option<f64>)]) -> Vec<f64> {
        let authors = 1 + edges.iter().map(|edge| edge.0).max().expect("edges") as usize;
        let properties = 1 + edges.iter().map(|edge| edge.1).max().expect("edges") as usize;
        let mut graph = vec![vec![0.0; properties]; authors];
        edges
            .iter()
            .for_each(|edge| graph[edge.0 as usize][edge.1 as usize] += 1.0);
        let written: Vec<f64> = graph.iter().map(|row| row.iter().sum()).collect();
        let column =
            |p: usize, of: &dyn Fn(usize) -> bool| (0..authors).filter(|u| of(*u)).map(|u| graph[u][p]).sum::<f64>();
        let reviews: Vec<f64> = (0..properties).map(|p| column(p, &|_| true)).collect();
        let singles: Vec<f64> = (0..properties).map(|p| column(p, &|u| written[u] == 1.0)).collect();
        let a = (singles.iter().sum::<f64>() + 0.5) / (edges.len() as f64 + 1.0);
        let together = |p: usize, q: usize| {
            if p == q {
                0.0
            } else {
                (0..authors).map(|u| graph[u][p] * graph[u][q]).sum::<f64>()
            }
        };
        let degree: Vec<f64> = (0..properties)
            .map(|p| (0..properties).map(|q| together(p, q)).sum())
            .collect();
        let peer: Vec<f64> = (0..properties)
            .map(|p| {
                let alike = |q: usize| together(p, q) / (degree[p] * degree[q]).sqrt().max(1.0);
                let weights: f64 = (0..properties).map(alike).sum();
                let sum: f64 = (0..properties)
                    .map(|q| alike(q) * logit((singles[q] + 10.0 * a) / (reviews[q] + 10.0)))
                    .sum();
                if weights > 0.0 { sum / weights } else { logit(a) }
            })
            .collect();
        let of = |(u, p): (usize, usize)| {
            let mine = f64::from(u8::from(written[u] == 1.0));
            let own = logit((singles[p] - mine + 10.0 * a) / (reviews[p] - 1.0 + 10.0));
            -1.5 * written[u].ln() + own - peer[p] - 0.5 * (peer[p] - logit(a))
        };
        edges
            .iter()
            .map(|edge| of((edge.0 as usize, edge.1 as usize)))
            .collect()
    }

    #[test]
    fn it_is_the_formula() {
        let edges = astroturf();
        let context = context(&edges, "");
        for (row, expected) in reference(&edges).into_iter().enumerate() {
            let found = context.network_view(row).expect("reviewers repeat").suspicion;
            assert!((found - expected).abs() < 1e-9, "row {row}: {found} against {expected}");
        }
    }

    #[test]
    fn a_crowd_of_one_review_authors_stands_out_and_regulars_do_not() {
        let edges = astroturf();
        let context = context(&edges, "");
        let suspicion = |row: usize| context.network_view(row).expect("reviewers repeat").suspicion;
        let of = |wanted: &dyn Fn(u32, u32) -> bool| {
            let rows: Vec<usize> = (0..edges.len())
                .filter(|row| wanted(edges[*row].0, edges[*row].1))
                .collect();
            rows.iter().map(|row| suspicion(*row)).sum::<f64>() / rows.len() as f64
        };
        let crowd = of(&|author, _| author >= 2000);
        assert!(crowd > of(&|author, property| (1000..2000).contains(&author) && property != 0) + 1.0);
        assert!(crowd > of(&|author, _| author < 1000) + 2.0);
    }

    #[test]
    fn rows_may_come_in_any_order_and_ids_look_any_way() {
        let edges = astroturf();
        let straight = context(&edges, "");
        let turned: Vec<(u32, u32, Option<f64>)> = edges.iter().rev().copied().collect();
        let turned = context(&turned, "other ");
        for row in 0..edges.len() {
            assert_eq!(straight.network_view(row), turned.network_view(edges.len() - 1 - row));
        }
    }

    #[test]
    fn ties_for_the_last_place_count_in_part() {
        assert_eq!(
            nearest(vec![(2.0, 1.0), (1.0, 4.0), (1.0, 6.0)], 2),
            Some((2.0 + 5.0) / 3.0)
        );
        assert_eq!(nearest(vec![(1.0, 4.0)], 20), Some(4.0));
        assert_eq!(nearest(Vec::new(), 20), None);
    }

    #[test]
    fn priors_of_the_other_reviews_are_passed_on() {
        let mut edges = astroturf();
        for edge in edges.iter_mut() {
            edge.2 = Some(if edge.0 == 5 { 0.9 } else { 0.1 });
        }
        let row = edges.iter().position(|edge| edge.0 == 5).expect("there is one");
        edges[row].2 = None;
        let context = context(&edges, "");
        let found = context.network_view(row).expect("reviewers repeat");
        assert!((found.others_prior.expect("two others") - 0.9).abs() < 1e-4);
        assert!(found.priors.expect("known") > 2.5);
        let single = edges.iter().position(|edge| edge.0 >= 2000).expect("there is one");
        assert_eq!(context.network_view(single).expect("in the graph").others_prior, None);
    }

    #[test]
    fn nothing_is_said_where_nobody_writes_twice() {
        assert_eq!(context(&[(1, 1, None), (2, 1, None)], "").network_view(0), None);
    }
}
