//! Headers are read as words: `review_location_name` speaks of a review, a place of business and a name.
//!
//! A header is cut into words (underscores, dots, `camelCase`, and known words written together such as `hotelname`);
//! each word stands for [`Concepts`]; a word with several meanings (`location` is a property, an address or an aspect)
//! gives several readings, between which the values decide.

use crate::text::fold;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// A set of concepts.
pub type Concepts = u64;

macro_rules! concepts {
    ($($name:ident $doc:literal),* $(,)?) => { concepts!(@ 0u32; $($name $doc,)*); };
    (@ $bit:expr; $name:ident $doc:literal, $($rest:tt)*) => {
        #[doc = $doc] pub const $name: Concepts = 1 << ($bit);
        concepts!(@ $bit + 1; $($rest)*);
    };
    (@ $bit:expr;) => {};
}

concepts! {
    REVIEW "The review.", REVIEWER "Who wrote it.", PROPERTY "What it is about.", RESPONSE "The owner's answer.",
    ID "An identifier.", NAME "A name.", TITLE "A title.", TEXT "Prose.", RATING "Stars, points.", DATE "A date.",
    DAY "A day of the month.", MONTH "A month.", YEAR "A year.", STAY "The stay or visit.", POSTED "Publication.",
    PLACE "Town, country, address.", COUNT "A number of things.", VOTES "Helpful votes.", LINK "An address on the web.",
    PHOTO "Photos.", AVERAGE "An average.", LANGUAGE "A language.", KIND "A kind or group.", CATEGORY "A category.",
    VERIFIED "Verification.", SINCE "Membership.", BRAND "A brand.", SITE "The site.", LAT "Latitude.", LNG "Longitude.",
    POSITIVE "What was liked.", NEGATIVE "What was not.", ASPECT "An aspect that is rated.", LABEL "The label.",
    ROWS "A part of the rows, as in cross-validation, or their order.", OVERALL "Of all in all.",
    ENTERED "Taking up into a list.", LIMIT "An end of a scale.", BY "Of whom, after what was done.", NOT "The opposite.",
    VAGUE "Said in a word so wide that a narrower one is to be preferred.",
}

