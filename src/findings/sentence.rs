//! Findings in words, English and French. They speak of evidence, never of guilt.

use super::{Property, Standing};
use crate::explain::Tongue;

impl Standing {
    /// In words.
    pub fn title(self, tongue: Tongue) -> &'static str {
        match self {
            Standing::WorthALook => tongue.pick("worth a look", "à examiner"),
            Standing::NothingStandsOut => tongue.pick("nothing stands out", "rien ne ressort"),
            Standing::NotEnoughData => tongue.pick("not enough data", "données insuffisantes"),
        }
    }
}

impl Property {
    /// What was found, in a sentence or two.
    pub fn sentence(&self, tongue: Tongue) -> String {
        let sums = &self.sums;
        if self.standing == Standing::NotEnoughData {
            let (reviews, judged) = (reviews_of(sums.reviews, tongue), sums.judged);
            return match tongue {
                Tongue::En => format!("Not enough data: {reviews}, {judged} of them with enough evidence to judge."),
                Tongue::Fr => {
                    format!("Données insuffisantes : {reviews}, dont {judged} avec assez d'éléments pour juger.")
                }
            };
        }
        let parts = [
            self.suspects(tongue),
            self.stars(tongue),
            self.campaign_part(tongue),
            self.answer_part(tongue),
            self.gap_part(tongue),
        ];
        let title = self.standing.title(tongue);
        let head: String = title
            .chars()
            .take(1)
            .flat_map(char::to_uppercase)
            .chain(title.chars().skip(1))
            .collect();
        let said: Vec<String> = parts.into_iter().flatten().collect();
        format!("{head}{}{}.", tongue.pick(": ", " : "), said.join("; "))
    }

    fn suspects(&self, tongue: Tongue) -> Option<String> {
        let (suspect, judged) = (self.sums.suspect, self.sums.judged);
        let usual = tongue.percent(self.usual_share);
        Some(match (suspect, judged, tongue) {
            (_, 0, Tongue::En) => "no review has enough evidence to be judged by itself".to_owned(),
            (_, 0, Tongue::Fr) => "aucun avis n'a assez d'éléments pour être jugé seul".to_owned(),
            (0, 1, Tongue::En) => "the one judged review is not suspect".to_owned(),
            (0, 1, Tongue::Fr) => "le seul avis jugé n'est pas suspect".to_owned(),
            (0, _, Tongue::En) => format!("none of {judged} judged reviews is suspect"),
            (0, _, Tongue::Fr) => format!("aucun des {judged} avis jugés n'est suspect"),
            (_, _, Tongue::En) => {
                let judged = tongue.counted(u64::from(judged), ["judged review", "judged reviews"], ["", ""]);
                format!("{suspect} of {judged} suspect, where {usual} would be expected")
            }
            (_, _, Tongue::Fr) => {
                let suspect = tongue.counted(u64::from(suspect), ["", ""], ["avis suspect", "avis suspects"]);
                let judged = tongue.counted(u64::from(judged), ["", ""], ["jugé", "jugés"]);
                format!("{suspect} sur {judged}, pour {usual} attendus")
            }
        })
    }

    fn stars(&self, tongue: Tongue) -> Option<String> {
        let (now, without) = (self.as_it_stands?, self.without_suspects?);
        let stars = |value: f64| tongue.decimal(value, 2);
        let (from, to, interval) = (
            stars(now.mean),
            stars(without.mean),
            (stars(without.low), stars(without.high)),
        );
        Some(match ((without.mean - now.mean).abs() < 0.05, tongue) {
            (true, Tongue::En) => format!(
                "{to} stars with or without suspect reviews ({} to {})",
                interval.0, interval.1
            ),
            (true, Tongue::Fr) => format!(
                "{to} étoiles avec ou sans les avis suspects ({} à {})",
                interval.0, interval.1
            ),
            (false, Tongue::En) => format!(
                "{from} stars, without suspect reviews {to} ({} to {})",
                interval.0, interval.1
            ),
            (false, Tongue::Fr) => format!(
                "{from} étoiles, sans les avis suspects {to} ({} à {})",
                interval.0, interval.1
            ),
        })
    }

    fn campaign_part(&self, tongue: Tongue) -> Option<String> {
        if self.campaigns.is_empty() {
            return None;
        }
        let (reviews, campaigns) = (self.sums.in_campaigns, self.campaigns.len() as u64);
        let reviews = reviews_of(reviews, tongue);
        let bursts: Vec<String> = self
            .bursts
            .iter()
            .flatten()
            .map(|burst| match tongue {
                Tongue::En => format!("a burst from {} to {}", burst.days.0, burst.days.1),
                Tongue::Fr => format!("un afflux du {} au {}", burst.days.0, burst.days.1),
            })
            .collect();
        let bursts = if bursts.is_empty() {
            String::new()
        } else {
            format!(" ({})", bursts.join(", "))
        };
        let campaigns = tongue.counted(campaigns, ["campaign", "campaigns"], ["campagne", "campagnes"]);
        Some(format!("{reviews} {} {campaigns}{bursts}", tongue.pick("in", "dans")))
    }

    fn answer_part(&self, tongue: Tongue) -> Option<String> {
        let answers = self.answers.filter(|answers| answers.critical > 0)?;
        let (critical, answered) = (answers.critical, answers.critical_answered);
        Some(match tongue {
            Tongue::En => format!(
                "the owner answered {answered} of {} of two stars or fewer",
                reviews_of(critical, tongue)
            ),
            Tongue::Fr => format!("le gérant a répondu à {answered} avis de deux étoiles ou moins sur {critical}"),
        })
    }

    fn gap_part(&self, tongue: Tongue) -> Option<String> {
        let gap = self.gap.filter(|gap| gap.gap.abs() >= 0.2)?;
        let (here, elsewhere) = (tongue.decimal(gap.here, 1), tongue.decimal(gap.elsewhere, 1));
        Some(match tongue {
            Tongue::En => format!("{here} stars on this site, {elsewhere} on others"),
            Tongue::Fr => format!("{here} étoiles sur ce site, {elsewhere} sur d'autres"),
        })
    }
}

fn reviews_of(number: u32, tongue: Tongue) -> String {
    tongue.counted(u64::from(number), ["review", "reviews"], ["avis", "avis"])
}
