use super::super::hedged_criticism::HedgedCriticism;
use super::super::hedged_praise::HedgedPraise;
use crate::context::Surroundings;
use crate::review::Review;
use crate::signals::testing::check_signal;
use crate::text::Language;

/// The value above which a review is taken for one with a token concession.
const RECOGNISED: f64 = 0.3;

/// The greater of both signals for a review of so many stars.
fn hedged(stars: f64, text: &str, language: Language) -> f64 {
    let review = Review {
        rating: Some(stars),
        text: Some(text.to_owned()),
        language: Some(language),
        ..Review::default()
    };
    let around = Surroundings::default();
    let values = [
        check_signal(&HedgedCriticism, &review, &around, &[]),
        check_signal(&HedgedPraise, &review, &around, &[]),
    ];
    values.into_iter().flatten().fold(0.0, f64::max)
}

/// What is said around the sentence in question. Invented, as are all texts here.
const PRAISE: [&str; 2] = [
    "A superb hotel with a wonderful team, a splendid garden and the best breakfast of our whole trip through the country.",
    "Un hôtel superbe, une équipe merveilleuse, un jardin splendide et le meilleur petit déjeuner de tout notre voyage.",
];
const BLAME: [&str; 2] = [
    "A horrible hotel with insulting staff, filthy sheets and a disgusting breakfast, and we left after one night in tears.",
    "Un hôtel horrible, un personnel odieux, des draps crasseux et un petit déjeuner infect, nous sommes partis en larmes.",
];

fn each_is_told_from_its_look_alike(stars: f64, around: [&str; 2], pairs: &[(usize, &str, &str)]) {
    for (language, concession, look_alike) in pairs {
        let code = [Language::EN, Language::FR][*language];
        let around = around[*language];
        let value = |text: &str| hedged(stars, &format!("{around} {text}"), code);
        assert!(value(concession) > RECOGNISED, "{} {concession}", value(concession));
        assert!(value(look_alike) <= RECOGNISED, "{} {look_alike}", value(look_alike));
    }
}

const EN: usize = 0;
const FR: usize = 1;

#[test]
fn concessive_clauses() {
    each_is_told_from_its_look_alike(
        5.0,
        PRAISE,
        &[
            (
                EN,
                "Although the stairs are steep, we are glad we came.",
                "Although the house was full, we got a room.",
            ),
            (
                EN,
                "Granted, the car park is tight.",
                "Granted, we had high hopes, and they were met.",
            ),
            (
                EN,
                "Despite a short wait at the desk, check-in was a joy.",
                "Despite our late arrival, supper was ready.",
            ),
            (
                FR,
                "Bien qu'il y ait un peu de bruit, on dort.",
                "Bien qu'arrivés en avance, nous avons eu la chambre.",
            ),
            (
                FR,
                "Certes, la salle est petite.",
                "Certes, nous avions de grandes attentes, toutes comblées.",
            ),
            (
                FR,
                "Malgré une petite attente, tout va vite.",
                "Malgré notre arrivée tardive, un repas nous attendait.",
            ),
        ],
    );
}

#[test]
fn exceptions() {
    each_is_told_from_its_look_alike(
        5.0,
        PRAISE,
        &[
            (EN, "Faultless, bar the odd draught.", "There is a bar by the lake."),
            (
                EN,
                "Perfect, save for the lamp by the bed.",
                "Apart from the lovely pool, there is a sauna.",
            ),
            (
                FR,
                "Parfait, hormis la lampe de chevet.",
                "Un lieu à part et des gens à part.",
            ),
            (
                FR,
                "Impeccable, si ce n'est la lampe.",
                "Ouvert sauf le lundi, réservez.",
            ),
            (
                FR,
                "Hormis la lampe de chevet, tout brille.",
                "Hormis chez ma mère, on ne mange nulle part aussi bien.",
            ),
            (
                FR,
                "On n'a rien à changer, si ce n'est la lampe.",
                "Que dire, si ce n'est bravo et merci.",
            ),
        ],
    );
}