/// Words by what they mean; a word in several lines has several meanings. Without accents, in English, French, German,
/// Spanish and Italian, and what scrapers and exports write.
const VOCABULARY: &[(Concepts, &str)] = &[
    (
        0,
        "the of a an le la les l de du des d der die das el los il lo gli di del della full raw clean cleaned original \
         utc iso local str string field unique rand random info details detail attributes sub at on in for und et y \
         e my \
         obj object is has given s 0 data display short main long format formatted from tripadvisor google yelp \
         booking \
         trip advisor by par von vom por da am out what did you was were que ce j je ai me mi mir hat ha points point \
         puntos punto punti aspects aspectos aspetti",
    ),
    (
        REVIEW,
        "review reviews rezension rezensionen resena resenas recensione recensioni avis bewertung bewertungen opinion \
         opinions opinione opinioni opiniones comment comments comentario commentaire critique feedback post doc \
         document",
    ),
    (
        TEXT,
        "text texte texto testo comment comments comentario comentarios commentaire commentaires kommentar commento \
         commenti content contenu contenido contenuto inhalt body corps cuerpo corpo message snippet review \
         reviews avis bewertung rezension resena recensione opinion opinione critique kritik feedback remark remarks \
         verbatim sentence giudizio nachricht mensaje messaggio",
    ),
    (
        TEXT | VAGUE,
        "description descriptions beschreibung descripcion descrizione about",
    ),
    (
        RATING,
        "rating ratings rate rated star stars score scores note notes etoile etoiles stern sterne bewertung punktzahl \
         puntuacion valoracion calificacion estrella estrellas voto punteggio stelle valutazione punkte mark grade \
         bubbles bubble notation scoring points puntos punti puntaje votazione giudizio wertung evaluation evaluacion",
    ),
    (
        OVERALL,
        "overall gesamt global globale general generale complessivo complessiva",
    ),
    (LIMIT, "max maximum min minimum"),
    (
        TITLE,
        "title titre titel titulo titolo heading headline subject summary betreff ueberschrift uberschrift asunto \
         oggetto intitule encabezado quote objet sujet accroche zusammenfassung fazit titular resumen \
         intestazione sintesi",
    ),
    (TITLE | VAGUE, "header caption topic"),
    (
        REVIEWER,
        "reviewer reviewers user users author authors member guest contributor profile customer client traveler \
         traveller visitor verfasser nutzer benutzer gast autor auteur utilisateur usuario cliente viajero utente \
         autore \
         recensore ospite voyageur writer rezensent kunde consumer huesped diner internaute membre redacteur \
         contributeur \
         consommateur visiteur kunden gaste gastes bewerter reisender reisende mitglied urlauber besucher miembro \
         visitante \
         viaggiatore visitatore membro commenter poster buyer tourist",
    ),
    (
        REVIEWER | NAME,
        "username nickname pseudo pseudonyme screenname nick benutzername nutzername handle alias",
    ),
    (
        PROPERTY,
        "property properties hotel hotels restaurant restaurants attraction business listing venue poi \
         establishment etablissement unterkunft betrieb alojamiento establecimiento negocio struttura \
         ristorante albergo accommodation company shop store hebergement facility lodging resort apartment logement \
         attraktion sehenswurdigkeit atraccion attrazione gmap restaurante museum cafe bar hostel motel inn \
         lodge villa guesthouse pub bakery winery brewery branch outlet organization organisation camping campground \
         campsite gite auberge entreprise boutique magasin enseigne musee gasthof gasthaus pension ferienwohnung \
         unternehmen firma geschaft filiale lokal einrichtung herberge gaststatte campingplatz hostal apartamento \
         empresa \
         tienda sucursal posada museo agriturismo alloggio appartamento azienda negozio esercizio trattoria pizzeria",
    ),
    (
        PROPERTY | VAGUE,
        "place location lieu ort standort lugar luogo locale destination spot product prod item entity objekt",
    ),
    (PROPERTY | ID, "asin"),
    (
        RESPONSE,
        "response reply answer owner management manager reponse antwort respuesta risposta proprietaire inhaber \
         propietario proprietario replies responses host hotelier hoteliers gastgeber stellungnahme contestacion \
         replica",
    ),
    (
        ID,
        "id ids uid uuid key identifier kennung nr identifiant cid pid code hash",
    ),
    (
        NAME,
        "name names nom nombre nome prenom vorname nachname firstname lastname named",
    ),
    (
        DATE,
        "date dates datetime timestamp time fecha datum data dt zeit zeitpunkt unix epoch",
    ),
    (
        POSTED,
        "posted published publication written created submitted publie publicacion pubblicazione veroffentlicht \
         veroffentlichung verfasst erstellt ecrit escrita scritta creation post posting submission publish publishing \
         reviewed parution redige depose poste soumis geschrieben bewertet rezensiert abgegeben escrito publicado \
         creado \
         scritto recensito pubblicato",
    ),
    (ENTERED, "added inserted entered updated"),
    (
        RESPONSE | POSTED,
        "responded replied answered repondu beantwortet geantwortet respondido contestado risposto",
    ),
    (BY, "by par von vom por da"),
    (DATE | POSTED, "publishat postat"),
    (
        STAY,
        "stay stays stayed visit visited experience experienced travel trip travelled traveled sejour visite \
         aufenthalt \
         besuch estancia visita soggiorno viaggio voyage checkin checkout check dining dined meal repas viaje reise \
         arrival \
         departure arrivee arrivo llegada anreise abreise aufenthalts besuchs erlebnis erfahrung experiencia \
         esperienza reservation",
    ),
    (DAY, "day jour tag dia giorno"),
    (MONTH, "month mois monat mes mese"),
    (YEAR, "year annee jahr ano anno"),
    (
        PLACE,
        "place location city country town origin address region state home ville pays adresse stadt land ciudad \
         pais direccion citta paese indirizzo area locality province breadcrumbs breadcrumb geo \
         street lieu ort lugar luogo county from",
    ),
    (
        REVIEWER | PLACE,
        "hometown residence wohnort heimatort provenance herkunft procedencia provenienza nationality nationalite \
         nationalitat nacionalidad nazionalita",
    ),
    (
        COUNT,
        "count counts n nb num number total nombre anzahl numero cantidad amount quantite no",
    ),
    (
        REVIEWER | COUNT,
        "contribution contributions contribs beitrage contribuciones contributi",
    ),
    (
        COUNT,
        "contribution contributions contribs beitrage contribuciones contributi",
    ),
    (
        VOTES,
        "helpful votes vote likes like useful upvotes thumbs thumbsup utile utili hilfreich util helpfulness voti \
         votos",
    ),
    (
        LINK,
        "url urls link links href uri page web website seite enlace pagina",
    ),
    (
        PHOTO,
        "photo photos image images img imgs picture pictures pics foto fotos bild bilder imagen imagenes immagine \
         immagini media",
    ),
    (
        AVERAGE,
        "aggregate average avg mean moyenne durchschnitt promedio media",
    ),
    (LANGUAGE, "language lang langue sprache idioma lingua locale"),
    (
        KIND,
        "type types typ kind group art tipo groupe gruppe grupo gruppo companion companions companionship reiseart \
         party",
    ),
    (
        CATEGORY,
        "category categories cuisine cuisines categoria kategorie categorie subcategory types",
    ),
    (
        VERIFIED,
        "verified verification verifie verifiziert verificado verificato",
    ),
    (SINCE, "since joined join depuis seit desde registered"),
    (BRAND, "brand chain marque chaine marke kette marca cadena catena"),
    (
        SITE,
        "site channel source platform website provider plateforme plattform plataforma piattaforma quelle fuente fonte \
         portal",
    ),
    (LAT, "lat latitude breitengrad latitud latitudine"),
    (LNG, "lng lon long longitude langengrad longitud longitudine"),
    (
        POSITIVE,
        "positive positives positif positifs positiv positivo positivos positivi pos pros pro favor upside upsides \
         like likes \
         liked love loved good best plus advantage advantages strength strengths highlights avantage avantages fort \
         forts \
         aime vorteil vorteile gut starken gefallen ventaja ventajas mejor fuertes gusto vantaggi pregi meglio forza \
         piaciuto",
    ),
    (
        NEGATIVE,
        "negative negatives negatif negatifs negativ negativo negativos negativi neg cons con contra contras contro \
         downside \
         downsides dislike dislikes disliked hate hated bad worst minus disadvantage disadvantages weakness weaknesses \
         lowlights inconvenient inconvenients faible faibles moins nachteil nachteile schlecht schwachen desventaja \
         desventajas inconvenientes peor debiles svantaggi difetti peggio deboli",
    ),
    (
        ASPECT,
        "service rooms room value cleanliness location comfort food atmosphere ambience ambiance staff sleep quality \
         facilities breakfast wifi price money cuisine accueil proprete confort sauberkeit lage zimmer essen preis \
         limpieza \
         ubicacion habitaciones comida servicio pulizia posizione camere cibo servizio amenities noise hygiene",
    ),
    (NOT, "not no non n pas nicht"),
    (LABEL, "label labels"),
    (
        ROWS,
        "fold folds split partition subset cluster batch index row rank page",
    ),
];

