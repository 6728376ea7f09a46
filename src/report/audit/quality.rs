//! How the page came to be: the method and the model's card, and how the files were read.

use super::{Audit, Html, markup};
use crate::explain::Tongue;
use crate::io::Source;
use crate::normalize::Field;
use crate::report::{close_table, open_table};

pub(super) fn method(html: &mut Html, audit: &Audit<'_>) {
    markup!(html, "<h2 id='method'>" {audit.say("Method", "Méthode")} "</h2>\n");
    let prevalence = audit.tongue.percent(audit.model.prevalence);
    let paragraphs = [
        match audit.tongue {
            Tongue::En => format!("Each review gets a probability of being part of astroturfing, calibrated, and assuming that {prevalence} of all reviews are. It is the sum of reasons: signals of the text, the rating, the reviewer, the property, time, copies and the network, each with a weight that was learnt from labelled reviews or, where so marked, set by hand. What is missing in a file adds nothing."),
            Tongue::Fr => format!("Chaque avis reçoit une probabilité calibrée de relever de l'astroturfing, en supposant que {prevalence} de tous les avis en relèvent. Elle est la somme de raisons : signaux du texte, de la note, de l'auteur, de l'établissement, du temps, des copies et du réseau, chacun avec un poids appris sur des avis étiquetés ou, si c'est indiqué, fixé à la main. Ce qui manque dans un fichier n'ajoute rien."),
        },
        audit.say(
            "Suspect: as strong as in at most 1 % of the genuine reviews that training held out, and from at least two independent kinds of evidence. Worth a look: about one genuine review in ten looks like this. Clear: nothing stands out, which does not mean genuine. Too little known: a short text, no history, no context.",
            "Suspect : aussi fort que chez au plus 1 % des avis authentiques mis de côté à l'apprentissage, et issu d'au moins deux sortes d'indices indépendantes. À examiner : environ un avis authentique sur dix ressemble à cela. Sans relief : rien ne ressort, ce qui ne veut pas dire authentique. Trop peu d'éléments : texte court, pas d'historique, pas de contexte.",
        ).to_owned(),
        audit.say(
            "Campaigns are found over the whole file by tests of their own, each corrected for the number of things that it looked at; their members get them as signals. Properties: mean = (sum of w r + k c) / (sum of w + k), where r are the stars, w is 1 less the probability (1 for the rating as it stands), c the mean of the files with the same weights, and k as many ratings as the files' own spread says. Evidence of a property is 1 - exp(-sum of its reviews' evidence / 8).",
            "Les campagnes sont cherchées sur tout le fichier par des tests propres, chacun corrigé du nombre de cas examinés ; leurs membres les reçoivent comme signaux. Établissements : moyenne = (somme de w r + k c) / (somme de w + k), où r sont les étoiles, w est 1 moins la probabilité (1 pour la note telle quelle), c la moyenne des fichiers avec les mêmes poids, et k autant de notes que le dit la dispersion des fichiers. Les éléments d'un établissement valent 1 - exp(-somme des éléments de ses avis / 8).",
        ).to_owned(),
    ];
    for paragraph in paragraphs {
        markup!(html, "<p>" {paragraph} "</p>\n");
    }
    if let Some(notice) = &audit.model.notice {
        markup!(html, "<p lang='en'>" {notice} "</p>\n");
    }
    markup!(html, "<details><summary>" {audit.say("Model card", "Fiche du modèle")} " (<bdi>" {&audit.model.id} "</bdi>)</summary>");
    markup!(html, "<pre lang='en' tabindex='0'>" {&audit.model.card} "</pre></details>\n");
}

/// Fields that much rests on, and what is missing without them.
const WANTED: [(Field, &str, &str); 6] = [
    (
        Field::Text,
        "nothing can be said of wording, detail and copies",
        "rien ne peut être dit des mots, des détails et des copies",
    ),
    (
        Field::Rating,
        "nothing can be said of ratings",
        "rien ne peut être dit des notes",
    ),
    (
        Field::Published,
        "bursts and order in time are unknown",
        "afflux et ordre dans le temps sont inconnus",
    ),
    (
        Field::PropertyName,
        "reviews cannot be compared with others of their property",
        "les avis ne peuvent être comparés à ceux du même établissement",
    ),
    (
        Field::ReviewerName,
        "reviewers have no history, and groups and insiders cannot be found",
        "les auteurs n'ont pas d'historique, et groupes et initiés ne peuvent être trouvés",
    ),
    (
        Field::ResponseText,
        "it is not known whether owners answer",
        "on ignore si les gérants répondent",
    ),
];