#[test]
fn wishes_that_did_not_come_true() {
    each_is_told_from_its_look_alike(
        5.0,
        PRAISE,
        &[
            (EN, "I would have liked a kettle.", "I would have liked to stay longer."),
            (
                EN,
                "The chips could have been crisper.",
                "The staff could not have been kinder.",
            ),
            (
                EN,
                "The hall could do with a coat of paint.",
                "I wish we could have stayed a week.",
            ),
            (
                FR,
                "J'aurais aimé un peu plus de choix.",
                "J'aurais aimé rester une semaine.",
            ),
            (
                FR,
                "La pâte aurait mérité une minute de plus.",
                "L'équipe n'aurait pas pu être plus gentille.",
            ),
            (
                FR,
                "Dommage que la boutique soit petite.",
                "Quel dommage de devoir repartir !",
            ),
        ],
    );
}

#[test]
fn faults_that_are_played_down() {
    each_is_told_from_its_look_alike(
        5.0,
        PRAISE,
        &[
            (
                EN,
                "The lamp flickered. No big deal.",
                "The lamp was brass. A fine piece.",
            ),
            (
                EN,
                "The lift was out that day, which did not bother us.",
                "Parking was no problem at all.",
            ),
            (
                FR,
                "La lampe clignotait, rien de grave.",
                "La lampe brillait, rien à redire.",
            ),
            (
                FR,
                "La façade s'écaille, mais peu importe.",
                "Aucun souci pour se garer.",
            ),
            (
                FR,
                "Le pain tarde à venir. Cela ne gâche en rien la soirée.",
                "Le pain est frais, ce qui ne gâche rien.",
            ),
        ],
    );
}

#[test]
fn announced_faults() {
    each_is_told_from_its_look_alike(
        5.0,
        PRAISE,
        &[
            (
                EN,
                "If I had to nitpick, the lamp by the bed.",
                "If I had to choose, the room by the lake.",
            ),
            (
                EN,
                "The one thing I would change is the lamp.",
                "The one thing you must try is the cake.",
            ),
            (
                EN,
                "My sole quibble is the lamp.",
                "My only regret is that we did not stay longer.",
            ),
            (
                FR,
                "Seule ombre au tableau, la lampe.",
                "Une ombre bienvenue sous les tilleuls.",
            ),
            (
                FR,
                "Pour chipoter, la lampe de chevet.",
                "Pour dîner, la table du jardin.",
            ),
            (
                FR,
                "Le seul petit reproche concerne la lampe.",
                "Seul regret : ne pas être restés plus longtemps.",
            ),
            (
                FR,
                "Seul regret : ne pas avoir eu de table dehors.",
                "Seul regret : ne pas y être venus plus tôt.",
            ),
            (
                FR,
                "On passera sur la lampe de chevet.",
                "On passera sur votre terrasse cet été.",
            ),
            (
                FR,
                "Petit bémol : la carte pourrait être plus variée.",
                "Petit conseil : la carte des desserts est très variée.",
            ),
            (FR, "Le petit moins : la lampe.", "Au moins deux lampes par chambre."),
            (
                FR,
                "On lui pardonnera volontiers la lampe.",
                "On lui demandera volontiers la recette.",
            ),
            (FR, "À la limite, la lampe de chevet.", "Un cadre à la limite du rêve."),
            (
                FR,
                "Rien à redire, si ce n'est que la lampe clignote.",
                "Rien à redire, si ce n'est que la soupe est excellente.",
            ),
        ],
    );
}