/// One reading of a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// What its words stand for.
    pub concepts: Concepts,
    /// Number of words that are not known.
    pub unknown: u32,
}

/// All readings of a header.
pub fn readings(header: &str) -> Vec<Words> {
    const MOST: usize = 64;
    let mut readings = vec![Words {
        concepts: 0,
        unknown: 0,
    }];
    let words = words(header);
    for (at, word) in words.iter().enumerate().take(12) {
        let before = at.checked_sub(1).map_or("", |before| words[before].as_str());
        let meanings = if is_value_of_rating(before, word) {
            &[0, ASPECT | VAGUE]
        } else {
            meanings(word)
        };
        if meanings.is_empty() {
            readings.iter_mut().for_each(|reading| reading.unknown += 1);
            continue;
        }
        readings = readings
            .iter()
            .flat_map(|reading| {
                meanings.iter().map(|meaning| Words {
                    concepts: reading.concepts | meaning,
                    ..*reading
                })
            })
            .take(MOST)
            .collect();
    }
    for reading in &mut readings {
        if reading.concepts & (NOT | POSITIVE) == NOT | POSITIVE {
            reading.concepts ^= NOT | POSITIVE | NEGATIVE;
        }
    }
    readings.sort_by_key(|reading| reading.concepts);
    readings.dedup();
    readings
}

/// Whether some word of the header is known and stands for something.
pub fn speaks(header: &str) -> bool {
    header.len() <= 60
        && readings(header)
            .iter()
            .any(|reading| reading.concepts != 0 && reading.unknown <= 1)
}