pub(super) fn data(html: &mut Html, audit: &Audit<'_>) {
    markup!(html, "<h2 id='data'>" {audit.say("Data quality", "Qualité des données")} "</h2>\n");
    let (scored, rejected) = (audit.findings.scored(), audit.rejected);
    let tongue = audit.tongue;
    markup!(html, "<p>" {
        format!(
            "{}{}{}, {}.",
            tongue.counted(scored + rejected, ["record read", "records read"], ["enregistrement lu", "enregistrements lus"]),
            tongue.pick(": ", " : "),
            tongue.counted(scored, ["scored", "scored"], ["évalué", "évalués"]),
            tongue.counted(
                rejected,
                ["rejected because its structure is broken", "rejected because their structure is broken"],
                ["rejeté parce que sa structure est rompue", "rejetés parce que leur structure est rompue"],
            )
        )
    } "</p>\n");
    let mut languages: Vec<(String, u64)> = audit
        .findings
        .languages
        .iter()
        .map(|(language, count)| {
            let name = language.map_or_else(
                || audit.say("not told", "non déterminée").to_owned(),
                |language| language.code().to_owned(),
            );
            (name, *count)
        })
        .collect();
    languages.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let languages: Vec<String> = languages
        .iter()
        .take(10)
        .map(|(name, count)| format!("{name} {}", audit.count(*count)))
        .collect();
    markup!(html, "<p>" {audit.say("Languages", "Langues")} {audit.say(": ", " : ")} {languages.join(", ")} ".</p>\n");
    if !audit.rejects.is_empty() {
        markup!(html, "<p>" {audit.say("The first rejected records:", "Les premiers enregistrements rejetés :")} "</p><ul lang='en'>");
        for reject in audit.rejects {
            markup!(html, "<li><bdi>" {reject} "</bdi></li>");
        }
        markup!(html, "</ul>\n");
    }
    if !audit.warnings.is_empty() {
        markup!(html, "<p>" {audit.say("Values that could not be read and became missing:", "Valeurs illisibles, prises pour manquantes :")} "</p><ul lang='en'>");
        for (kind, field, tally) in audit.warnings.iter() {
            markup!(html, "<li>" {audit.count(tally.count)} " " {field.name()} ": " {kind.describe()});
            if let Some(example) = tally.examples.first() {
                markup!(html, " (<bdi>" {example} "</bdi>)");
            }
            markup!(html, "</li>");
        }
        markup!(html, "</ul>\n");
    }
    for (at, source) in audit.sources.iter().enumerate() {
        file(html, audit, at, source);
    }
}

fn file(html: &mut Html, audit: &Audit<'_>, at: usize, source: &Source) {
    let (reading, survey) = (source.reading(), source.survey());
    markup!(html, "<section class='card'><h3><bdi>" {source.name()} "</bdi></h3>\n<p class='facts'>");
    let mut facts: Vec<String> = Vec::new();
    facts.extend(survey.format.map(|format| format.describe()));
    facts.extend(survey.charset.map(|charset| charset.to_string()));
    facts.extend(
        survey
            .compression
            .map(|compression| format!("compression {}", compression.name())),
    );
    facts.push(format!(
        "{} {}",
        audit.count(survey.records),
        audit.say("records", "enregistrements")
    ));
    facts.push(
        match source.days_known() {
            true => audit.say("days of publication known", "jours de publication connus"),
            false => audit.say("days of publication not known", "jours de publication inconnus"),
        }
        .to_owned(),
    );
    markup!(html, {facts.join(" · ")} "</p>\n");
    let has = |field: Field| match field {
        Field::Published => reading.mapping.has(field) || reading.mapping.has(Field::PublishedYear),
        Field::PropertyName => reading.mapping.has(field) || reading.mapping.has(Field::PropertyId),
        Field::ReviewerName => reading.mapping.has(field) || reading.mapping.has(Field::ReviewerId),
        _ => reading.mapping.has(field),
    };
    let lacking: Vec<_> = WANTED.iter().filter(|(field, _, _)| !has(*field)).collect();
    if !lacking.is_empty() || !survey.notes.is_empty() {
        markup!(html, "<ul>");
        for (field, english, french) in lacking {
            markup!(html, "<li>" {audit.say("No column for", "Pas de colonne pour")} " " {field.name()} {audit.say(": ", " : ")} {audit.tongue.pick(*english, *french)} "</li>");
        }
        for note in &survey.notes {
            markup!(html, "<li lang='en'><bdi>" {note} "</bdi></li>");
        }
        markup!(html, "</ul>\n");
    }
    markup!(html, "<details><summary>" {audit.say("Columns", "Colonnes")} "</summary>\n");
    open_table(
        html,
        &format!("columns-{at}"),
        "",
        audit.say("Which column feeds which field", "Quelle colonne alimente quel champ"),
    );
    let heads = [audit.say("Field", "Champ"), audit.say("Column", "Colonne")];
    markup!(html, "<thead><tr><th scope='col'>" {heads[0]} "</th><th scope='col'>" {heads[1]} "</th><th scope='col' class='number'>");
    markup!(html, {audit.say("Missing", "Manquant")} "</th></tr></thead><tbody>\n");
    let fed = reading
        .mapping
        .iter()
        .flat_map(|(field, columns)| columns.iter().map(move |column| (Some(field), *column)));
    let others = (0..reading.header.len()).filter(|column| reading.mapping.fields_of(*column).next().is_none());
    for (field, column) in fed.chain(others.map(|column| (None, column))) {
        let field = field.map_or(audit.say("not used", "non utilisée"), Field::name);
        markup!(html, "<tr><th scope='row'>" {field} "</th><td><bdi>" {&reading.header[column]} "</bdi></td><td class='number'>");
        markup!(html, {audit.tongue.percent(survey.missing(column))} "</td></tr>\n");
    }
    close_table(html);
    markup!(html, "</details></section>\n");
}