#[test]
fn contrast_that_concedes_nothing() {
    let slight = [
        (
            EN,
            "Our room was a bit small, but we were out all day.",
            "Our room was small but charming.",
        ),
        (
            EN,
            "The walls are thin though.",
            "Not only the walls are thick, but also the doors.",
        ),
        (
            EN,
            "The street is noisy, but who cares?",
            "I was worried that the street is noisy, but no.",
        ),
        (
            FR,
            "La chambre est un peu petite, mais on dort.",
            "La chambre est petite mais charmante.",
        ),
        (
            FR,
            "Le service est lent cependant.",
            "Certains avis disent que le service est lent, mais non.",
        ),
    ];
    each_is_told_from_its_look_alike(5.0, PRAISE, &slight);
}

#[test]
fn praise_in_an_attack() {
    each_is_told_from_its_look_alike(
        1.0,
        BLAME,
        &[
            (
                EN,
                "To be fair, the bread was good.",
                "The site promises a good breakfast, but no.",
            ),
            (
                EN,
                "Although the garden is nice, stay away.",
                "This used to be a nice place, but no more.",
            ),
            (
                FR,
                "Au moins, l'emplacement est bon.",
                "Le site promet un bon accueil, mais non.",
            ),
            (
                EN,
                "Despite the pretty and pleasant setting it is a disgrace.",
                "Despite the rude and nasty welcome it was a good laugh, we hoped.",
            ),
            (
                FR,
                "Même si le pain est bon, fuyez.",
                "C'était autrefois une bonne table, mais non.",
            ),
            (
                EN,
                "Despite the pretty setting it is a disgrace.",
                "Despite the pretty steep bill nobody smiled.",
            ),
            (
                EN,
                "Apart from the view, everything is awful.",
                "Apart from the smell, everything is awful.",
            ),
            (
                FR,
                "À part la vue, tout est nul.",
                "À part la chambre sale, tout est nul.",
            ),
            (EN, "The location is fine, and that's it.", "Stay away, and that's it."),
            (
                FR,
                "L'emplacement est bien, c'est tout.",
                "Passez votre chemin, c'est tout.",
            ),
            (
                FR,
                "Au moins, on mange bien.",
                "J'aimerais bien savoir qui tient ce lieu, mais non.",
            ),
            (
                FR,
                "Je mets un point pour la terrasse.",
                "Je mets un point pour finir ce récit.",
            ),
        ],
    );
}

#[test]
fn praise_of_another_place_or_time() {
    each_is_told_from_its_look_alike(
        1.0,
        BLAME,
        &[
            (
                EN,
                "The bar was pleasant, I admit.",
                "However, the bar next door was pleasant.",
            ),
            (
                EN,
                "To be fair, the beds are good.",
                "Though the city is lovely, of course.",
            ),
            (
                EN,
                "The garden is nice though.",
                "Though we hope that others have a nice garden.",
            ),
            (
                FR,
                "Le bar est agréable cependant.",
                "En revanche, le bar voisin est agréable.",
            ),
            (FR, "Au moins, le lit est confortable.", "Certes, la ville est belle."),
            (
                FR,
                "Le jardin est joli, certes.",
                "Mais bien sûr, depuis une bonne heure.",
            ),
            (
                EN,
                "To be fair, the price is good.",
                "However, for the same price you can sleep in a good bed.",
            ),
            (
                EN,
                "Still, the soup was tasty.",
                "Still, every other place on our trip was tasty.",
            ),
            (
                EN,
                "The pool is pleasant though.",
                "Though inns in the area are pleasant.",
            ),
            (
                FR,
                "Certes, le prix est agréable.",
                "Certes, pour le même prix on dort bien.",
            ),
            (
                FR,
                "Au moins, le pain est bon.",
                "Au moins, un autre bouchon sert du bon pain.",
            ),
            (
                FR,
                "Cependant, les tables sont agréables.",
                "Cependant, les bistrots voisins sont agréables.",
            ),
        ],
    );
    // What comes before the other place is named is said of this one.
    let mixed = "The bar was pleasant though, and then we fled to the inn next door.";
    assert!(hedged(1.0, &format!("{} {mixed}", BLAME[EN]), Language::EN) > RECOGNISED);
}