/// The words of a header, folded; known words that are written together are parted.
fn words(header: &str) -> Vec<String> {
    let mut spaced = String::with_capacity(header.len() + 8);
    let mut before: Option<char> = None;
    let mut chars = header.chars().peekable();
    while let Some(c) = chars.next() {
        let lower_follows = chars.peek().is_some_and(|next| next.is_lowercase());
        let starts = c.is_uppercase()
            && before.is_some_and(|before| before.is_lowercase() || (before.is_uppercase() && lower_follows));
        if starts || (c.is_ascii_digit() && before.is_some_and(char::is_alphabetic)) {
            spaced.push(' ');
        }
        spaced.push(if c.is_alphanumeric() { c } else { ' ' });
        before = Some(c);
    }
    let mut words = Vec::new();
    for word in fold(&spaced)
        .split_whitespace()
        .filter(|word| !word.bytes().all(|b| b.is_ascii_digit()))
    {
        match parted(word) {
            Some(parts) => words.extend(parts.into_iter().map(str::to_owned)),
            None => words.push(word.to_owned()),
        }
    }
    words
}

/// The value of a rating is first of all the rating; the rating of a value is that of an aspect.
fn is_value_of_rating(before: &str, word: &str) -> bool {
    ["value", "valeur", "wert", "valor", "valore"].contains(&word) && meanings(before).contains(&RATING)
}

/// What a word may stand for; empty where it is not known.
fn meanings(word: &str) -> &'static [Concepts] {
    static BY_WORD: LazyLock<FxHashMap<&str, Vec<Concepts>>> = LazyLock::new(|| {
        let mut meanings: FxHashMap<&str, Vec<Concepts>> = FxHashMap::default();
        for (concepts, words) in VOCABULARY {
            for word in words.split_whitespace() {
                let meanings = meanings.entry(word).or_default();
                if meanings.last() != Some(concepts) {
                    meanings.push(*concepts);
                }
            }
        }
        meanings
    });
    BY_WORD.get(word).map_or(&[], Vec::as_slice)
}

/// A word that is not known, parted into the fewest known words of at least two letters; German joins them with an s.
fn parted(word: &str) -> Option<Vec<&str>> {
    if !meanings(word).is_empty() || word.len() > 40 || !word.is_ascii() {
        return None;
    }
    // The best parting of each end of the word, shortest first.
    let mut best: Vec<Option<Vec<&str>>> = vec![None; word.len() + 1];
    best[word.len()] = Some(Vec::new());
    for start in (0..word.len()).rev() {
        for end in start + 2..=word.len() {
            let part = &word[start..end];
            let joined = part.strip_suffix('s').filter(|_| end < word.len());
            let Some(known) = [Some(part), joined]
                .into_iter()
                .flatten()
                .find(|part| part.len() > 1 && !meanings(part).is_empty())
            else {
                continue;
            };
            let Some(rest) = &best[end] else { continue };
            if best[start].as_ref().is_none_or(|parts| parts.len() > rest.len() + 1) {
                best[start] = Some([&[known], rest.as_slice()].concat());
            }
        }
    }
    best.swap_remove(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_cut_into_words() {
        for (header, expected) in [
            ("review_location_name", &["review", "location", "name"][..]),
            ("publishedAtDate", &["published", "at", "date"]),
            ("reviewerID", &["reviewer", "id"]),
            ("placeInfo.name", &["place", "info", "name"]),
            ("Hotel Name", &["hotel", "name"]),
            ("bewertungsdatum", &["bewertung", "datum"]),
            ("reviewtext", &["review", "text"]),
            ("Étoiles", &["etoiles"]),
            ("xyzzy", &["xyzzy"]),
        ] {
            assert_eq!(words(header), expected, "{header}");
        }
    }

    #[test]
    fn words_with_several_meanings_give_several_readings() {
        let concepts: Vec<_> = readings("location").iter().map(|reading| reading.concepts).collect();
        for meaning in [PROPERTY | VAGUE, PLACE, ASPECT] {
            assert!(concepts.contains(&meaning));
        }
        assert_eq!(readings("py_langid")[0].unknown, 1);
    }

    #[test]
    fn neighbours_change_what_a_word_means() {
        for (header, means, does_not) in [
            ("What did you not like?", NEGATIVE, POSITIVE),
            ("Je n'ai pas aimé", NEGATIVE, POSITIVE),
            ("scoreValue", RATING, RATING | ASPECT),
            ("value_score", RATING | ASPECT, RATING),
        ] {
            let concepts: Vec<_> = readings(header).iter().map(|reading| reading.concepts).collect();
            assert!(concepts.contains(&means) && !concepts.contains(&does_not), "{header}");
        }
    }

    #[test]
    fn vocabulary_is_folded() {
        for (_, words) in VOCABULARY {
            assert_eq!(fold(words), *words);
        }
    }
}