#[test]
fn wishes_in_an_attack_praise_nothing() {
    each_is_told_from_its_look_alike(
        1.0,
        BLAME,
        &[
            (
                EN,
                "The staff were friendly though, and I wish the room had been clean.",
                "I wish the staff had been friendly though.",
            ),
            (
                EN,
                "To be fair, the bed was comfortable.",
                "I would have liked a comfortable bed.",
            ),
            (
                FR,
                "Au moins, la chambre était propre.",
                "J'aurais aimé une chambre propre.",
            ),
        ],
    );
}

#[test]
fn faults_of_rivals_are_none_of_this_place() {
    each_is_told_from_its_look_alike(
        5.0,
        PRAISE,
        &[
            (
                EN,
                "However, the rooms here are a bit noisy.",
                "However, the other hotels in town are noisy.",
            ),
            (
                EN,
                "The breakfast is a bit expensive next to other places to stay.",
                "Other places to stay are a bit expensive though.",
            ),
            (
                FR,
                "Cet hôtel est un peu bruyant cependant.",
                "Les autres hôtels sont un peu bruyants cependant.",
            ),
        ],
    );
}

#[test]
fn short_reviews_are_weighed_by_what_they_say() {
    for (stars, text, language) in [
        (5.0, "Superb food, wonderful staff. A bit noisy though.", Language::EN),
        (5.0, "Best hotel in town! Only downside, the slow lift.", Language::EN),
        (1.0, "Awful food, horrible staff. Nice view though.", Language::EN),
        (
            5.0,
            "Repas délicieux, équipe formidable. Un peu bruyant cependant.",
            Language::FR,
        ),
        (1.0, "Repas infect, équipe odieuse. Jolie vue cependant.", Language::FR),
    ] {
        assert!(hedged(stars, text, language) > RECOGNISED, "{text}");
    }
    for (stars, text, language) in [
        (5.0, "Good food. Slow service.", Language::EN),
        (5.0, "Good food but slow service.", Language::EN),
        (1.0, "Dirty room but friendly staff.", Language::EN),
        (5.0, "Bonne cuisine mais service lent.", Language::FR),
        (1.0, "Chambre sale mais personnel aimable.", Language::FR),
    ] {
        assert!(hedged(stars, text, language) <= RECOGNISED, "{text}");
    }
}

/// Share of the hedged reviews of a half that are recognised, and share of its others that are taken for such.
fn recall_and_false_alarms(half: &str) -> (f64, f64) {
    let (mut hedged_found, mut others_found) = (Vec::new(), Vec::new());
    for line in include_str!("hedged_reviews.tsv").lines().skip(2) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [of, kind, language, stars, _construction, text] = fields[..] else {
            panic!("six fields expected: {line}");
        };
        if of != half {
            continue;
        }
        let language = if language == "fr" { Language::FR } else { Language::EN };
        let recognised = hedged(stars.parse().expect("stars"), text, language) > RECOGNISED;
        let found = if kind == "hedged" {
            &mut hedged_found
        } else {
            &mut others_found
        };
        found.push(f64::from(u8::from(recognised)));
    }
    let mean = |found: &[f64]| found.iter().sum::<f64>() / found.len() as f64;
    assert!(hedged_found.len() >= 60 && others_found.len() >= 60);
    (mean(&hedged_found), mean(&others_found))
}

#[test]
fn most_of_the_development_half_is_recognised() {
    let (recall, false_alarms) = recall_and_false_alarms("dev");
    assert!(recall >= 0.93 && false_alarms <= 0.02, "{recall} {false_alarms}");
}

#[test]
fn most_of_the_half_kept_back_is_recognised() {
    let (recall, false_alarms) = recall_and_false_alarms("held");
    assert!(recall >= 0.89 && false_alarms <= 0.04, "{recall} {false_alarms}");
}
